package io.demur.record.entry;

import io.demur.record.json.Json;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What may stand in the fields of an entry. An entry that breaks these rules cannot be made, and so
 * cannot be written; one that is read and breaks them is malformed.
 */
final class Words {

    /** The longest name, in bytes as they stand in an entry. */
    static final int NAME_MAX = 200;

    private static final int LIST_MAX = 64;

    /** The longest list: with two of them the longest entry still fits. */
    private static final int LIST_BYTES_MAX = 1_500;

    private static final Pattern CODE = Pattern.compile("[a-z0-9][a-z0-9._:/-]{0,99}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Instant LAST = Instant.EPOCH.plus(Json.WHOLE_MAX, ChronoUnit.MICROS);
    private static final int PPM_MAX = 1_000_000;

    private Words() {}

    /** An id that {@link Ids} makes. */
    static void id(String field, String prefix, String id) {
        if (!Ids.isId(prefix, id)) {
            throw wrong(field, id, "an id such as `%s_…` with a UUID of version 7", prefix);
        }
    }

    /** A name that the operator gave, or a pseudonym. */
    static void name(String field, String name) {
        text(field, name, NAME_MAX);
    }

    /** A text of one line that steers no terminal and turns no writing round. */
    static void text(String field, String text, int max) {
        if (text.isBlank() || bytes(text) > max || !text.codePoints().allMatch(Words::isPlain)) {
            throw wrong(field, text, "1 to %s bytes of text without controls", max);
        }
    }

    /** How long a text is in an entry: UTF-8, with quotes and backslashes escaped. */
    private static int bytes(String text) {
        return text.codePoints().map(Words::bytes).sum();
    }

    private static int bytes(int c) {
        return c == '"' || c == '\\' ? 2 : c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    false;
            default -> true;
        };
    }

    /**
     * As much of a name as an entry has room for, in whole characters; those that no name may have
     * are question marks.
     */
    static String fitting(String name) {
        StringBuilder fitting = new StringBuilder();
        int bytes = 0;
        for (int c : name.codePoints().map(it -> isPlain(it) ? it : '?').toArray()) {
            bytes += bytes(c);
            if (bytes > NAME_MAX) {
                break;
            }
            fitting.appendCodePoint(c);
        }
        return fitting.toString();
    }

    /** How long a list is in an entry, without its brackets. */
    private static int bytes(List<String> texts) {
        return texts.stream().mapToInt(text -> bytes(text) + 3).sum();
    }

    /**
     * As much of a list as an entry has room for. Where that is not all, the last item says how
     * many are left out.
     */
    static List<String> fitting(List<String> names) {
        if (names.size() <= LIST_MAX && bytes(names) <= LIST_BYTES_MAX) {
            return List.copyOf(names);
        }
        int kept = Math.min(names.size(), LIST_MAX) - 1;
        while (bytes(names.subList(0, kept)) + bytes(List.of(more(names, kept))) > LIST_BYTES_MAX) {
            kept--;
        }
        List<String> fitting = new ArrayList<>(names.subList(0, kept));
        fitting.add(more(names, kept));
        return fitting;
    }

    private static String more(List<String> names, int kept) {
        return "and %d more".formatted(names.size() - kept);
    }

    static List<String> names(String field, List<String> names) {
        if (names.size() > LIST_MAX) {
            throw new IllegalArgumentException(
                    "`%s` has %d items, and may have %d".formatted(field, names.size(), LIST_MAX));
        }
        if (bytes(names) > LIST_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "`%s` has %d bytes, and may have %d"
                            .formatted(field, bytes(names), LIST_BYTES_MAX));
        }
        names.forEach(name -> name(field, name));
        return List.copyOf(names);
    }

    /** A word of a list that the documents hold: never free text. */
    static void code(String field, String code) {
        if (!CODE.matcher(code).matches()) {
            throw wrong(field, code, "a code of %s", "a-z, 0-9 and ._:/-");
        }
    }

    static void oneOf(String field, String word, List<String> words) {
        if (!words.contains(word)) {
            throw wrong(field, word, "one of %s", String.join(", ", words));
        }
    }

    static void digest(String field, String hex) {
        if (!DIGEST.matcher(hex).matches()) {
            throw wrong(field, hex, "%s hexadecimal digits in lower case", 64);
        }
    }

    static void ppm(String field, int ppm) {
        if (ppm < 0 || ppm > PPM_MAX) {
            throw wrong(field, Integer.toString(ppm), "0 to %s parts per million", PPM_MAX);
        }
    }

    static void count(String field, long count) {
        if (count < 0) {
            throw wrong(field, Long.toString(count), "%s or more", 0);
        }
    }

    /** Entries know no finer time than this, so that what is read is what was written. */
    static Instant micros(Instant time) {
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
            throw wrong("at", time.toString(), "a time from 1970 to %s", LAST);
        }
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    static Duration micros(String field, Duration duration) {
        if (duration.isNegative()) {
            throw wrong(field, duration.toString(), "%s or longer", 0);
        }
        return duration.truncatedTo(ChronoUnit.MICROS);
    }

    private static IllegalArgumentException wrong(
            String field, String found, String right, Object argument) {
        String shown = found.length() > NAME_MAX ? found.substring(0, NAME_MAX) + "…" : found;
        return new IllegalArgumentException(
                "`%s` is `%s`, and should be %s"
                        .formatted(field, shown, right.formatted(argument)));
    }
}
