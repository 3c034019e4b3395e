package io.demur.wire.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.demur.wire.openai.OpenAiDialect;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a provider says of the version of its model: it was lost on the way to the record. */
class FingerprintTest {

    private static final String CHUNK =
            """
            {"id": "c1", "model": "m", %s "choices": [{"index": 0, "finish_reason": "stop",
             "%s": {"role": "assistant", "content": "Hi."}}]}
            """;

    private static Optional<String> atOnce(String mark) {
        byte[] body = CHUNK.formatted(mark, "message").getBytes(StandardCharsets.UTF_8);
        return assertInstanceOf(Reply.class, new OpenAiDialect().result(200, body)).fingerprint();
    }

    private static Optional<String> inPieces(String mark) {
        String line = CHUNK.formatted(mark, "delta").replace("\n", "");
        byte[] bytes = "data: %s\n\n".formatted(line).getBytes(StandardCharsets.UTF_8);
        return assertInstanceOf(
                        Event.Began.class,
                        new OpenAiDialect().stream().read(bytes, 0, bytes.length).getFirst())
                .fingerprint();
    }

    private static void check(Optional<String> expected, String mark) {
        assertEquals(expected, atOnce(mark), mark);
        assertEquals(expected, inPieces(mark), mark);
    }

    @Test
    void anAnswerKeepsTheProvidersMarkOfItsModelsVersion() {
        check(Optional.of("fp_9"), "\"system_fingerprint\": \"fp_9\",");
        check(Optional.empty(), "\"system_fingerprint\": null,");
        check(Optional.empty(), "\"system_fingerprint\": \" \",");
        check(Optional.empty(), "");
    }
}
