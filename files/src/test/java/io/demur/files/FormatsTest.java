package io.demur.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Each format keeps the contract, and the documents name them all. */
class FormatsTest {

    @Nested
    class OpenAiBatch extends Shape {
        OpenAiBatch() {
            super("openai-batch", 3);
        }
    }

    @Nested
    class AnthropicBatch extends Shape {
        AnthropicBatch() {
            super("anthropic-batch", 3);
        }
    }

    @Nested
    class Pairs extends Shape {
        Pairs() {
            super("pairs", 3);
        }
    }

    @Nested
    class AnthropicMessages extends Shape {
        AnthropicMessages() {
            super("anthropic-messages", 3);
        }
    }

    @Nested
    class OpenAiChat extends Shape {
        OpenAiChat() {
            super("openai-chat", 4);
        }
    }

    @Nested
    class Chat extends Shape {
        Chat() {
            super("chat", 2);
        }
    }

    @Nested
    class Rows extends Shape {
        Rows() {
            super("rows", 4);
        }
    }

    @Nested
    class Json extends TranscriptFormatContract {
        @Override
        String name() {
            return "json";
        }

        @Override
        boolean linesAreRecords() {
            return false;
        }

        /** A bracket too few holds all together that comes before the next that fits. */
        @Override
        int mergedMax() {
            return 3 * transcripts();
        }

        @Override
        int transcripts() {
            return 2;
        }
    }

    @Nested
    class CsvFile extends WithHeader {
        @Override
        String name() {
            return "csv";
        }
    }

    @Nested
    class XsTest extends WithHeader {
        @Override
        String name() {
            return "xstest";
        }

        @Override
        String fileName() {
            return "xstest_v2_completions_quokka.csv";
        }
    }

    @Test
    void theDocumentHasAHeadingForEachFormatAndNoOther() {
        List<String> headings =
                Pattern.compile("(?m)^### (.+)$")
                        .matcher(FormatsDocument.text())
                        .results()
                        .map(match -> match.group(1))
                        .toList();
        assertEquals(new TreeSet<>(Formats.names()), new TreeSet<>(headings));
        assertEquals(headings.stream().distinct().count(), headings.size());
    }

    @Test
    void theDocumentHasTheLabelsThatAreKnown() {
        String labels = FormatsDocument.text().split("\n## Labels\n", -1)[1];
        LabelValues.ANSWERS
                .keySet()
                .forEach(word -> assertTrue(labels.contains("`" + word + "`"), word));
        LabelValues.PROMPTS
                .keySet()
                .forEach(word -> assertTrue(labels.contains("`" + word + "`"), word));
    }

    @Test
    void theDocumentHasTheNamesThatCanBeMappedAndThoseThatAreFound() {
        for (Mapping.Name name : Mapping.Name.values()) {
            assertTrue(FormatsDocument.text().contains("`" + name.word() + "`"), name.word());
        }
        RowShape.PROMPTS.forEach(n -> assertTrue(FormatsDocument.text().contains("`" + n + "`")));
        RowShape.RESPONSES.forEach(n -> assertTrue(FormatsDocument.text().contains("`" + n + "`")));
    }

    @Test
    void everyProblemHasItsLine() {
        String document = FormatsDocument.read("docs/reference/problems.md");
        for (ProblemCode code : ProblemCode.values()) {
            String line = "| `%s` | %s |".formatted(code.code(), code.description());
            assertTrue(document.contains("\n" + line + "\n"), () -> "missing: " + line);
        }
    }

    /** A JSON shape, whose records are lines. */
    private abstract static class Shape extends TranscriptFormatContract {

        private final String name;
        private final int transcripts;

        Shape(String name, int transcripts) {
            this.name = name;
            this.transcripts = transcripts;
        }

        @Override
        String name() {
            return name;
        }

        @Override
        int transcripts() {
            return transcripts;
        }
    }

    /** A format whose first line stands once. */
    private abstract static class WithHeader extends TranscriptFormatContract {

        @Override
        int transcripts() {
            return 2;
        }

        @Override
        String fileName() {
            return "example.csv";
        }

        @Override
        boolean linesAreRecords() {
            return false;
        }

        @Override
        int headerLines() {
            return 1;
        }

        @Override
        byte[] repeated(int times) {
            int header = example().indexOf('\n') + 1;
            String rows = example().substring(header).repeat(times);
            return (example().substring(0, header) + rows).getBytes(StandardCharsets.UTF_8);
        }
    }
}
