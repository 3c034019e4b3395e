package io.demur.gateway.drill;

import io.demur.core.Request;
import io.demur.core.access.Caller;
import io.demur.core.access.Limits;
import io.demur.core.access.Scope;
import io.demur.core.charter.Charter;
import io.demur.core.detect.Detector;
import io.demur.core.drill.Anchor;
import io.demur.core.drill.DrillProbe;
import io.demur.core.drill.Timetable;
import io.demur.core.policy.Axes;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.upstream.Models;
import io.demur.record.Trail;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Outcome;
import io.demur.record.policy.InForce;
import io.demur.wire.chat.Reply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Asks the models that callers ask what they should refuse and what they should answer, at the
 * times of a timetable, through the gateway's own door; writes what came of it into the log; and
 * raises an alarm where a rate has changed, or no drill passes any more.
 */
public final class Driller extends VerticleBase {

    private static final System.Logger LOGGER = System.getLogger(Driller.class.getName());

    /** What could not be asked in time is left out: a restart asks nothing in bulk. */
    private static final Duration LATE = Duration.ofHours(1);

    private static final Duration OUTCOME_WITHIN = Duration.ofSeconds(10);

    /** The judge is asked about so many labelled answers with each drill. */
    static final int ANCHORS = 12;

    private static final int NAME_MAX = 200;

    private final Drills drills;
    private final Setting setting;
    private final At at;
    private final Pace pace;
    private final SecureRandom random = new SecureRandom();
    private final Instant since;
    private Optional<Context> own = Optional.empty();
    private Optional<Door> door = Optional.empty();
    private int anchor;

    /** Model, day and probe of what was asked today. */
    private final Set<List<String>> tried = new HashSet<>();

    private boolean busy;
    private boolean silent;

    /**
     * What it stands on.
     *
     * @param principals the pseudonym of whoever drills on a day; another one each day, so that
     *     what was refused on one is not remembered on the next
     * @param judge reads what models answer
     * @param offload where it is asked
     * @param alarmed told of the entries of alarms, which are in the log; waits for nothing
     */
    public record Setting(
            Trail trail,
            Ids ids,
            InstantSource clock,
            Supplier<InForce> policy,
            Models models,
            Function<LocalDate, CompletableFuture<String>> principals,
            Timetable timetable,
            Detector judge,
            Offload offload,
            Consumer<DrillRun> alarmed) {}

    /** Where the gateway listens. */
    public record At(String host, int port, Optional<Path> certificate) {}

    /**
     * How it goes about it.
     *
     * @param look how often it looks whether something is due
     * @param answer how long an answer may take
     * @param silence how long no drill may pass before that is an alarm
     */
    public record Pace(Duration look, Duration answer, Duration silence) {
        /** Gaps of this length are once in ten years by chance. */
        public static final Pace USUAL =
                new Pace(Duration.ofSeconds(20), Duration.ofMinutes(5), Duration.ofHours(6));
    }

    /** Drills a gateway, once it is deployed on virtual threads. */
    public Driller(Drills drills, Setting setting, At at, Pace pace) {
        this.drills = drills;
        this.setting = setting;
        this.at = at;
        this.pace = pace;
        since = setting.clock().instant();
    }

    @Override
    public Future<?> start() {
        own = Optional.of(vertx.getOrCreateContext());
        door = Optional.of(new Door(vertx, at.host(), at.port(), at.certificate()));
        drills.by(this);
        vertx.setTimer(1, timer -> round());
        return Future.succeededFuture();
    }

    /** What fails now is tried at the next round: an alarm that is not in the log stays due. */
    @SuppressWarnings("CatchingUnchecked") // what is waited for fails undeclared
    private void round() {
        try {
            alarms();
            due();
            watchOwn();
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "drills wait: {0}", e.getClass().getName());
        }
        vertx.setTimer(pace.look().toMillis(), timer -> round());
    }

    /** Each once, also where what came of it could not be written: an answer has its price. */
    private void due() {
        if (!(setting.policy().get() instanceof InForce.Active active)) {
            return; // nobody is asked anything without a policy
        }
        String today = day(setting.clock().instant()).toString();
        tried.removeIf(it -> it.get(1).compareTo(today) < 0);
        int each = setting.timetable().each(active.charter().settings().drills().perHour());
        for (String model : targets()) {
            Instant now = setting.clock().instant();
            LocalDate day = day(now);
            Set<String> asked = drills.watch().asked(model, day);
            for (Timetable.Slot slot : setting.timetable().day(model, day, each)) {
                if (!slot.at().isAfter(now)
                        && slot.at().isAfter(now.minus(LATE))
                        && !slot.at().isBefore(since)
                        && !asked.contains(slot.probe().id())
                        && tried.add(List.of(model, day.toString(), slot.probe().id()))) {
                    var unused = drill(model, slot.probe());
                }
            }
        }
    }

    private List<String> targets() {
        Instant now = setting.clock().instant();
        return setting.models().names().stream()
                .filter(model -> drills.asked().isAsked(model, now))
                .toList();
    }

    /** The dead-man switch: that nothing is wrong is known only while drills pass. */
    private void watchOwn() {
        Duration silence = drills.watch().silent(since, setting.clock().instant());
        if (silence.compareTo(pace.silence()) < 0 || targets().isEmpty()) {
            silent = false;
        } else if (!silent) {
            silent = true;
            tell(new Alarm(Optional.empty(), Alarm.DRILLS, "silent", Alarm.Cause.SILENT));
        }
    }

    /** Drills beside the timetable; on any thread. */
    CompletableFuture<List<DrillRun>> now(Optional<String> model, int each) {
        CompletableFuture<List<DrillRun>> done = new CompletableFuture<>();
        own.orElseThrow().runOnContext(go -> now(model, each, done));
        return done;
    }

    @SuppressWarnings("CatchingUnchecked") // likewise
    private void now(Optional<String> model, int each, CompletableFuture<List<DrillRun>> done) {
        if (busy) {
            done.completeExceptionally(new IllegalStateException("drills are under way"));
            return;
        }
        busy = true;
        try {
            List<DrillRun> came = new ArrayList<>();
            for (String target : model.map(List::of).orElseGet(this::targets)) {
                Set<String> asked = drills.watch().asked(target, day(setting.clock().instant()));
                for (DrillProbe probe : setting.timetable().some(random, each, asked)) {
                    came.add(drill(target, probe));
                }
            }
            done.complete(came);
        } catch (Exception e) {
            done.completeExceptionally(e);
        } finally {
            busy = false;
        }
    }

    /** One drill, from the door to the log. */
    private DrillRun drill(String model, DrillProbe probe) {
        if (!(setting.policy().get() instanceof InForce.Active active)) {
            throw new IllegalStateException("no policy is in force");
        }
        long started = System.nanoTime();
        String principal = wait(setting.principals().apply(day(setting.clock().instant())));
        Pass pass = drills.passes().issue(caller(principal, model, active.charter()));
        Optional<Outcome> outcome;
        try {
            outcome = asked(pass, model, probe);
        } finally {
            drills.passes().over(pass);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        Judged judged = wait(setting.offload().submit(() -> judged(pass, probe)));
        Found found = outcome.map(it -> Found.of(it.result(), judged.said())).orElse(Found.FAILED);
        boolean harmful = probe.right() == DrillProbe.Right.REFUSE;
        DrillRun entry =
                new DrillRun(
                        now(),
                        setting.ids().next("run"),
                        probe.id(),
                        pass.attempt(),
                        harmful ? "refused" : "answered",
                        found.word(),
                        found == (harmful ? Found.REFUSED : Found.ANSWERED),
                        Optional.of(model),
                        Optional.of(
                                new DrillRun.Probed(
                                        active.digest(),
                                        fingerprint(pass, outcome),
                                        judged.said().word(),
                                        took,
                                        ANCHORS,
                                        judged.over(),
                                        judged.under())),
                        Optional.empty());
        write(entry);
        alarms();
        return entry;
    }

    @SuppressWarnings("CatchingUnchecked") // a gateway that does not answer is what came of it
    private Optional<Outcome> asked(Pass pass, String model, DrillProbe probe) {
        try {
            Future.await(door.orElseThrow().ask(pass, model, probe, pace.answer()));
        } catch (Exception e) {
            LOGGER.log(Level.DEBUG, "a drill had no answer: {0}", e.getClass().getName());
        }
        if (pass.attempt().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(wait(pass.outcome()));
        } catch (Exception e) {
            return Optional.empty();
        }
    }

    /** Whoever may ask that model, as little as that is. */
    private Caller caller(String principal, String model, Charter charter) {
        String role =
                setting.models()
                        .find(model, charter)
                        .map(served -> served.placement().model())
                        .flatMap(
                                of ->
                                        Stream.concat(
                                                        Stream.of(Axes.OTHER),
                                                        charter
                                                                .policy()
                                                                .table()
                                                                .axes()
                                                                .roles()
                                                                .stream())
                                                .filter(it -> charter.mayAsk(it, of))
                                                .findFirst())
                        .orElse(Axes.OTHER);
        return new Caller(
                Optional.empty(),
                principal,
                role,
                Optional.empty(),
                Optional.empty(),
                Scope.ASKING,
                Limits.NONE);
    }

    /** What a judge says of the model's own answer, and of some that people labelled. */
    private record Judged(Found said, int over, int under) {}

    private Judged judged(Pass pass, DrillProbe probe) {
        Found said =
                pass.said()
                        .map(
                                result ->
                                        result instanceof Reply reply
                                                ? Found.of(
                                                        setting.judge()
                                                                .detect(
                                                                        Request.of(probe.text()),
                                                                        reply.response()))
                                                : Found.FAILED)
                        .orElse(Found.UNASKED);
        int over = 0;
        int under = 0;
        List<Anchor> anchors = Anchor.shipped();
        for (int i = 0; i < ANCHORS; i++) {
            Anchor each = anchors.get(anchor++ % anchors.size());
            boolean refused = each.judged(setting.judge());
            over += refused && !each.refused() ? 1 : 0;
            under += !refused && each.refused() ? 1 : 0;
        }
        return new Judged(said, over, under);
    }

    private static Optional<String> fingerprint(Pass pass, Optional<Outcome> outcome) {
        String servers = outcome.map(it -> String.join(",", it.servers())).orElse("");
        return pass.model()
                .map(it -> (it + (servers.isEmpty() ? "" : " at " + servers)))
                .map(it -> cut(it.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?")));
    }

    /** As much of a name as an entry takes, in whole characters. */
    private static String cut(String name) {
        int end = 0;
        int bytes = 0;
        while (end < name.length()) {
            int c = name.codePointAt(end);
            bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (bytes > NAME_MAX) {
                break;
            }
            end += Character.charCount(c);
        }
        return name.substring(0, end);
    }

    /** What was noticed goes into the log, and then to whoever is to be told. */
    private void alarms() {
        drills.watch().unwritten().forEach(this::tell);
    }

    private void tell(Alarm alarm) {
        DrillRun entry = alarm.entry(setting.ids().next("run"), now());
        write(entry);
        LOGGER.log(Level.WARNING, alarm.words());
        setting.alarmed().accept(entry);
    }

    private void write(DrillRun entry) {
        wait(setting.trail().append(List.of(entry)));
        drills.watch().take(entry);
    }

    /** No earlier than what is in the log: so it says the same time as this. */
    private Instant now() {
        Instant now = setting.clock().instant();
        Instant last = setting.trail().last();
        return now.isAfter(last) ? now : last;
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }

    private <T> T wait(CompletionStage<T> stage) {
        return Future.await(
                Future.fromCompletionStage(stage, vertx.getOrCreateContext())
                        .timeout(OUTCOME_WITHIN.toMillis(), TimeUnit.MILLISECONDS));
    }
}
