package io.demur.eval.opinion;

import io.demur.core.Degree;
import io.demur.core.Labels;
import io.demur.core.Verdict;
import io.demur.core.detect.LinearJudge;
import io.demur.eval.run.Run;
import io.demur.eval.run.Trial;
import io.demur.eval.run.Variant;
import io.demur.remote.LanguageModelJudge;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Asks a second judge of the first answers of a run of which it has not spoken yet. What it cannot
 * judge is no verdict: it is not kept, and asked again next time.
 */
public final class SecondJudging {

    /** So many failures one after the other, and nobody is there to ask. */
    static final int FAILURES_MAX = 20;

    /**
     * What came of it.
     *
     * @param asked how many answers the judge was asked of
     * @param unjudged of how many of them it could not judge
     * @param why the last reason for that; empty where it always could
     * @param left how many it was not asked of, since nobody was there to ask
     * @param input tokens of questions, as far as the server counted
     * @param output tokens of answers
     */
    public record Outcome(int asked, int unjudged, String why, int left, long input, long output) {}

    private final LanguageModelJudge judge;
    private final OpinionFile to;
    private final IntConsumer done;
    private final Map<String, Variant> variants = new HashMap<>();
    private final Queue<Trial> open;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger unjudged = new AtomicInteger();
    private final AtomicInteger inARow = new AtomicInteger();
    private final AtomicLong input = new AtomicLong();
    private final AtomicLong output = new AtomicLong();
    private volatile String why = "";

    /**
     * @param open what is to be asked, as {@link #open} has it
     * @param to where what it says is kept
     * @param done hears how many it was asked of so far; of several threads
     */
    public SecondJudging(
            Run run, List<Trial> open, LanguageModelJudge judge, OpinionFile to, IntConsumer done) {
        this.open = new ConcurrentLinkedQueue<>(open);
        this.judge = judge;
        this.to = to;
        this.done = done;
        run.plan().variants().forEach(each -> variants.put(each.name(), each));
    }

    /** What a judge has not spoken of yet. */
    public static List<Trial> open(Run run, Optional<Opinion> known) {
        return run.trials().stream()
                .filter(trial -> trial.first().filter(Opinion::isOpen).isPresent())
                .filter(trial -> known.flatMap(opinion -> opinion.of(trial)).isEmpty())
                .toList();
    }

    /** Asks, so many at once. */
    public Outcome ask(int atOnce) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all =
                    IntStream.range(0, atOnce)
                            .<Future<?>>mapToObj(i -> threads.submit(this::asking))
                            .toList();
            for (Future<?> each : all) {
                each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException unwritten) {
                throw unwritten;
            }
            throw new IllegalStateException(e.getCause());
        }
        return new Outcome(
                asked.get(), unjudged.get(), why, open.size(), input.get(), output.get());
    }

    /** One after the other, until there are none; how many they were. */
    private int asking() throws IOException {
        int count = 0;
        for (Trial trial = next(); trial != null; trial = next()) {
            LanguageModelJudge.Opinion opinion =
                    judge.opinion(
                            LinearJudge.shipped(),
                            trial.request(0, variants.getOrDefault(trial.variant(), Variant.PLAIN)),
                            trial.first().orElseThrow().response());
            input.addAndGet(opinion.input());
            output.addAndGet(opinion.output());
            switch (opinion.verdict()) {
                case Verdict.Complied complied -> keep(trial, Labels.Answer.COMPLIANCE);
                case Verdict.Refused refused ->
                        keep(
                                trial,
                                refused.refusal().degree() == Degree.PARTIAL
                                        ? Labels.Answer.PARTIAL
                                        : Labels.Answer.FULL);
                case Verdict.Undecided undecided -> {
                    unjudged.incrementAndGet();
                    inARow.incrementAndGet();
                    why = undecided.detail();
                }
            }
            count++;
            done.accept(asked.incrementAndGet());
        }
        return count;
    }

    private @Nullable Trial next() {
        return inARow.get() >= FAILURES_MAX ? null : open.poll();
    }

    private void keep(Trial trial, Labels.Answer said) throws IOException {
        inARow.set(0);
        to.keep(trial, said);
    }
}
