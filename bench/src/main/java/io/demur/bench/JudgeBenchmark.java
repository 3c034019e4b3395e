package io.demur.bench;

import io.demur.core.Degrees;
import io.demur.core.JudgeId;
import io.demur.core.Labels;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Transcript;
import io.demur.core.Turn;
import io.demur.core.Verdict;
import io.demur.core.Where;
import io.demur.core.detect.Detector;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.eval.Row;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Time for one reply of 1,000 characters on one thread, over {@value #REPLIES} different replies so
 * that tables do not stay in the nearest cache: the degree alone, the whole verdict, the row with
 * its columns; beside a phrase list and a bare loop over the characters.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(2)
public class JudgeBenchmark {

    private static final int REPLIES = 512;

    private final LinearJudge judge = LinearJudge.shipped();
    private final Detector detector = new StopReasonDetector(judge);
    private final JudgeId id = detector.id();
    private final List<Transcript> transcripts = new ArrayList<>();
    private int next;

    /** Makes the replies. */
    public JudgeBenchmark() {
        Replies replies = new Replies(7);
        for (int i = 0; i < REPLIES; i++) {
            Request request = Request.of(replies.prompt());
            Response response = Response.of(replies.reply(1_000));
            transcripts.add(
                    new Transcript(
                            "r" + i,
                            "bench",
                            Where.line("bench", i + 1L),
                            Optional.of("m"),
                            request,
                            List.of(new Turn(0, request, response)),
                            Labels.NONE,
                            Map.of()));
        }
    }

    private Transcript next() {
        next = (next + 1) % REPLIES;
        return transcripts.get(next);
    }

    /** How far it refuses, and nothing else. */
    @Benchmark
    public Degrees degree() {
        Turn turn = next().turns().get(0);
        return judge.degrees(turn.request(), turn.response());
    }

    /** Degree, kind, forms, leakage, craft and evidence. */
    @Benchmark
    public Verdict verdict() {
        Turn turn = next().turns().get(0);
        return detector.detect(turn.request(), turn.response());
    }

    /** The verdict and its columns, ready to be written. */
    @Benchmark
    public Map<String, ?> fullRow() {
        Transcript transcript = next();
        Turn turn = transcript.turns().get(0);
        Verdict verdict = detector.detect(turn.request(), turn.response());
        return new Row(transcript, turn, verdict, Set.of(), id).fields();
    }

    /** What a list of sixty phrases costs, looked for one after the other in lower case. */
    @Benchmark
    public boolean phraseList() {
        String text = next().turns().get(0).response().text().toLowerCase(Locale.ROOT);
        boolean found = false;
        for (String phrase : Replies.PHRASES) {
            found |= text.contains(phrase);
        }
        return found;
    }

    /** The floor: every character is looked at once. */
    @Benchmark
    public int bareLoop() {
        String text = next().turns().get(0).response().text();
        int sum = 0;
        for (int i = 0; i < text.length(); i++) {
            sum = 31 * sum + text.charAt(i);
        }
        return sum;
    }

    /** Runs the benchmark. */
    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder().include("JudgeBenchmark").build()).run();
    }
}
