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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

class ScoringTest {

    private static final Detector DETECTOR = new StopReasonDetector(LinearJudge.shipped());

    /** What a run said. */
    private static final class Heard implements Listener<Row> {
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
    void aDamagedRecordCostsNoOther() throws Exception {
        List<String> lines = new String(examples(), StandardCharsets.UTF_8).lines().toList();
        List<List<String>> rowsOfLine = new ArrayList<>();
        for (String line : lines) {
            rowsOfLine.add(withoutPlace(score(bytes(line), 1, () -> false).rows));
        }
        Property.check(
                60,
                gen -> {
                    int at = gen.between(0, lines.size() - 1);
                    List<String> expected = new ArrayList<>();
                    ByteArrayOutputStream file = new ByteArrayOutputStream();
                    for (int i = 0; i < lines.size(); i++) {
                        boolean damage = i == at;
                        file.write(
                                damage
                                        ? oneLine(gen.damaged(bytes(lines.get(i))))
                                        : bytes(lines.get(i)));
                        file.write('\n');
                        expected.addAll(damage ? List.of() : rowsOfLine.get(i));
                    }
                    List<String> rows =
                            withoutPlace(score(file.toByteArray(), 2, () -> false).rows);
                    assertTrue(rows.containsAll(expected), () -> "line " + (at + 1));
                });
    }

    /** Rows without what depends on the lines before them. */
    private static List<String> withoutPlace(List<String> rows) {
        return rows.stream()
                .map(
                        row ->
                                row.replaceAll("\"line\":\\d+", "")
                                        .replaceAll(",?\"inconsistent\"", ""))
                .toList();
    }

    private static byte[] oneLine(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '\n' || bytes[i] == '\r' ? (byte) ' ' : bytes[i];
        }
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void afterAStopWhatWasBegunIsFinished() throws Exception {
        Heard heard = score(examples(), 2, () -> true);
        assertEquals(1, heard.rows.size());
    }

    private static Heard score(byte[] file, int threads, BooleanSupplier stop) throws IOException {
        Heard heard = new Heard();
        Scoring scoring = new Scoring(new Judge(DETECTOR), heard.tally, heard);
        Pipeline.Spread spread = new Pipeline.Spread(threads, 256);
        try (Pipeline<?> pipeline =
                new Pipeline<>(scoring, ReadOptions.AUTO, heard, spread, stop)) {
            pipeline.read(Input.of("examples", () -> new ByteArrayInputStream(file)));
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
}
