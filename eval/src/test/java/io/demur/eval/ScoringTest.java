package io.demur.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Problem;
import io.demur.core.detect.Detector;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.files.Input;
import io.demur.files.ReadOptions;
import io.demur.files.output.Json;
import io.demur.testkit.Property;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

class ScoringTest {

    private static final Detector DETECTOR = new StopReasonDetector(LinearJudge.shipped());

    /** What a run said. */
    private static final class Heard implements Scoring.Listener {
        final List<String> rows = new ArrayList<>();
        final List<Problem> problems = new ArrayList<>();
        final Tally tally = new Tally(DETECTOR.id(), List.of());

        @Override
        public void row(Row row) {
            rows.add(Json.value(row.fields()));
        }

        @Override
        public void problem(Problem problem) {
            problems.add(problem);
        }

        @Override
        public void progress(long bytes) {}
    }

    @Test
    void everyExampleGivesARowForEachAnswer() throws Exception {
        Heard heard = score(examples(), 2, () -> false);
        long answers =
                new String(examples(), StandardCharsets.UTF_8)
                        .lines()
                        .mapToLong(ScoringTest::answers)
                        .sum();
        assertEquals(answers, heard.rows.size());
        assertEquals(List.of(), heard.problems);
    }

    @Test
    void howManyThreadsJudgeChangesNothing() throws Exception {
        assertEquals(
                score(examples(), 1, () -> false).rows, score(examples(), 7, () -> false).rows);
    }

    @Test
    void damagedFilesLoseOnlyWhatIsDamaged() {
        byte[] whole = read();
        Property.check(
                60,
                gen -> {
                    Heard heard = score(gen.damaged(whole), 2, () -> false);
                    assertEquals(heard.rows.size(), heard.tally.all().responses());
                    assertTrue(
                            heard.tally.unreadable() <= heard.problems.size(),
                            () -> "problems " + heard.problems);
                });
    }

    @Test
    void afterAStopWhatWasBegunIsFinished() throws Exception {
        Heard heard = score(examples(), 2, () -> true);
        assertEquals(1, heard.rows.size());
    }

    private static Heard score(byte[] file, int threads, BooleanSupplier stop) throws IOException {
        Heard heard = new Heard();
        try (Scoring scoring =
                new Scoring(
                        new Judge(DETECTOR), ReadOptions.AUTO, heard.tally, heard, threads, stop)) {
            scoring.score(Input.of("examples", () -> new ByteArrayInputStream(file)));
        }
        return heard;
    }

    private static long answers(String line) {
        int turns = line.indexOf("\"turns\": [");
        return turns < 0
                ? 1
                : line.substring(turns).split("\"role\": \"assistant\"", -1).length - 1;
    }

    private static byte[] examples() throws IOException {
        return Files.readAllBytes(Repository.root().resolve("examples/transcripts.jsonl"));
    }

    private static byte[] read() {
        try {
            return examples();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
