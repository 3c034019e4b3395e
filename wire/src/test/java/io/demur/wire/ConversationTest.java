package io.demur.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class ConversationTest {

    @Test
    void onlyPartsOfTextAreTheReply() throws Exception {
        text(
                "a\n\nb\n\nc\n\nd\n\ne",
                """
                ["a",{"type":"text","text":"b"},{"type":"input_text","text":"c"},
                {"type":"output_text","text":"d"},{"text":"e"},
                {"type":"reasoning_text","text":"x"},{"type":"thinking","text":"x"},
                {"type":"summary","text":"x"},{"text":"x","thought":true},{"type":"text"}]
                """);
    }

    @Test
    void theTextOfAssistantsStandsInAValue() throws Exception {
        text("a", "[{\"type\":\"text\",\"text\":{\"value\":\"a\",\"annotations\":[]}}]");
    }

    private static void text(String expected, String content) throws Exception {
        byte[] json = content.getBytes(StandardCharsets.UTF_8);
        assertEquals(expected, Conversation.text(Json.read(json), "content"));
    }
}
