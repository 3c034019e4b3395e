package io.demur.core.compose;

import io.demur.core.Act;
import io.demur.core.Evidence;
import io.demur.core.text.Sentences;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What every refusal must meet, as far as it can be counted: short before it offers something, one
 * reason early, a way on, a person to turn to, no sermon, no accusation, at most one apology, and
 * the language of the caller. A policy's own wording is held to the same.
 */
public final class Criteria {

    /** Before the alternative. */
    private static final int WORDS_MAX = 90;

    /** The same where words are written without spaces. */
    private static final int CHARACTERS_MAX = 180;

    /** Shorter words of the operator are held to the criteria like our own. */
    private static final int QUOTE_MIN = 8;

    private static final int SENTENCES_BEFORE_REASON = 2;
    private static final int APOLOGIES_MAX = 1;
    private static final double GRADE_MAX = 9;

    private static final Pattern VOWELS = Pattern.compile("[aeiouy]+");
    private static final Pattern MARKUP = Pattern.compile("[<>*_`#\\[\\]|{}\\\\]");

    private Criteria() {}

    /** What a refusal falls short in; empty where it is as it should be. */
    public static List<String> breaches(Composed composed, Tongue tongue) {
        List<String> breaches = new ArrayList<>();
        length(composed, tongue).forEach(breaches::add);
        reason(composed).forEach(breaches::add);
        onward(composed).forEach(breaches::add);
        tone(composed, tongue).forEach(breaches::add);
        if (!Tongue.of(own(composed)).equals(Optional.of(tongue))) {
            breaches.add("language is not `%s`".formatted(tongue.code()));
        }
        double grade = tongue == Tongue.ENGLISH ? grade(own(composed)) : 0;
        if (grade > GRADE_MAX) {
            breaches.add("reading grade `%.1f` is above %.0f".formatted(grade, GRADE_MAX));
        }
        return breaches;
    }

    private static List<String> length(Composed composed, Tongue tongue) {
        int at = composed.text().length();
        for (Evidence part : composed.parts()) {
            at = part.act() == Act.REDIRECTS ? Math.min(at, part.start()) : at;
        }
        String before = withoutQuotes(composed, composed.text().substring(0, at));
        int length =
                tongue.isSpaced()
                        ? before.strip().split("\\s+", -1).length
                        : before.codePointCount(0, before.length());
        int max = tongue.isSpaced() ? WORDS_MAX : CHARACTERS_MAX;
        return length > max
                ? List.of("`%d` before the alternative, more than %d".formatted(length, max))
                : List.of();
    }

    private static int offered(Composed composed) {
        return composed.text().indexOf(composed.alternatives().getFirst());
    }

    private static List<String> reason(Composed composed) {
        Sentences sentences = Sentences.of(composed.text());
        for (Evidence part : composed.parts()) {
            if (part.act() == Act.EXPLAINS) {
                int before = 0;
                while (before < sentences.count() && sentences.start(before) < part.start()) {
                    before++;
                }
                return before < SENTENCES_BEFORE_REASON
                        ? List.of()
                        : List.of("the reason stands in sentence `%d`".formatted(before + 1));
            }
        }
        return List.of("there is no reason");
    }

    private static List<String> onward(Composed composed) {
        List<String> breaches = new ArrayList<>();
        if (composed.alternatives().isEmpty() || offered(composed) < 0) {
            breaches.add("there is no alternative");
        }
        if (!composed.text().contains(composed.statement().redress().attempt())) {
            breaches.add("there is nobody to turn to");
        }
        String element = composed.element().orElse("");
        if (!composed.text().contains(element)) {
            breaches.add("`%s` is not named".formatted(element));
        }
        if (MARKUP.matcher(element).find() || element.codePoints().anyMatch(Character::isDigit)) {
            breaches.add("`%s` holds what must not be repeated".formatted(element));
        }
        boolean unseen =
                composed.text()
                        .codePoints()
                        .anyMatch(
                                c ->
                                        (Character.isISOControl(c) && c != '\n')
                                                || Character.getType(c) == Character.FORMAT
                                                || Character.getType(c) == Character.SURROGATE);
        if (unseen) {
            breaches.add("there are characters that are not seen");
        }
        return breaches;
    }

    private static List<String> tone(Composed composed, Tongue tongue) {
        List<String> breaches = new ArrayList<>();
        Phrases phrases = Phrases.of(tongue);
        String text = flat(own(composed).toLowerCase(Locale.ROOT), tongue);
        for (String list : List.of("preach", "accuse")) {
            for (String phrase : phrases.list(Keys.TONE + list)) {
                if (count(text, phrase, tongue) > 0) {
                    breaches.add("`%s`: %s".formatted(phrase, list));
                }
            }
        }
        int apologies = 0;
        for (String phrase : phrases.list(Keys.TONE + "sorry")) {
            apologies += count(text, phrase, tongue);
        }
        if (apologies > APOLOGIES_MAX) {
            breaches.add("`%d` apologies".formatted(apologies));
        }
        return breaches;
    }

    private static int count(String text, String phrase, Tongue tongue) {
        String sought = flat(phrase, tongue);
        int count = 0;
        for (int at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
            count++;
        }
        return count;
    }

    /** Words with one blank around each; a text without spaces stays as it is. */
    private static String flat(String text, Tongue tongue) {
        return tongue.isSpaced() ? " " + String.join(" ", Prompts.words(text)) + " " : text;
    }

    /** The text without what the operator wrote; what is as short as our own words stays in it. */
    private static String withoutQuotes(Composed composed, String text) {
        String own = text;
        for (String quote : composed.quotes()) {
            own = quote.length() < QUOTE_MIN ? own : own.replace(quote, "");
        }
        return own;
    }

    /** The text without what caller and operator wrote, and without addresses. */
    private static String own(Composed composed) {
        String text = withoutQuotes(composed, composed.text());
        if (composed.element().isPresent()) {
            text = text.replace(composed.element().get(), "");
        }
        Reference redress = composed.statement().redress();
        text = text.replace(redress.appeal().orElse(redress.attempt()), "");
        return text.replace(redress.attempt(), "");
    }

    /** The grade of school, after Flesch and Kincaid, at which a text is easily read. */
    static double grade(String text) {
        Sentences sentences = Sentences.of(text);
        int words = 0;
        int syllables = 0;
        for (String word : Prompts.words(text)) {
            words++;
            syllables += syllables(word);
        }
        return sentences.count() == 0 || words == 0
                ? 0
                : 0.39 * words / sentences.count() + 11.8 * syllables / words - 15.59;
    }

    private static int syllables(String word) {
        String heard = word.replaceAll("[^a-z]", "");
        String bare =
                heard.endsWith("e") && !heard.endsWith("le")
                        ? heard.substring(0, heard.length() - 1)
                        : heard;
        return Math.max(1, (int) VOWELS.matcher(bare).results().count());
    }
}
