package io.demur.encoder;

import java.util.Arrays;

/**
 * One text as the model takes it: token ids of the first part and, where it is an exchange, of the
 * second. Immutable.
 */
final class Ids {

    private static final int BEGIN = 101;
    private static final int END = 102;

    private final long[] tokens;
    private final int first;

    private Ids(long[] tokens, int first) {
        this.tokens = tokens;
        this.first = first;
    }

    /** A request alone. */
    static Ids request(long[] text) {
        long[] tokens = new long[text.length + 2];
        tokens[0] = BEGIN;
        System.arraycopy(text, 0, tokens, 1, text.length);
        tokens[text.length + 1] = END;
        return new Ids(tokens, tokens.length);
    }

    /** A text of one part that has its special tokens already. */
    static Ids of(long[] tokens) {
        return new Ids(tokens.clone(), tokens.length);
    }

    /** A reply and the prompt that it answers. */
    static Ids exchange(long[] prompt, long[] reply) {
        Ids asked = request(prompt);
        long[] tokens = Arrays.copyOf(asked.tokens, asked.tokens.length + reply.length + 1);
        System.arraycopy(reply, 0, tokens, asked.tokens.length, reply.length);
        tokens[tokens.length - 1] = END;
        return new Ids(tokens, asked.tokens.length);
    }

    /** Of a text longer than both ends together, its ends; otherwise the text. */
    static long[] ends(long[] text, Card.Ends ends) {
        if (text.length <= ends.length()) {
            return text;
        }
        long[] result = Arrays.copyOf(text, ends.length());
        System.arraycopy(text, text.length - ends.tail(), result, ends.head(), ends.tail());
        return result;
    }

    int length() {
        return tokens.length;
    }

    long[] tokens() {
        return tokens.clone();
    }

    long[] segments() {
        long[] result = new long[tokens.length];
        Arrays.fill(result, first, result.length, 1);
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ids ids && first == ids.first && Arrays.equals(tokens, ids.tokens);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(tokens) + first;
    }

    @Override
    public String toString() {
        return Arrays.toString(tokens) + " " + first;
    }
}
