package io.demur.encoder;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;

/**
 * Text to token ids, as a {@code tokenizer.json} says. Thread-safe, except that {@link #close} must
 * not run while another thread is within {@link #of}.
 */
final class Tokenizer implements AutoCloseable {

    private static final TokenizersLibrary LIBRARY = TokenizersLibrary.LIB;

    private final long handle;

    /**
     * Reads a tokenizer.
     *
     * @param json the content of a {@code tokenizer.json}
     * @throws IllegalArgumentException if it cannot be read
     */
    Tokenizer(String json) {
        Natives.load();
        try {
            handle = LIBRARY.createTokenizerFromString(json);
            LIBRARY.disablePadding(handle);
            LIBRARY.disableTruncation(handle);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Ids of a text without any special tokens. */
    long[] of(String text) {
        return of(text, false);
    }

    /**
     * Ids of a text.
     *
     * @param special whether the tokens that the model expects around a text are put there
     */
    long[] of(String text, boolean special) {
        if (text.isEmpty() && !special) {
            return new long[0];
        }
        long encoding = LIBRARY.encode(handle, wellFormed(text), special);
        try {
            return LIBRARY.getTokenIds(encoding);
        } finally {
            LIBRARY.deleteEncoding(encoding);
        }
    }

    /** Half a surrogate pair is no character, and the library would not know what to do with it. */
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    return repaired(text);
                }
            }
        }
        return text;
    }

    private static String repaired(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .forEach(result::appendCodePoint);
        return result.toString();
    }

    @Override
    public void close() {
        LIBRARY.deleteTokenizer(handle);
    }
}
