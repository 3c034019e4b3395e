package io.demur.core.compose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The same as {@link Echo} for Chinese and Japanese, which are written without spaces: what is said
 * before the thing is taken off the front of a run of letters, and the run ends where a particle or
 * a word of asking begins.
 */
final class Unspaced {

    private static final int LENGTH_MIN = 2;
    private static final int LENGTH_MAX = 14;

    private final Tongue tongue;
    private final boolean careful;
    private final List<String> lead;
    private final List<String> link;
    private final List<String> ordinary;

    Unspaced(Tongue tongue, boolean careful) {
        this.tongue = tongue;
        this.careful = careful;
        Phrases phrases = Phrases.of(tongue);
        lead = longestFirst(phrases.list(Keys.WORDS + "lead"));
        link = longestFirst(phrases.list(Keys.WORDS + "link"));
        ordinary = longestFirst(phrases.list(Keys.WORDS + "ordinary"));
    }

    private static List<String> longestFirst(List<String> words) {
        List<String> sorted = new ArrayList<>(words);
        sorted.sort(Comparator.comparingInt(String::length).reversed());
        return sorted;
    }

    Optional<String> phrase(String sentence) {
        if (careful) {
            return lastOrdinary(sentence);
        }
        Optional<String> first = Optional.empty();
        Optional<String> known = Optional.empty();
        for (String run : runs(sentence)) {
            for (String part : parts(withoutLead(run))) {
                if (part.length() >= LENGTH_MIN
                        && part.length() <= LENGTH_MAX
                        && !Discretion.holdsName(part, tongue)
                        && !Discretion.holdsAbuse(part)) {
                    first = first.isPresent() ? first : Optional.of(part);
                    known = ordinary.stream().anyMatch(part::contains) ? Optional.of(part) : known;
                }
            }
        }
        return known.isPresent() ? known : first;
    }

    /** What a sentence is about stands late in it; of two that end together, the longer one. */
    private Optional<String> lastOrdinary(String sentence) {
        Optional<String> last = Optional.empty();
        int most = 0;
        for (String word : ordinary) {
            int end = sentence.lastIndexOf(word) + word.length();
            if (sentence.contains(word) && end > most) {
                last = Optional.of(word);
                most = end;
            }
        }
        return last;
    }

    /** Stretches of the language's own letters. */
    private List<String> runs(String sentence) {
        List<String> runs = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= sentence.length(); i++) {
            boolean own =
                    i < sentence.length()
                            && (Character.isLetter(sentence.charAt(i)) || sentence.charAt(i) == 'ー')
                            && tongue.writes(sentence.charAt(i));
            if (!own) {
                if (i - from >= LENGTH_MIN) {
                    runs.add(sentence.substring(from, i));
                }
                from = i + 1;
            }
        }
        return runs;
    }

    private String withoutLead(String run) {
        String rest = run;
        boolean taken = true;
        while (taken) {
            taken = false;
            for (String word : lead) {
                if (rest.startsWith(word)) {
                    rest = rest.substring(word.length());
                    taken = true;
                    break;
                }
            }
        }
        return rest;
    }

    /** What stands between words that end a phrase. */
    private List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        int at = 0;
        while (at < text.length()) {
            int length = stop(text, at);
            if (length > 0) {
                parts.add(withoutLead(text.substring(from, at)));
                from = at + length;
            }
            at += Math.max(1, length);
        }
        parts.add(withoutLead(text.substring(from)));
        return parts;
    }

    private int stop(String text, int at) {
        for (String word : link) {
            if (text.startsWith(word, at)) {
                return word.length();
            }
        }
        return 0;
    }
}
