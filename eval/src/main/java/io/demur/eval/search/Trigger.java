package io.demur.eval.search;

import io.demur.core.compose.Tongue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;

/**
 * Something at which the rehearsal model takes fright, as a line of {@code played.triggers} says.
 *
 * @param kind what sort of thing it is
 * @param name as a pattern is called that is the same
 * @param rate how often it refuses then, above 0 up to 1
 * @param marks by what it is recognised: words, a phrase, a language; empty where that is clear
 */
public record Trigger(Pattern.Kind kind, String name, double rate, List<String> marks) {

    public Trigger {
        marks = List.copyOf(marks);
        if (name.isBlank() || !(0 < rate && rate <= 1)) {
            throw new IllegalArgumentException(
                    "trigger `%s`: rate `%s` is not above 0 up to 1".formatted(name, rate));
        }
    }

    /**
     * Reads lines such as {@code framing secret 0.9 : between us}; {@code #} begins a comment.
     *
     * @throws IllegalArgumentException where a line is none; the message names it
     */
    public static List<Trigger> parse(String text) {
        List<Trigger> triggers = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                triggers.add(read(line, number));
            }
        }
        return triggers;
    }

    private static Trigger read(String line, int number) {
        Matcher parts =
                java.util.regex.Pattern.compile("(\\w+) (.+) ([0-9.]+)(?: : (.+))?").matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "line %d: `%s` is not `KIND NAME RATE : MARKS`".formatted(number, line));
        }
        try {
            Pattern.Kind kind = Pattern.Kind.valueOf(parts.group(1).toUpperCase(Locale.ROOT));
            String marks = parts.group(4);
            return new Trigger(
                    kind,
                    parts.group(2),
                    Double.parseDouble(parts.group(3)),
                    Arrays.asList((marks == null ? parts.group(2) : marks).split(", | \\+ ", -1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "line %d: `%s`: %s".formatted(number, line, e.getMessage()), e);
        }
    }

    /** Whether a request has it. */
    public boolean isIn(String request) {
        String small = request.toLowerCase(Locale.ROOT);
        return switch (kind) {
            case WORD, TOPIC -> marks.stream().anyMatch(it -> hasWord(small, it));
            case COMBINATION -> marks.stream().allMatch(it -> hasWord(small, it));
            case FRAMING ->
                    marks.stream().anyMatch(it -> small.contains(it.toLowerCase(Locale.ROOT)));
            case CAPITALS -> request.equals(request.toUpperCase(Locale.ROOT));
            case LANGUAGE -> Tongue.of(request).filter(it -> marks.contains(it.code())).isPresent();
        };
    }

    private static boolean hasWord(String small, String word) {
        int at = small.indexOf(word);
        while (at >= 0) {
            int end = at + word.length();
            boolean begins = at == 0 || !Character.isLetter(small.charAt(at - 1));
            boolean ends = end == small.length() || !Character.isLetter(small.charAt(end));
            if (begins && ends) {
                return true;
            }
            at = small.indexOf(word, at + 1);
        }
        return false;
    }

    /** Whether a pattern that was found is this one, or a word by which it is recognised. */
    public boolean explains(Pattern found) {
        return (found.kind() == kind && found.name().equals(name))
                || (found.kind() == Pattern.Kind.WORD
                        && (kind == Pattern.Kind.WORD || kind == Pattern.Kind.TOPIC)
                        && marks.contains(found.name()));
    }
}
