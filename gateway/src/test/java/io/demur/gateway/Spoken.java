package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.policy.Decision.Strength;
import io.demur.core.probe.Probe;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bodies of calls as tests write them, and what of their answers they look at. */
final class Spoken {

    private static final Pattern DECISION = Pattern.compile("\r\nx-demur-decision: (\\w+)\r\n");
    private static final Pattern ATTEMPT = Pattern.compile("\r\nx-demur-attempt: (\\w[\\w-]+)\r\n");

    private Spoken() {}

    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    static String message(String role, String text) {
        return "{\"role\": \"%s\", \"content\": %s}".formatted(role, quoted(text));
    }

    static String chat(Probe probe, String before, String more) {
        return "{\"model\": \"speaker\", \"max_tokens\": 99, \"messages\": ["
                + before
                + message("user", probe.text())
                + "]"
                + more
                + "}";
    }

    static Strength strength(String answer) {
        Matcher said = DECISION.matcher(answer);
        assertTrue(said.find(), answer);
        return Strength.valueOf(said.group(1).toUpperCase(Locale.ROOT));
    }

    static String attempt(String answer) {
        Matcher said = ATTEMPT.matcher(answer);
        assertTrue(said.find(), answer);
        return said.group(1);
    }
}
