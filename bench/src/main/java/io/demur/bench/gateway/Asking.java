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

    private static final String[] VERBS = {
        "sort",
        "describe",
        "repair",
        "compare",
        "plan",
        "translate",
        "count",
        "label",
        "paint",
        "store",
        "measure",
        "order",
        "explain",
        "group",
        "clean",
        "schedule"
    };
    private static final String[] NOUNS = {
        "the photographs of our garden", "a list of train connections", "the kitchen shelves",
        "three recipes for lentil soup", "an old wooden chair", "the rows of a spreadsheet",
        "the invoices of the bakery", "a chapter about rivers", "the books of the school library",
        "a set of unit tests", "the seats of a small theatre", "my notes from the lecture"
    };
    private static final String[] ENDS = {
        "before my parents visit", "for a class of twelve", "without buying anything new",
        "so that others find their way", "within one afternoon", "for a friend who is new to it",
        "when there is little room", "and keep track of what is done"
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
        return "How do I "
                + one(VERBS)
                + ' '
                + one(NOUNS)
                + ' '
                + one(ENDS)
                + "? I have "
                + count++
                + " minutes and would like to "
                + one(VERBS)
                + ' '
                + one(NOUNS)
                + " as well.";
    }

    private String one(String[] of) {
        return of[random.nextInt(of.length)];
    }

    private static String body(String model, boolean stream, String prompt) {
        return "{\"model\":\""
                + model
                + "\",\"messages\":[{\"role\":\"user\",\"content\":"
                + prompt
                + "}]"
                + (stream ? ",\"stream\":true}" : "}");
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
