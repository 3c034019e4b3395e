package io.demur.eval;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is left of a prompt once the ways of writing the same one are taken off: compatibility forms
 * of Unicode, case, white space, punctuation, invisible characters, and words of politeness. Signs
 * that name things stay: C++ is not C#.
 */
public final class SamePrompt {

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}'’ʼ]");
    private static final Pattern BETWEEN = Pattern.compile("[\\p{P}\\p{Z}\\p{Cc}&&[^#%@&]]+");

    /** Anywhere, and not a word that carries what is asked. */
    private static final Pattern PLEASE =
            Pattern.compile("(?<= )(please|pls|plz|kindly|bitte|por favor|per favore)(?= )");

    private static final Pattern OPENING =
            Pattern.compile(
                    "^ ((hi|hello|hey|dear)( there)? )?"
                            + "((could|can|would|will) you( be so kind as to| mind)? )?");

    private static final Pattern CLOSING =
            Pattern.compile("( (many )?(thanks|thank you|thx)( very much| so much| a lot)?)+ $");

    private SamePrompt() {}

    /** The same text for two ways of writing one prompt; the text itself where nothing is left. */
    public static String of(String prompt) {
        String plain = Normalizer.normalize(prompt, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        plain = INVISIBLE.matcher(plain).replaceAll("");
        plain = ' ' + BETWEEN.matcher(plain).replaceAll(" ").strip() + ' ';
        String rest = PLEASE.matcher(plain).replaceAll("").replaceAll(" +", " ");
        rest = OPENING.matcher(rest).replaceFirst(" ");
        rest = CLOSING.matcher(rest).replaceFirst(" ").strip();
        return rest.isEmpty() ? prompt.strip() : rest;
    }
}
