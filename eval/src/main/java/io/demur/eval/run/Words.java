package io.demur.eval.run;

import java.util.Locale;

/** Constants as they stand in files: in small letters, with hyphens, as in suites. */
final class Words {

    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The constant of a word.
     *
     * @throws IllegalArgumentException where there is none
     */
    static <E extends Enum<E>> E read(Class<E> type, String word) {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(word)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("`%s` is not known here".formatted(word));
    }
}
