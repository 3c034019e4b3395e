package io.demur.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Problem;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What arguments stand for. */
class InputsTest {

    private static final String ROW = "{\"prompt\":\"p\",\"response\":\"a\"}\n";

    @TempDir Path folder = Path.of("");

    @BeforeEach
    void aFolderWithOtherThingsInIt() throws IOException {
        write("b.jsonl", ROW);
        write("a.csv", "prompt,response\np,a\n");
        write("deep/er/c.log", ROW);
        write("deep/d.txt", "Dear diary,\nthis is no transcript.\n");
        write("package.json", "{\"name\": \"x\", \"version\": 1}\n");
        write("scores.csv", "name,score\nx,1\n");
        write("broken.jsonl", "{\"prompt\":\"p\", \"resp");
        write("empty.jsonl", "");
        Files.writeString(folder.resolve("wide.csv"), "prompt\n", StandardCharsets.UTF_16);
        write(".hidden.jsonl", ROW);
        write(".cache/e.jsonl", ROW);
        Files.write(folder.resolve("z.gz"), Reading.gzip(ROW.getBytes(StandardCharsets.UTF_8)));
        Files.write(folder.resolve("picture.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1});
    }

    @Test
    void aFolderGivesItsTranscriptsInOrderAndALineForEachOtherFile() {
        Inputs inputs = expand("");
        assertEquals(
                List.of("a.csv", "b.jsonl", "broken.jsonl", "deep/er/c.log", "wide.csv", "z.gz"),
                names(inputs));
        assertEquals(
                List.of("deep/d.txt", "empty.jsonl", "package.json", "picture.png", "scores.csv"),
                inputs.problems().stream()
                        .map(p -> folder.relativize(Path.of(p.where().file())).toString())
                        .toList());
        assertTrue(inputs.problems().stream().allMatch(ProblemCode::onlyTells));
        assertEquals(
                "passed over: the record has no known shape: its fields are `name`, `version`",
                inputs.problems().get(2).message());
    }

    @Test
    void patternsThatTheShellLeftAloneAreExpanded() {
        assertEquals(List.of("b.jsonl", "broken.jsonl", "empty.jsonl"), names(expand("*.jsonl")));
        assertEquals(List.of("deep/er/c.log"), names(expand("**/*.log")));
        assertEquals(
                List.of("no file matches this pattern"),
                expand("*.parquet").problems().stream().map(Problem::message).toList());
    }

    @Test
    void whatIsNotThereIsNamed() {
        Inputs inputs = expand("missing.jsonl");
        assertEquals(List.of(), inputs.inputs());
        assertEquals("there is no such file", inputs.problems().getFirst().message());
        assertEquals("file-missing", inputs.problems().getFirst().code());
        Reading gone = Reading.of(Input.of(folder.resolve("gone.jsonl")), ReadOptions.AUTO);
        assertEquals("file-missing", gone.onlyProblem().code());
        Reading within = Reading.of(Input.of(folder.resolve("b.jsonl/x")), ReadOptions.AUTO);
        assertEquals("file-unreadable", within.onlyProblem().code());
        assertEquals(0, within.onlyProblem().where().line());
        Reading directory = Reading.of(Input.of(folder), ReadOptions.AUTO);
        assertEquals(
                folder + ": cannot be read: Is a directory", directory.onlyProblem().toString());
    }

    @Test
    void aFileThatIsNamedTwiceIsReadOnce() {
        Inputs inputs =
                Inputs.expand(
                        List.of(folder.resolve("b.jsonl").toString(), folder.toString(), "-", "-"));
        assertEquals(
                2, inputs.problems().stream().filter(p -> p.code().equals("file-twice")).count());
        assertEquals(7, inputs.inputs().size());
        assertEquals("-", inputs.inputs().getLast().name());
    }

    @Test
    void aFolderWithoutTranscriptsIsAProblem() throws IOException {
        Files.createDirectories(folder.resolve("none"));
        Inputs inputs = expand("none");
        assertEquals("file-missing", inputs.problems().getFirst().code());
    }

    @Test
    void bytesReadEndAtTheSizeOfTheFileAlsoWhenCompressed() throws IOException {
        Path file = folder.resolve("many.jsonl.gz");
        Files.write(file, Reading.gzip(ROW.repeat(50_000).getBytes(StandardCharsets.UTF_8)));
        try (TranscriptFile opened = TranscriptFile.open(Input.of(file), ReadOptions.AUTO)) {
            long before = 0;
            while (opened.next().isPresent()) {
                assertTrue(opened.bytesRead() >= before);
                before = opened.bytesRead();
            }
            assertEquals(Files.size(file), opened.bytesRead());
            assertEquals(Files.size(file), opened.input().bytes().orElseThrow());
        }
    }

    private Inputs expand(String argument) {
        return Inputs.expand(List.of(folder + (argument.isEmpty() ? "" : "/" + argument)));
    }

    private List<String> names(Inputs inputs) {
        return inputs.inputs().stream()
                .map(input -> folder.relativize(Path.of(input.name())).toString())
                .toList();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, text);
    }
}
