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
            for (String word : ordinary) {
                if (sentence.contains(word)) {
                    return Optional.of(word);
                }
            }
            return Optional.empty();
        }
        for (String run : runs(sentence)) {
            String bare = withoutLead(run);
            String cut = bare.substring(0, end(bare));
            if (cut.length() >= LENGTH_MIN
                    && cut.length() <= LENGTH_MAX
                    && !Discretion.holdsName(cut, tongue)
                    && !Discretion.holdsAbuse(cut)) {
                return Optional.of(cut);
            }
        }
        return Optional.empty();
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

    private int end(String text) {
        int end = text.length();
        for (String stop : link) {
            int at = text.indexOf(stop, Math.min(LENGTH_MIN, text.length()));
            end = at >= LENGTH_MIN ? Math.min(end, at) : end;
        }
        return end;
    }
}
