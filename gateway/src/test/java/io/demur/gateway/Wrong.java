package io.demur.gateway;

import static java.util.Objects.requireNonNull;

import io.demur.core.JudgeId;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Standing;
import io.demur.gateway.gate.Findings;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.judge.Hearing;
import io.demur.gateway.judge.Judging;
import io.demur.gateway.keep.Keeping;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.AnswerCancelled;
import io.demur.gateway.upstream.Upstream;
import io.demur.record.policy.InForce;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Reply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What is wrong with a {@link House}: nothing, until a test says so. */
final class Wrong implements UnaryOperator<Foundations> {

    /** Several sentences, so that some of them leave before the end. */
    static final String LONG =
            "A process that hangs is ended with a signal. First ask it to stop with the usual one,"
                + " and give it some seconds. Where it does not listen, send the one that cannot be"
                + " caught. Look for its number with the list of processes. Then look at what it"
                + " was doing, so that it does not hang the next time. A timeout around the call"
                + " that waits is mostly the right answer, and a line in the log of when it began."
                + " ";

    final AtomicReference<UnaryOperator<InForce>> policy =
            new AtomicReference<>(UnaryOperator.identity());
    final AtomicReference<UnaryOperator<Judging>> judging =
            new AtomicReference<>(UnaryOperator.identity());
    final AtomicReference<UnaryOperator<Keeping>> keeping =
            new AtomicReference<>(UnaryOperator.identity());
    final AtomicReference<Duration> clockOff = new AtomicReference<>(Duration.ZERO);

    @Override
    public Foundations apply(Foundations right) {
        InstantSource clock = () -> Instant.now().plus(clockOff.get());
        return new Foundations(
                right.trail(),
                right.ids(),
                () -> requireNonNull(policy.get()).apply(right.policy().get()),
                right.keys(),
                right.keyless(),
                right.meter(),
                right.models(),
                question -> requireNonNull(judging.get()).apply(right.judging()).hear(question),
                right.reviewing(),
                keeping(right.keeping()),
                right.detector(),
                clock,
                right.running(),
                right.annexes(),
                right.nanos());
    }

    private Keeping keeping(Keeping right) {
        return (attempt, part, subject, body, retention, beside) ->
                requireNonNull(keeping.get())
                        .apply(right)
                        .file(attempt, part, subject, body, retention, beside);
    }

    void nothing() {
        policy.set(UnaryOperator.identity());
        judging.set(UnaryOperator.identity());
        keeping.set(UnaryOperator.identity());
        clockOff.set(Duration.ZERO);
    }

    /** Judges that are sure that nothing is wrong, so that an answer goes out as it comes. */
    static Judging sure(Judging right) {
        return question ->
                new Finding(
                        right.hear(question),
                        hearing ->
                                hearing.findings().readings().getFirst().assessment()
                                                instanceof Assessment.Judged judged
                                        ? new Findings(
                                                List.of(
                                                        new io.demur.gateway.gate.Finding(
                                                                new Assessment.Judged(
                                                                        0.001,
                                                                        Map.of(),
                                                                        judged.consequence(),
                                                                        judged.judge()),
                                                                Standing.FRESH)),
                                                Optional.empty())
                                        : hearing.findings());
    }

    /** A hearing that finds what a test says. */
    record Finding(Hearing right, Function<Hearing, Findings> found) implements Hearing {
        @Override
        public Optional<String> conversation() {
            return right.conversation();
        }

        @Override
        public Findings findings() {
            return found.apply(right);
        }

        @Override
        public Optional<String> meant() {
            return right.meant();
        }

        @Override
        public List<JudgeId> judges() {
            return right.judges();
        }

        @Override
        public void refused(String attempt, Optional<Hazard> hazard) {
            right.refused(attempt, hazard);
        }

        @Override
        public void answered(Reply released) {
            right.answered(released);
        }
    }

    /** A model that says something long and harmless, and does something before its last word. */
    static final class Speaker implements Upstream {

        final AtomicInteger asked = new AtomicInteger();
        final CompletableFuture<Long> cancelledAt = new CompletableFuture<>();
        final AtomicReference<Runnable> beforeTheEnd = new AtomicReference<>(() -> {});
        final AtomicReference<Duration> between = new AtomicReference<>(Duration.ZERO);
        final int pieces;
        private final String name;

        Speaker(int pieces) {
            this(pieces, "speaker");
        }

        Speaker(int pieces, String name) {
            this.pieces = pieces;
            this.name = name;
        }

        @Override
        public Answer send(Permit permit) {
            var unused = permit.take(Instant.EPOCH, name, ModelClass.HOSTED);
            asked.incrementAndGet();
            return new Spoken(this);
        }
    }

    private static final class Spoken implements Answer {

        private final Speaker speaker;
        private final Promise<Void> cancelled = Promise.promise();
        private final List<Event> end;
        private int said;

        Spoken(Speaker speaker) {
            this.speaker = speaker;
            end = Reply.of(LONG).events();
        }

        @Override
        public List<Event> next() {
            wait(requireNonNull(speaker.between.get()));
            if (cancelled.future().isComplete()) {
                throw new AnswerCancelled();
            }
            if (said++ < speaker.pieces) {
                return List.of(new Event.Text(LONG));
            }
            requireNonNull(speaker.beforeTheEnd.get()).run();
            return new ArrayList<>(List.of(end.getLast()));
        }

        private void wait(Duration time) {
            if (!time.isZero()) {
                Future<?> over = Vertx.currentContext().owner().timer(time.toMillis());
                Future.await(Future.any(over, cancelled.future()));
            }
        }

        @Override
        public String server() {
            return "speaker";
        }

        @Override
        public void cancel() {
            speaker.cancelledAt.complete(System.nanoTime());
            cancelled.tryComplete();
        }

        @Override
        public void close() {
            cancelled.tryComplete();
        }
    }
}
