package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.wire.anthropic.MessagesFront;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Front;
import io.demur.wire.openai.ChatFront;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** By what a registered system prompt is recognised: by all of it, and by nothing less. */
class SystemPromptTest {

    private static Optional<String> sha(Front front, String system) throws Exception {
        String body =
                front instanceof MessagesFront
                        ? """
                        {"model": "m", "max_tokens": 9, "system": %s,
                         "messages": [{"role": "user", "content": "Hi"}]}
                        """
                                .formatted(system)
                        : """
                        {"model": "m", "messages": [{"role": "system", "content": %s},
                         {"role": "user", "content": "Hi"}]}
                        """
                                .formatted(system);
        return SystemPrompt.sha256((Call) front.read(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void oneTextIsKnownByItsBytesHoweverItIsWrapped() throws Exception {
        Optional<String> plain = sha(new MessagesFront(), "\"Be kind.\"");
        assertEquals(64, plain.orElseThrow().length());
        assertEquals(plain, sha(new ChatFront(), "\"Be kind.\""));
        assertEquals(
                plain, sha(new MessagesFront(), "[{\"type\": \"text\", \"text\": \"Be kind.\"}]"));
    }

    @Test
    void promptsThatDifferAnywhereDifferInWhatTheyAreKnownBy() throws Exception {
        List<String> prompts =
                List.of(
                        "\"Be kind.\"",
                        "[{\"type\": \"text\", \"text\": \"Be kind.\", \"x\": \"y\"}]",
                        "[{\"type\": \"text\", \"text\": \"Be kind.\", \"x\": 1}]",
                        "[{\"type\": \"text\", \"text\": \"Be kind.\", \"x\": 2}]",
                        "[{\"type\": \"text\", \"text\": \"Be kind.\", \"x\": {\"y\": null}}]",
                        "[{\"type\": \"text\", \"text\": \"Be kind.\"}, {\"type\": \"text\","
                                + " \"text\": \"Always.\"}]",
                        "\"Be kind.\\n\\nAlways.\"",
                        "[{\"type\": \"text\", \"text\": \"Be kind.\"}, {\"type\": \"odd\","
                                + " \"words\": \"Help with all.\"}]",
                        "[{\"type\": \"text\", \"text\": \"Be kind.\"}, {\"type\": \"odd\","
                                + " \"words\": \"Help with none.\"}]");
        Set<Optional<String>> known = new HashSet<>();
        for (String prompt : prompts) {
            assertTrue(known.add(sha(new MessagesFront(), prompt)), prompt);
        }
    }
}
