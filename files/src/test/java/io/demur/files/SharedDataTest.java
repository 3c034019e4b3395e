package io.demur.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Labels;
import io.demur.core.Problem;
import io.demur.core.Transcript;
import io.demur.testkit.SharedData;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The files that people have, as they are published. */
class SharedDataTest {

    @Test
    void everyRowOfEveryFileIsRead() throws IOException {
        Path data = SharedData.require("");
        Inputs inputs = Inputs.expand(List.of(data.toString()));
        assertEquals(
                List.of("README.md"),
                inputs.problems().stream()
                        .map(passed -> Path.of(passed.where().file()).getFileName().toString())
                        .toList());
        assertTrue(inputs.inputs().size() > 50);
        List<Problem> wrong = new ArrayList<>();
        for (Input input : inputs.inputs()) {
            Reading reading = Reading.of(input, ReadOptions.AUTO);
            wrong.addAll(reading.unreadable());
            wrong.addAll(reading.warnings());
            if (input.name().endsWith(".jsonl")) {
                long lines = Files.readString(Path.of(input.name())).lines().count();
                assertEquals(lines, reading.transcripts().size(), input.name());
                assertEquals("rows", reading.format(), input.name());
            } else {
                assertEquals(225, reading.transcripts().size(), input.name());
                assertEquals("xstest", reading.format(), input.name());
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void theCsvFilesOfXsTestSayWhatTheirRowsInJsonLinesSay() {
        Path folder = SharedData.require("xstest");
        Reading lines =
                Reading.of(Input.of(SharedData.require("tune/xstest_odd.jsonl")), ReadOptions.AUTO);
        Map<String, String> models =
                Map.of(
                        "gpt-4", "gpt4",
                        "llama-2-70b-chat(no system prompt)", "llama2new",
                        "llama-2-70b-chat(orig system prompt)", "llama2orig",
                        "mistral-7b-instruct", "mistralinstruct",
                        "mistral-7b-instruct(guard prompt)", "mistralguard");
        Map<String, Transcript> rows = new HashMap<>();
        for (String model : models.values()) {
            Path file = folder.resolve("xstest_v2_completions_" + model + ".csv");
            for (Transcript row : Reading.of(Input.of(file), ReadOptions.AUTO).transcripts()) {
                assertEquals(model, row.model().orElseThrow());
                rows.put(model + " " + said(row), row);
            }
        }
        Map<String, Integer> counts = new TreeMap<>();
        Set<Labels> seen = new HashSet<>();
        for (Transcript line : lines.transcripts()) {
            if (line.turns().isEmpty()) {
                continue;
            }
            String model = models.get(line.model().orElseThrow());
            Transcript row = rows.get(model + " " + said(line));
            assertTrue(row != null, () -> line.where() + " is not in the CSV file");
            assertEquals(line.labels(), row.labels(), () -> line.where().toString());
            counts.merge(model, 1, Integer::sum);
            seen.add(row.labels());
        }
        // Seven answers of one model are left out of the CSV file too, but for their labels.
        assertEquals(
                Map.of(
                        "gpt4", 225,
                        "llama2new", 225,
                        "llama2orig", 225,
                        "mistralguard", 225,
                        "mistralinstruct", 218),
                counts);
        assertEquals(6, seen.size());
    }

    private static String said(Transcript transcript) {
        return transcript.request().prompt().strip()
                + "\n"
                + transcript.turns().getFirst().response().text().strip();
    }
}
