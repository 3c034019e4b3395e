package io.demur.gateway.drill;

import io.demur.core.detect.Detector;
import io.demur.core.drill.DrillProbe;
import io.demur.core.drill.Pressure;
import io.demur.core.drill.Timetable;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.upstream.Models;
import io.demur.record.Trail;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Ids;
import io.demur.record.policy.InForce;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Asks the models that callers ask what they should refuse and what they should answer, at the
 * times of a timetable, through the gateway's own door; writes what came of it into the log; and
 * raises an alarm where a rate has changed, or no drill passes any more.
 *
 * <p>It goes round: alarms that are due, drills that are due, one drill that somebody wants beside
 * them. Nothing else drills or writes of drills, so that it is one at a time; the next round begins
 * when the last is over.
 */
public final class Driller extends VerticleBase {

    private static final System.Logger LOGGER = System.getLogger(Driller.class.getName());

    /** What could not be asked in time is left out: a restart asks nothing in bulk. */
    private static final Duration LATE = Duration.ofHours(1);

    /** The most drills that somebody can want at once. */
    static final int EXTRA_MAX = 200;

    private final Drills drills;
    private final Setting setting;
    private final At at;
    private final Pace pace;
    private final DrillLog log;
    private final SecureRandom random = new SecureRandom();
    private final Instant since;
    private Optional<Context> own = Optional.empty();
    private Optional<Exercise> exercise = Optional.empty();

    /** By which the next round comes. */
    private long timer;

    /** Model, day and probe of what was asked today. */
    private final Set<List<String>> tried = new HashSet<>();

    /** Since when there is something to drill. */
    private Optional<Instant> targeted = Optional.empty();

    /** Whether that was told; by whichever thread has written it. */
    private volatile boolean silent;

    /**
     * What it stands on.
     *
     * @param principals the pseudonym of whoever drills on a day; another one each day, so that
     *     what was refused on one is not remembered on the next
     * @param judge reads what models answer
     * @param offload where it is asked
     * @param alarmed told of the entries of alarms, which are in the log, once each; waits for
     *     nothing
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
        log = new DrillLog(drills.watch(), setting);
        since = setting.clock().instant();
    }

    @Override
    public Future<?> start() {
        own = Optional.of(vertx.getOrCreateContext());
        Door door = new Door(vertx, at.host(), at.port(), at.certificate());
        exercise = Optional.of(new Exercise(drills.passes(), setting, door, pace.answer(), log));
        drills.by(this);
        timer = vertx.setTimer(1, now -> round());
        return Future.succeededFuture();
    }

    private void round() {
        go(
                () -> {
                    log.alarms();
                    due();
                    watchOwn();
                });
        go(
                () ->
                        wanted().ifPresent(
                                        it ->
                                                it.next(
                                                        one ->
                                                                ask(
                                                                        one.model(),
                                                                        one.probe(),
                                                                        Optional.empty()))));
        timer = vertx.setTimer(wanted().isPresent() ? 1 : pace.look().toMillis(), now -> round());
    }

    /** What fails now is tried at the next round: an alarm that is not in the log stays due. */
    @SuppressWarnings("CatchingUnchecked") // what is waited for fails undeclared
    private static void go(Runnable part) {
        try {
            part.run();
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "drills wait: {0}", e.getClass().getName());
        }
    }

    /** Each once, also where what came of it could not be written: an answer has its price. */
    private void due() {
        if (!(setting.policy().get() instanceof InForce.Active active)) {
            return; // nobody is asked anything without a policy
        }
        String today = today().toString();
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
                    var unused = ask(model, slot.probe(), slot.pressure());
                }
            }
        }
    }

    private DrillRun ask(String model, DrillProbe probe, Optional<Pressure> pressure) {
        return exercise.orElseThrow().ask(model, probe, pressure);
    }

    private List<String> targets() {
        Instant now = setting.clock().instant();
        return setting.models().names().stream()
                .filter(model -> drills.asked().isAsked(model, now))
                .toList();
    }

    /** The dead-man switch: that nothing is wrong is known only while drills pass. */
    private void watchOwn() {
        if (targets().isEmpty()) {
            targeted = Optional.empty();
            silent = false;
            return;
        }
        Instant now = setting.clock().instant();
        Instant from = targeted.orElse(now);
        targeted = Optional.of(from);
        if (drills.watch().silent(from, now).compareTo(pace.silence()) < 0) {
            silent = false;
        } else if (!silent) {
            log.tell(
                    new Alarm(Optional.empty(), Alarm.DRILLS, "silent", Alarm.Cause.SILENT),
                    () -> silent = true);
        }
    }

    /** The drills that somebody wants, as long as there are some to come. */
    private Optional<Extra> wanted() {
        return drills.extra().filter(it -> !it.isOver());
    }

    /** Drills beside the timetable; on any thread. */
    CompletableFuture<Extra> now(Optional<String> model, int each) {
        CompletableFuture<Extra> begun = new CompletableFuture<>();
        own.orElseThrow()
                .runOnContext(
                        go -> {
                            try {
                                begun.complete(begin(model, each));
                            } catch (RuntimeException e) {
                                begun.completeExceptionally(e);
                            }
                        });
        return begun;
    }

    private Extra begin(Optional<String> model, int each) {
        if (wanted().isPresent()) {
            throw new IllegalStateException("drills are under way");
        }
        List<Extra.Question> questions = new ArrayList<>();
        for (String target : model.map(List::of).orElseGet(this::targets)) {
            Set<String> asked = drills.watch().asked(target, today());
            for (DrillProbe probe : setting.timetable().some(random, each, asked)) {
                questions.add(new Extra.Question(target, probe));
            }
        }
        if (questions.size() > EXTRA_MAX) {
            throw new IllegalStateException(
                    "these would be `%d` drills, and at most %d are done at once; name a model, or"
                                    .formatted(questions.size(), EXTRA_MAX)
                            + " want fewer of each sort");
        }
        Extra begun = new Extra(setting.ids().next("run"), questions);
        drills.begun(begun);
        if (vertx.cancelTimer(timer)) { // else a round is under way, and sees it at its end
            timer = vertx.setTimer(1, now -> round());
        }
        return begun;
    }

    private LocalDate today() {
        return day(setting.clock().instant());
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate();
    }
}
