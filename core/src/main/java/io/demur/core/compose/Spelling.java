package io.demur.core.compose;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What capitals tell of a word: that it may be somebody's name. */
final class Spelling {

    private static final Set<String> GERMAN_BEFORE_NAMES =
            Set.of(
                    "von", "bei", "über", "gegen", "für", "an", "namens", "und", "mit", "wie",
                    "als");

    private static final List<String> GERMAN_NOUNS =
            List.of(
                    "ung", "ungen", "heit", "keit", "schaft", "tion", "tät", "ismus", "stoff",
                    "en");

    private static final List<String> ARABIC_PREFIXES =
            List.of("وال", "بال", "لل", "ال", "و", "ب", "ل");

    private static final int STEM_MIN = 3;

    private Spelling() {}

    /** Whether a sentence is in capitals throughout, so that they tell nothing. */
    static boolean isLoud(List<String> words) {
        int capitals = 0;
        for (String word : words) {
            capitals += word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT)) ? 1 : 0;
        }
        return words.size() > 2 && 2 * capitals > words.size();
    }

    /** Whether a word of no known meaning may be a name, by its capital and its neighbours'. */
    static boolean mayBeName(
            String word, String before, String after, Tongue tongue, Phrases phrases) {
        if (!Character.isUpperCase(word.codePointAt(0))) {
            return false;
        }
        boolean beside = isCapital(before, phrases) || isCapital(after, phrases);
        if (tongue == Tongue.GERMAN) {
            boolean noun = GERMAN_NOUNS.stream().anyMatch(word::endsWith);
            return beside
                    || (!noun && GERMAN_BEFORE_NAMES.contains(before.toLowerCase(Locale.ROOT)));
        }
        return !before.isEmpty() || beside;
    }

    private static boolean isCapital(String word, Phrases phrases) {
        String lower = word.toLowerCase(Locale.ROOT);
        return word.length() > 1
                && Character.isUpperCase(word.codePointAt(0))
                && !phrases.ordinary().contains(lower)
                && !phrases.lead().contains(lower)
                && !phrases.link().contains(lower);
    }

    /** An Arabic word without the particles that are written together with it. */
    static String withoutArticle(String word) {
        for (String prefix : ARABIC_PREFIXES) {
            if (word.startsWith(prefix) && word.length() - prefix.length() >= STEM_MIN) {
                return word.substring(prefix.length());
            }
        }
        return word;
    }
}
