package io.demur.eval;

import java.util.Locale;

/** What constants are called outside of the program, in small letters. */
public final class Word {

    private Word() {}

    /** With hyphens, as in suites, run files, and what people write. */
    public static String of(Enum<?> constant) {
        return underscored(constant).replace('_', '-');
    }

    /** With underscores, as in the names of columns and figures. */
    public static String underscored(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The constant of a word with hyphens.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static <E extends Enum<E>> E read(Class<E> type, String word) {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(word)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("`%s` is not known here".formatted(word));
    }
}
