package io.demur.files.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Degree;
import io.demur.core.Role;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

class CorpusReaderTest {

    @Test
    void readsAStructuredLabel(@TempDir Path folder) throws IOException {
        CorpusRow row =
                read(
                                folder,
                                """
                                {"id":"a-1","source":"own_a","split":"train","kind":"response",
                                "prompt":"Why?","response":"No.","turns":null,
                                "prompt_label":"harmful","category":"c",
                                "response_label":"full_refusal","response_harmful":false,
                                "annotator":"author","model":"m",
                                "orig_label":{"kind":"policy","form":["direct","premise"],
                                "craft":{"explain":1}},"lang":"en"}
                                """
                                        .replace("\n", ""))
                        .getFirst();
        assertEquals("Why?", row.request().prompt());
        assertEquals(Optional.of("No."), row.response());
        assertEquals(Optional.of(Degree.FULL), row.degree());
        assertEquals(Optional.of(true), row.harmfulPrompt());
        assertEquals(Optional.of(false), row.harmfulResponse());
        assertEquals("policy", row.detail("kind"));
        assertEquals("direct premise", row.detail("form"));
        assertEquals("1", row.detail("craft.explain"));
        assertEquals("", row.detail("absent"));
    }

    @Test
    void readsADialogueUpToItsLastAnswer(@TempDir Path folder) throws IOException {
        CorpusRow row =
                read(
                                folder,
                                "{\"id\":\"d\",\"source\":\"s\",\"prompt\":\"B\","
                                        + "\"response\":\"c\","
                                        + "\"turns\":[{\"role\":\"user\",\"content\":\"A\"},"
                                        + "{\"role\":\"assistant\",\"content\":\"b\"},"
                                        + "{\"role\":\"user\",\"content\":\"B\"},"
                                        + "{\"role\":\"assistant\",\"content\":\"c\"}],"
                                        + "\"orig_label\":\"plain\"}")
                        .getFirst();
        assertEquals(4, row.turns().size());
        assertEquals(3, row.request().messages().size());
        assertEquals(Role.USER, row.request().messages().getLast().role());
        assertEquals("plain", row.label());
        assertTrue(row.degree().isEmpty());
    }

    @Test
    void saysWhichLineIsNoRow(@TempDir Path folder) {
        IOException e = assertThrows(IOException.class, () -> read(folder, "{}\n{\"id\":"));
        assertTrue(String.valueOf(e.getMessage()).contains(":2: "), e::getMessage);
    }

    private static List<CorpusRow> read(Path folder, String text) throws IOException {
        Path file = folder.resolve("rows.jsonl");
        Files.writeString(file, text);
        return CorpusReader.read(file);
    }
}
