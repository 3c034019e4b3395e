package io.demur.core.compose;

import io.demur.core.Request;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A language that refusals are written in. */
public enum Tongue {
    ENGLISH("en", UnicodeScript.LATIN),
    GERMAN("de", UnicodeScript.LATIN),
    FRENCH("fr", UnicodeScript.LATIN),
    SPANISH("es", UnicodeScript.LATIN),
    PORTUGUESE("pt", UnicodeScript.LATIN),
    ITALIAN("it", UnicodeScript.LATIN),
    CHINESE("zh", UnicodeScript.HAN),
    JAPANESE("ja", UnicodeScript.HAN),
    ARABIC("ar", UnicodeScript.ARABIC),
    HINDI("hi", UnicodeScript.DEVANAGARI);

    /** Letters that Persian and Urdu have and Arabic has not. */
    private static final String NOT_ARABIC = "پچژگےٹڈڑںہھکی";

    private static final int LETTERS_MIN = 2;

    private final String code;
    private final UnicodeScript script;

    Tongue(String code, UnicodeScript script) {
        this.code = code;
        this.script = script;
    }

    /** Its code in BCP 47, such as {@code en}. */
    public String code() {
        return code;
    }

    /** The language with a code; {@code pt-BR} and the like are read by their first part. */
    public static Optional<Tongue> ofCode(String code) {
        String first = code.toLowerCase(Locale.ROOT).split("[-_]", 2)[0];
        for (Tongue tongue : values()) {
            if (tongue.code.equals(first)) {
                return Optional.of(tongue);
            }
        }
        return Optional.empty();
    }

    /** Whether words stand apart, with spaces between them. */
    boolean isSpaced() {
        return this != CHINESE && this != JAPANESE;
    }

    boolean isLatin() {
        return script == UnicodeScript.LATIN;
    }

    /** Whether a letter may stand in a word of this language. */
    boolean writes(int letter) {
        UnicodeScript of = UnicodeScript.of(letter);
        boolean kana = of == UnicodeScript.HIRAGANA || of == UnicodeScript.KATAKANA;
        return of == script
                || of == UnicodeScript.INHERITED
                || (this == JAPANESE && (kana || letter == 'ー'));
    }

    /**
     * The language of what a user wrote last; of what they wrote before, where that says too
     * little; nothing where it is none of these.
     */
    public static Optional<Tongue> of(Request request) {
        for (String text : Prompts.latestFirst(request)) {
            Optional<Tongue> found = of(text);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The language of a text, by its script and its commonest words. */
    public static Optional<Tongue> of(String text) {
        String read = Prompts.plain(text);
        Map<UnicodeScript, Integer> scripts = new EnumMap<>(UnicodeScript.class);
        int letters = 0;
        int foreign = 0;
        for (int i = 0; i < read.length(); i += Character.charCount(read.codePointAt(i))) {
            int c = read.codePointAt(i);
            if (Character.isLetter(c)) {
                scripts.merge(UnicodeScript.of(c), 1, Integer::sum);
                letters++;
                foreign += NOT_ARABIC.indexOf(c) >= 0 ? 1 : 0;
            }
        }
        int kana =
                scripts.getOrDefault(UnicodeScript.HIRAGANA, 0)
                        + scripts.getOrDefault(UnicodeScript.KATAKANA, 0);
        int han = scripts.getOrDefault(UnicodeScript.HAN, 0);
        if (letters < LETTERS_MIN) {
            return Optional.empty();
        }
        // words of other languages stand among the signs: a third of the letters is enough
        if (3 * (kana + han) > letters) {
            return Optional.of(10 * kana > kana + han ? JAPANESE : CHINESE);
        }
        if (2 * scripts.getOrDefault(UnicodeScript.ARABIC, 0) > letters) {
            return foreign > 0 ? Optional.empty() : Optional.of(ARABIC);
        }
        if (2 * scripts.getOrDefault(UnicodeScript.DEVANAGARI, 0) > letters) {
            return Optional.of(HINDI);
        }
        return 2 * scripts.getOrDefault(UnicodeScript.LATIN, 0) > letters
                ? latin(read)
                : Optional.empty();
    }

    private static Optional<Tongue> latin(String text) {
        List<String> words = Prompts.words(text);
        Tongue best = ENGLISH;
        int most = 0;
        for (Tongue tongue : values()) {
            if (tongue.isLatin()) {
                int count = 0;
                Phrases phrases = Phrases.of(tongue);
                for (String word : words) {
                    count += phrases.lead().contains(word) || phrases.link().contains(word) ? 2 : 0;
                    count += phrases.ordinary().contains(word) ? 1 : 0;
                }
                if (count > most) {
                    best = tongue;
                    most = count;
                }
            }
        }
        return most == 0 ? Optional.empty() : Optional.of(best);
    }
}
