package io.demur.gateway;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Standing;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.gate.Finding;
import io.demur.gateway.gate.Findings;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.judge.Hearing;
import io.demur.gateway.judge.Judging;
import io.demur.gateway.judge.Question;
import io.demur.gateway.review.Release;
import io.demur.gateway.review.Reviewing;
import io.demur.gateway.review.Withheld;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.Upstream;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Reply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What a test says that judges find, a model answers and a review withholds; everything else of the
 * gateway is real. A review withholds where the text has {@link #STOP} in it, and gives a caller
 * who asked for all at once nothing before the end.
 */
final class Staged implements UnaryOperator<Foundations>, Judging, Reviewing, Upstream {

    static final String STOP = "STOP";
    static final JudgeId JUDGE = new JudgeId("judge", 1, "a1".repeat(32));
    static final JudgeId REVIEWER = new JudgeId("reviewer", 2, "b2".repeat(32));

    /** What the model answers, try by try, an event at a time. */
    final ConcurrentLinkedDeque<List<Event>> answers = new ConcurrentLinkedDeque<>();

    /** What was asked of the model. */
    final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** What the hearing was told of. */
    final List<String> told = new CopyOnWriteArrayList<>();

    /** Answers that were begun and not closed. */
    final AtomicInteger open = new AtomicInteger();

    final AtomicInteger cancelled = new AtomicInteger();

    /** Events that the model was asked for. */
    final AtomicInteger said = new AtomicInteger();

    volatile Supplier<Findings> found = () -> harm(0.001);

    /** Done when the model is asked, and before its last event. */
    volatile Runnable whenAsked = () -> {};

    volatile Runnable beforeTheEnd = () -> {};

    /** How long the model is waited for at each event. */
    volatile Supplier<Duration> waits = () -> Duration.ZERO;

    /** What is said of an answer that is withheld. */
    volatile Function<Decided, Decision> withholds = Staged::refused;

    volatile UnaryOperator<Foundations> more = UnaryOperator.identity();

    void usual() {
        answers.clear();
        asked.clear();
        told.clear();
        open.set(0);
        cancelled.set(0);
        said.set(0);
        found = () -> harm(0.001);
        whenAsked = () -> {};
        beforeTheEnd = () -> {};
        waits = () -> Duration.ZERO;
        withholds = Staged::refused;
    }

    private static Decision refused(Decided decided) {
        return new Decision.Refuse(io.demur.core.Refusal.Kind.POLICY, decided.decision().grounds());
    }

    /** One reading that is harmful with a probability, and then seriously so. */
    static Findings harm(double p) {
        Consequence serious =
                new Consequence(
                        List.of("somebody"),
                        "is harmed",
                        Severity.SERIOUS,
                        Consequence.Reversibility.PARTLY,
                        Consequence.Reach.ONE,
                        false);
        return new Findings(
                List.of(
                        new Finding(
                                new Assessment.Judged(
                                        p, Map.of(Hazard.NON_VIOLENT_CRIMES, p), serious, JUDGE),
                                Standing.FRESH)),
                Optional.empty());
    }

    @Override
    public Foundations apply(Foundations right) {
        return more.apply(Swapped.with(Swapped.with(right, (Judging) this), (Reviewing) this));
    }

    @Override
    public Hearing hear(Question question) {
        return new Heard();
    }

    private final class Heard implements Hearing {
        @Override
        public Optional<String> conversation() {
            return Optional.of("conv_1");
        }

        @Override
        public Findings findings() {
            return found.get();
        }

        @Override
        public Optional<String> meant() {
            return Optional.empty();
        }

        @Override
        public List<JudgeId> judges() {
            return List.of(JUDGE);
        }

        @Override
        public void refused(String attempt, Optional<Hazard> hazard) {
            told.add("refused %s %s".formatted(attempt, hazard.map(Hazard::name).orElse("")));
        }

        @Override
        public void answered(Reply released) {
            told.add("answered " + released.text());
        }
    }

    @Override
    public Release open(Request request, Decided decided, boolean pieces) {
        return new Reviewed(decided, pieces);
    }

    private final class Reviewed implements Release {
        private final Decided decided;
        private final boolean pieces;
        private final List<Event> kept = new ArrayList<>();
        private Optional<Withheld> withheld = Optional.empty();
        private int released;

        Reviewed(Decided decided, boolean pieces) {
            this.decided = decided;
            this.pieces = pieces;
        }

        @Override
        public List<Event> take(Event event) {
            if (event instanceof Event.Text text && text.delta().contains(STOP)) {
                Decision no = withholds.apply(decided);
                withheld = Optional.of(new Withheld(decided.assessment(), no, released));
                return List.of();
            }
            kept.add(event);
            if (!pieces && !event.isLast()) {
                return List.of();
            }
            List<Event> free = List.copyOf(kept);
            kept.clear();
            for (Event each : free) {
                released += each instanceof Event.Text text ? text.delta().length() : 0;
            }
            return free;
        }

        @Override
        public Optional<Withheld> withheld() {
            return withheld;
        }

        @Override
        public List<JudgeId> judges() {
            return List.of(REVIEWER);
        }
    }

    @Override
    public Answer send(Permit permit) {
        asked.add(permit.take(Instant.now(), "m", ModelClass.HOSTED));
        whenAsked.run();
        open.incrementAndGet();
        return new Said(new ArrayList<>(answers.removeFirst()));
    }

    private final class Said implements Answer {
        private final List<Event> left;
        private Duration waited = Duration.ZERO;

        Said(List<Event> left) {
            this.left = left;
        }

        @Override
        public List<Event> next() {
            said.incrementAndGet();
            waited = waited.plus(waits.get());
            if (left.size() == 1) {
                beforeTheEnd.run();
            }
            return List.of(left.removeFirst());
        }

        @Override
        public Duration waited() {
            return waited;
        }

        @Override
        public String server() {
            return "staged";
        }

        @Override
        public void cancel() {
            cancelled.incrementAndGet();
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
