package io.demur.encoder;

import java.util.Arrays;

/** The tokens that a model expects before and after a text. Immutable. */
final class Special {

    private static final String PROBE = "a";

    private final long[] before;
    private final long[] after;

    private Special(long[] before, long[] after) {
        this.before = before;
        this.after = after;
    }

    /** As a tokenizer puts them. */
    static Special of(Tokenizer tokenizer) {
        long[] plain = tokenizer.of(PROBE);
        long[] whole = tokenizer.of(PROBE, true);
        for (int at = 0; plain.length > 0 && at + plain.length <= whole.length; at++) {
            if (Arrays.equals(whole, at, at + plain.length, plain, 0, plain.length)) {
                return new Special(
                        Arrays.copyOf(whole, at),
                        Arrays.copyOfRange(whole, at + plain.length, whole.length));
            }
        }
        return new Special(new long[0], new long[0]);
    }

    int count() {
        return before.length + after.length;
    }

    Ids around(long[] text) {
        long[] all = Arrays.copyOf(before, count() + text.length);
        System.arraycopy(text, 0, all, before.length, text.length);
        System.arraycopy(after, 0, all, before.length + text.length, after.length);
        return Ids.of(all);
    }
}
