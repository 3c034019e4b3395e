package io.demur.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is another each time that the same is played: ids, keys and times; a likeness that is told
 * by prints, whose key is drawn for each installation; and how many entries the log has in all,
 * since drills come when they come; and how long something took. An id becomes the number under
 * which it came first, so that where two places show the same one, two places have to; the others
 * become their form. All else is compared as it is. Not safe for use by several threads.
 */
final class Varying {

    private static final Pattern ID =
            Pattern.compile("\\b[a-z]{2,8}_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b");

    /** The first half of a key stands in the command that takes it back. */
    private static final Pattern KEY = Pattern.compile("\\bdmr_[\\w…]+|(?<=\\bkey revoke )[\\w…]+");

    private static final Pattern TIME =
            Pattern.compile(
                    "(?<![\\d-])20\\d\\d-\\d\\d"
                            + "(-\\d\\d([T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?)?)?(?![\\d-])");

    private static final Pattern LIKENESS =
            Pattern.compile("(?<=found by (?:minhash|embedding), )\\d\\d\\.\\d(?= %)");

    private static final Pattern ENTRIES = Pattern.compile("\\b\\d\\d(?= entries counted)");

    /** Latencies, with the blanks of a table before them. */
    private static final Pattern LATENCY = Pattern.compile(" +[\\d,.]+ ms\\b");

    private final List<String> ids;

    Varying() {
        this(List.of());
    }

    private Varying(List<String> ids) {
        this.ids = new ArrayList<>(ids);
    }

    /** One that knows the same ids, for something that may have to be tried again. */
    Varying copy() {
        return new Varying(ids);
    }

    /** A text without what varies. */
    String plain(String text) {
        String named = replaced(ID, text, id -> "%s_#%d".formatted(kind(id), number(id)));
        String kept = replaced(KEY, named, key -> key.startsWith("dmr_") ? "dmr_#" : "#");
        String formal = kept;
        for (Pattern numbers : List.of(TIME, LIKENESS, ENTRIES)) {
            formal = replaced(numbers, formal, found -> found.replaceAll("\\d", "0"));
        }
        return replaced(LATENCY, formal, found -> " # ms");
    }

    /** A text as a page shows it: whoever reads that is to have no key. */
    static String shown(String text) {
        return replaced(KEY, text, key -> key.startsWith("dmr_") ? "dmr_…" : "…");
    }

    /**
     * The same words with the ids of another play.
     *
     * @throws AssertionError where this or the other one does not know an id
     */
    String with(Varying other, String text) {
        return replaced(
                ID,
                text,
                id -> {
                    int at = ids.indexOf(id);
                    if (at < 0 || at >= other.ids.size()) {
                        throw new AssertionError("nothing that was printed before has " + id);
                    }
                    return other.ids.get(at);
                });
    }

    private int number(String id) {
        if (!ids.contains(id)) {
            ids.add(id);
        }
        return ids.indexOf(id) + 1;
    }

    private static String kind(String id) {
        return id.substring(0, id.indexOf('_'));
    }

    private static String replaced(Pattern pattern, String text, UnaryOperator<String> by) {
        return pattern.matcher(text)
                .replaceAll(
                        (MatchResult found) -> Matcher.quoteReplacement(by.apply(found.group())));
    }
}
