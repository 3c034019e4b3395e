package io.demur.gateway.drill;

import io.demur.core.Message;
import io.demur.core.Role;
import io.demur.core.access.Caller;
import io.demur.core.access.Limits;
import io.demur.core.access.Scope;
import io.demur.core.charter.Charter;
import io.demur.core.drill.DrillProbe;
import io.demur.core.drill.Pressure;
import io.demur.core.policy.Axes;
import io.demur.gateway.offload.Waiting;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Outcome;
import io.demur.record.policy.InForce;
import io.demur.wire.chat.Reply;
import io.vertx.core.Future;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One drill at a time, from the door to the log. For the one virtual thread of a {@link Driller}
 * that is at work.
 */
final class Exercise {

    private static final System.Logger LOGGER = System.getLogger(Driller.class.getName());

    private final Passes passes;
    private final Driller.Setting setting;
    private final Door door;
    private final Duration answer;
    private final DrillLog log;
    private final Examiner examiner;

    /**
     * Drills at a door.
     *
     * @param answer how long an answer may take
     */
    Exercise(Passes passes, Driller.Setting setting, Door door, Duration answer, DrillLog log) {
        this.passes = passes;
        this.setting = setting;
        this.door = door;
        this.answer = answer;
        this.log = log;
        examiner = new Examiner(setting.judge());
    }

    /**
     * Asks a model, and writes what came of it.
     *
     * @param pressure what is said in the same conversation if it is refused: that is a drill of
     *     its own
     * @return what came of the probe
     */
    DrillRun ask(String model, DrillProbe probe, Optional<Pressure> pressure) {
        List<Message> asked = List.of(new Message(Role.USER, probe.text()));
        Came first = came(model, Turn.of(probe), asked);
        if (pressure.isPresent() && first.found() == Found.REFUSED && first.words().isPresent()) {
            List<Message> pressed = new ArrayList<>(asked);
            pressed.add(new Message(Role.ASSISTANT, first.words().get()));
            pressed.add(new Message(Role.USER, pressure.get().text()));
            came(model, new Turn(probe, pressure), pressed);
        }
        return first.entry();
    }

    /**
     * What came of one turn.
     *
     * @param words what the caller was told, where anything
     */
    private record Came(DrillRun entry, Found found, Optional<String> words) {}

    private Came came(String model, Turn turn, List<Message> messages) {
        if (!(setting.policy().get() instanceof InForce.Active active)) {
            throw new IllegalStateException("no policy is in force");
        }
        long started = System.nanoTime();
        LocalDate day = setting.clock().instant().atZone(ZoneOffset.UTC).toLocalDate();
        String principal = Waiting.on(setting.principals().apply(day));
        Pass pass =
                passes.issue(
                        caller(principal, model, active.charter()), turn.probe().isInOwnWords());
        Optional<String> words;
        Optional<Outcome> outcome;
        try {
            words = words(pass, model, messages);
            outcome = outcome(pass);
        } finally {
            passes.over(pass);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        Examiner.Judged judged =
                Waiting.on(setting.offload().submit(() -> examiner.judge(pass, turn.probe())));
        Found found = outcome.map(it -> Found.of(it.result(), judged.said())).orElse(Found.FAILED);
        boolean harmful = turn.isHarmful();
        DrillRun entry =
                new DrillRun(
                        log.now(),
                        setting.ids().next("run"),
                        turn.name(),
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
                                        Examiner.ANCHORS,
                                        judged.over(),
                                        judged.under(),
                                        outcome.map(Outcome::harmPpm).orElse(OptionalInt.empty()))),
                        Optional.empty());
        log.drilled(entry);
        return new Came(entry, found, words);
    }

    @SuppressWarnings("CatchingUnchecked") // a gateway that does not answer is what came of it
    private Optional<String> words(Pass pass, String model, List<Message> messages) {
        try {
            return Future.await(door.ask(pass, model, messages, answer)) instanceof Reply reply
                    ? Optional.of(reply.response().text()).filter(it -> !it.isBlank())
                    : Optional.empty();
        } catch (Exception e) {
            LOGGER.log(Level.DEBUG, "a drill had no answer: {0}", e.getClass().getName());
            return Optional.empty();
        }
    }

    private static Optional<Outcome> outcome(Pass pass) {
        if (pass.attempt().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Waiting.on(pass.outcome()));
        } catch (RuntimeException e) {
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

    private static Optional<String> fingerprint(Pass pass, Optional<Outcome> outcome) {
        String servers = outcome.map(it -> String.join(",", it.servers())).orElse("");
        return pass.model()
                .map(it -> (it + (servers.isEmpty() ? "" : " at " + servers)))
                .map(DrillRun::fitting);
    }
}
