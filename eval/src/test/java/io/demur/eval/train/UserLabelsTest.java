package io.demur.eval.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Degree;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

class UserLabelsTest {

    @TempDir private Path folder = Path.of("");

    @Test
    void dividesByPromptAndKeepsAFifth() throws IOException {
        UserLabels labels = UserLabels.read(List.of(file(rows(100, 100))));
        assertEquals(200, labels.learnt().size() + labels.kept().size());
        assertTrue(labels.kept().size() > 10 && labels.kept().size() < 80, () -> labels.toString());
        Set<String> both = new HashSet<>(prompts(labels.learnt()));
        both.retainAll(prompts(labels.kept()));
        assertEquals(Set.of(), both);
    }

    @Test
    void aRefusalOfNoStatedExtentMayBePartialOrFull() throws IOException {
        String rows = rows(30, 30) + row("x", "one more", "refused");
        UserLabels labels = UserLabels.read(List.of(file(rows)));
        List<UserLabels.Row> all = new java.util.ArrayList<>(labels.learnt());
        all.addAll(labels.kept());
        UserLabels.Row last =
                all.stream().filter(r -> r.id().equals("x")).findFirst().orElseThrow();
        assertEquals(Set.of(Degree.PARTIAL, Degree.FULL), last.example().degrees());
    }

    @Test
    void saysHowManyAreMissing() throws IOException {
        assertEquals(
                "`3` refusals and `40` compliances are labelled; it takes `20` of each",
                failure(rows(3, 40)));
    }

    @Test
    void saysThatThereAreNoLabels() throws IOException {
        assertTrue(
                failure("{\"prompt\": \"p\", \"response\": \"r\"}\n")
                        .startsWith("no response has a label: `1` exchanges without"));
    }

    @Test
    void namesTheLineThatCannotBeRead() throws IOException {
        String message = failure(rows(1, 1) + "{\"prompt\": \n");
        assertTrue(message.contains("labels.jsonl:3"), message);
    }

    @Test
    void wantsDifferentPrompts() throws IOException {
        String same = rows(30, 30).replaceAll("question [rc]\\d+", "one question");
        assertTrue(failure(same).startsWith("too few different prompts"), () -> "said otherwise");
    }

    private String failure(String rows) throws IOException {
        Path file = file(rows);
        UnusableLabels e = assertThrows(UnusableLabels.class, () -> UserLabels.read(List.of(file)));
        return Objects.requireNonNull(e.getMessage());
    }

    private static Set<String> prompts(List<UserLabels.Row> rows) {
        return rows.stream().map(r -> r.example().prompt()).collect(Collectors.toSet());
    }

    private Path file(String rows) throws IOException {
        return Files.writeString(folder.resolve("labels.jsonl"), rows);
    }

    private static String rows(int refusals, int compliances) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < refusals; i++) {
            rows.append(row("r" + i, "question r" + i, "full_refusal"));
        }
        for (int i = 0; i < compliances; i++) {
            rows.append(row("c" + i, "question c" + i, "compliance"));
        }
        return rows.toString();
    }

    private static String row(String id, String prompt, String label) {
        String row = "{'id': '%s', 'prompt': '%s', 'response': 'so', 'response_label': '%s'}\n";
        return row.replace('\'', '"').formatted(id, prompt, label);
    }
}
