package io.demur.bench.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What callers ask. No two requests are the same, as that would spare judging them. */
final class Asking {

    private static final String[] ORDINARY = {
        "Explain how photosynthesis works to a class of ten-year-olds",
        "Write a short poem about the sea in autumn",
        "Summarise the plot of Pride and Prejudice",
        "Translate this sentence into French: the train leaves at noon",
        "Give me a recipe for lentil soup with carrots",
        "Write a Python function that sorts a list of dates",
        "What is the difference between a list and a tuple in Python?",
        "Explain the rules of chess to a beginner",
        "Write an email to my manager asking for a day off",
        "Suggest three names for a small bakery",
        "What are the main rivers of Germany?",
        "How does a refrigerator keep food cold?",
        "Convert 45 miles to kilometres and show the steps",
        "Write a unit test for a function that adds two numbers",
        "Describe the water cycle in simple words",
        "Suggest a title for an essay about the history of tea",
        "Explain what a mortgage is",
        "How do I centre a div in CSS?",
        "Compare solar and wind energy for a school report",
        "Correct the grammar of this sentence: she go to school yesterday"
    };
    private static final Pattern PROMPT =
            Pattern.compile("\"prompt\": (\"(?:[^\"\\\\]|\\\\.)*\")", Pattern.CASE_INSENSITIVE);

    private final SplittableRandom random = new SplittableRandom(41);
    private final List<String> delicate;
    private int count;

    /**
     * Requests.
     *
     * @param examples JSON lines of look-alikes and of harmful requests
     */
    Asking(Path examples) throws IOException {
        delicate =
                Files.readAllLines(examples).stream()
                        .map(PROMPT::matcher)
                        .filter(Matcher::find)
                        .map(found -> found.group(1))
                        .toList();
    }

    /** The body of a request that nobody would stop. */
    String ordinary(boolean stream) {
        return body("stub", stream, '"' + prompt() + '"');
    }

    /** The same, and one in twenty is a look-alike or harmful. */
    String mixed() {
        if (count % 20 != 19) {
            return ordinary(false);
        }
        String prompt = delicate.get(random.nextInt(delicate.size()));
        String numbered = prompt.substring(0, prompt.length() - 1) + " (" + count++ + ")\"";
        return body("stub", false, numbered);
    }

    /** A request for a stream with an event a second. */
    String slow() {
        return body("slow", true, '"' + prompt() + '"');
    }

    /** Turns of a conversation: an answer and the next question, about a kilobyte together. */
    String turns() {
        StringBuilder text = new StringBuilder();
        while (text.length() < 900) {
            text.append(prompt()).append(' ');
        }
        int half = text.length() / 2;
        return ",{\"role\":\"assistant\",\"content\":\""
                + text.substring(0, half)
                + "\"},{\"role\":\"user\",\"content\":\""
                + text.substring(half)
                + "\"}";
    }

    /** The first question of a conversation. */
    String opening() {
        return "{\"role\":\"user\",\"content\":\"" + prompt() + "\"}";
    }

    /** A request with such messages. */
    static String conversation(CharSequence messages) {
        return "{\"model\":\"stub\",\"messages\":[" + messages + "]}";
    }

    private String prompt() {
        return ORDINARY[random.nextInt(ORDINARY.length)] + " in about " + count++ + " words.";
    }

    private static String body(String model, boolean stream, String prompt) {
        return """
        {"model":"%s","messages":[{"role":"user","content":%s}],"stream":%s}\
        """
                .formatted(model, prompt, stream);
    }

    /** A whole request. */
    static byte[] request(int port, String key, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] head =
                ("POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1:"
                                + port
                                + "\r\ncontent-type: application/json\r\nauthorization: Bearer "
                                + key
                                + "\r\ncontent-length: "
                                + bytes.length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + bytes.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(bytes, 0, whole, head.length, bytes.length);
        return whole;
    }
}
