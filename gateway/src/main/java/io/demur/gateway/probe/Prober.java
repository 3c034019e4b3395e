package io.demur.gateway.probe;

import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.detect.Detector;
import io.demur.core.policy.ModelClass;
import io.demur.core.probe.Probe;
import io.demur.core.probe.ProbeSuite;
import io.demur.gateway.gate.Attempted;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.keep.Keeping;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.profile.Profile;
import io.demur.gateway.profile.Profiles;
import io.demur.gateway.profile.Subject;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.ServedModels.Local;
import io.demur.gateway.upstream.Spent;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Outcome.Result;
import io.demur.record.policy.InForce;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Gathering;
import io.demur.wire.chat.Reply;
import io.demur.wire.chat.Usage;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Asks local models the probes that ship, in the background and one after the other, and says how
 * often they refuse. Each probe is an attempt in the log like any other, of a principal of its own;
 * what a model answers is read by the judge of refusals and goes to nobody.
 */
public final class Prober extends VerticleBase {

    /** How probes are called in the log. */
    public static final String PROTOCOL = Gate.PROBES;

    private static final System.Logger LOGGER = System.getLogger(Prober.class.getName());
    private static final int EACH = 20;

    /** So many failures in a row, and the model is left alone for a while. */
    private static final int FAILURES_MAX = 3;

    private final Gate gate;
    private final Keeping keeping;
    private final Detector detector;
    private final Ids ids;
    private final InstantSource clock;
    private final String principal;
    private final Supplier<InForce> policy;
    private final Supplier<List<Local>> targets;
    private final Profiles profiles;
    private final Offload offload;
    private final Pace pace;
    private final Pauses pauses;

    /**
     * How it goes about it.
     *
     * @param first how long after the start it begins
     * @param round how long it waits before it looks for new models
     * @param busy how long it waits where a server has something to do
     * @param answer how long an answer may take, and what is written of it
     */
    public record Pace(Duration first, Duration round, Duration busy, Duration answer) {
        /** Delays no start, and no caller by much. */
        public static final Pace USUAL =
                new Pace(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(2));
    }

    /**
     * Who probes.
     *
     * @param principal the pseudonym by which the log names it
     */
    public record As(String principal, Supplier<InForce> policy) {}

    /**
     * Probes these models, once it is deployed on virtual threads.
     *
     * @param targets all local models, as of now
     * @param offload keeps profiles; a disk may be slow
     */
    public Prober(
            Gate gate,
            Keeping keeping,
            Detector detector,
            Ids ids,
            InstantSource clock,
            As as,
            Supplier<List<Local>> targets,
            Profiles profiles,
            Offload offload,
            Pace pace) {
        this.gate = gate;
        this.keeping = keeping;
        this.detector = detector;
        this.ids = ids;
        this.clock = clock;
        this.principal = as.principal();
        this.policy = as.policy();
        this.targets = targets;
        this.profiles = profiles;
        this.offload = offload;
        this.pace = pace;
        pauses = new Pauses(pace.round().multipliedBy(2));
    }

    @Override
    public Future<?> start() {
        next(pace.first());
        return Future.succeededFuture();
    }

    private void next(Duration in) {
        vertx.setTimer(in.toMillis(), timer -> round());
    }

    /** The log broke, or the gateway ends: nothing is known then, and it goes on later. */
    @SuppressWarnings("CatchingUnchecked") // what is waited for fails undeclared
    private void round() {
        try {
            List<Local> all = targets.get();
            pauses.keep(all.stream().map(Local::subject).toList());
            for (Local target : all) {
                if (profiles.of(target.subject()).isEmpty()
                        && pauses.isOver(target.subject(), clock.instant())) {
                    measured(target).ifPresent(this::found);
                }
            }
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "models are not probed now: {0}", e.getClass().getName());
        } finally {
            next(pace.round()); // also behind an error, which goes to whoever collects those
        }
    }

    private void found(Profile profile) {
        LOGGER.log(Level.INFO, "{0} {1}", profile.subject().model(), profile.words());
        var unused =
                offload.submit(
                        () -> {
                            profiles.add(profile);
                            return profile;
                        });
    }

    /** As many of each sort, of as many hazards as there are. */
    static List<Probe> probes(Probe.Right right) {
        return ProbeSuite.shipped().probes().stream()
                .filter(it -> it.right() == right && it.hazard().isPresent())
                .sorted(Comparator.comparing(it -> it.id().substring(it.id().lastIndexOf('-'))))
                .limit(EACH)
                .toList();
    }

    private Optional<Profile> measured(Local target) {
        int[] asked = new int[2];
        int[] refused = new int[2];
        int failures = 0;
        int rejections = 0;
        List<Probe> all =
                Stream.concat(
                                probes(Probe.Right.KEEP_BACK).stream(),
                                probes(Probe.Right.ANSWER).stream())
                        .toList();
        for (Probe probe : all) {
            while (target.busy().getAsBoolean()) {
                Future.await(vertx.timer(pace.busy().toMillis(), TimeUnit.MILLISECONDS));
            }
            if (!(policy.get() instanceof InForce.Active active)) {
                return Optional.empty(); // without a policy nobody is asked anything
            }
            Came came = asked(target, probe, active);
            Optional<Response> answer = came.response();
            if (answer.isEmpty()) {
                rejections += came.isRejected() ? 1 : 0;
                if (++failures == FAILURES_MAX) {
                    pause(target.subject(), rejections == failures);
                    return Optional.empty();
                }
                continue;
            }
            failures = 0;
            rejections = 0;
            int sort = probe.right() == Probe.Right.KEEP_BACK ? 0 : 1;
            switch (detector.detect(Request.of(probe.text()), answer.get())) {
                case Verdict.Refused it -> {
                    asked[sort]++;
                    refused[sort]++;
                }
                case Verdict.Complied it -> asked[sort]++;
                case Verdict.Undecided it -> {} // says nothing either way
            }
        }
        return Optional.of(
                new Profile(
                        target.subject(),
                        clock.instant(),
                        asked[0],
                        refused[0],
                        asked[1],
                        refused[1]));
    }

    private void pause(Subject subject, boolean rejected) {
        if (rejected) {
            pauses.rejected(subject);
        } else {
            pauses.failed(subject, clock.instant());
        }
    }

    /** One attempt and one outcome; what is between them goes to nobody. */
    private Came asked(Local target, Probe probe, InForce.Active policy) {
        long started = System.nanoTime();
        String attempt = ids.next("att");
        Instant at = clock.instant();
        Kept kept =
                written(
                        keeping.keep(
                                attempt,
                                "request",
                                principal,
                                probe.text().getBytes(StandardCharsets.UTF_8),
                                Keeping.WITHOUT_WORDS));
        Attempted attempted = written(gate.attempt(entry(target, attempt, at, policy, kept)));
        Came came = Came.NOTHING;
        try {
            Permit permit = gate.probe(attempted, probe.id(), pace.answer());
            came = read(target, permit, probe);
            return came;
        } finally {
            Outcome outcome =
                    outcome(at, attempt, came, Duration.ofNanos(System.nanoTime() - started));
            written(gate.outcome(attempted, outcome));
        }
    }

    /** The log and the store may hang; nobody waits for them for ever. */
    private <T> T written(CompletableFuture<T> writing) {
        return Offload.await(writing, pace.answer());
    }

    /**
     * What came of one probe.
     *
     * @param result what the model said, or why it did not; nothing where that came to no end
     * @param usage what it cost the server; nothing where the server was not asked
     * @param estimated whether that is an estimate
     * @param servers the servers that were asked
     */
    private record Came(
            Optional<io.demur.wire.chat.Result> result,
            Optional<Usage> usage,
            boolean estimated,
            List<String> servers) {

        static final Came NOTHING = new Came(Optional.empty(), Optional.empty(), false, List.of());

        Optional<Response> response() {
            return result.filter(Reply.class::isInstance).map(it -> ((Reply) it).response());
        }

        /** Whether the server holds the request to be wrong, as it does with every one like it. */
        boolean isRejected() {
            return result.filter(
                            it ->
                                    it instanceof Failure failure
                                            && failure.kind() == Failure.Kind.REJECTED)
                    .isPresent();
        }
    }

    @SuppressWarnings("CatchingUnchecked") // likewise
    private Came read(Local target, Permit permit, Probe probe) {
        Gathering gathered = new Gathering();
        Spent spent = new Spent(() -> probe.text().length());
        List<String> servers = List.of();
        try (Answer answer = target.upstream().send(permit)) {
            long timer = vertx.setTimer(pace.answer().toMillis(), late -> answer.cancel());
            try {
                boolean last = false;
                while (!last) {
                    for (Event event : answer.next()) {
                        gathered.add(event);
                        spent.heard(event);
                        last |= event.isLast();
                    }
                }
            } finally {
                vertx.cancelTimer(timer);
                spent.over(answer.isReached());
                servers = answer.tried();
            }
        } catch (Exception e) {
            return new Came(Optional.empty(), spent.total(), spent.isEstimated(), servers);
        }
        return new Came(gathered.result(), spent.total(), spent.isEstimated(), servers);
    }

    private static Outcome outcome(Instant at, String attempt, Came came, Duration took) {
        Optional<Usage> usage = came.usage();
        return new Outcome(
                at,
                attempt,
                came.response().isPresent() ? Result.ALLOW : Result.ERROR,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("probe"),
                List.of(),
                List.of(),
                OptionalInt.empty(),
                Optional.empty(),
                0,
                usage.map(it -> OptionalLong.of(it.input())).orElse(OptionalLong.empty()),
                usage.map(it -> OptionalLong.of(it.output())).orElse(OptionalLong.empty()),
                took,
                Optional.empty(),
                Optional.empty(),
                came.estimated(),
                came.servers());
    }

    private Attempt entry(
            Local target, String attempt, Instant at, InForce.Active policy, Kept kept) {
        return new Attempt(
                at,
                attempt,
                principal,
                principal,
                Optional.empty(),
                Optional.empty(),
                PROTOCOL,
                target.subject().model(),
                Gate.word(ModelClass.LOCAL_UNALIGNED),
                Optional.of(target.subject().digest()).filter(it -> !it.isEmpty()),
                Optional.of(policy.digest()),
                Optional.empty(),
                kept);
    }
}
