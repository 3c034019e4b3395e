package io.demur.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How a text that is too long to be judged at once is cut: into windows that overlap, so that
 * whatever is no longer than the overlap lies whole within one of them.
 *
 * @param length of a window
 * @param step from the start of one to the start of the next; not more than {@code length}
 */
record Windows(int length, int step) {

    Windows {
        if (step < 1 || step > length) {
            throw new IllegalArgumentException("step %d of windows %d".formatted(step, length));
        }
    }

    /** How many windows cover so many places; none where there are none. */
    int count(int places) {
        return places <= 0 ? 0 : places <= length ? 1 : 1 + (places - length + step - 1) / step;
    }

    /** How many windows of a text that goes on are whole already. */
    int complete(int places) {
        return places < length ? 0 : 1 + (places - length) / step;
    }

    /** The part of a text that a window shows; never half of a surrogate pair at its ends. */
    String of(String text, int window) {
        int start = window * step;
        int end = Math.min(text.length(), start + length);
        if (start > 0 && Character.isLowSurrogate(text.charAt(start))) {
            start--;
        }
        if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end);
    }

    /** The windows of some tokens. */
    List<long[]> of(long[] tokens) {
        List<long[]> result = new ArrayList<>();
        for (int window = 0; window < count(tokens.length); window++) {
            int start = window * step;
            result.add(Arrays.copyOfRange(tokens, start, Math.min(tokens.length, start + length)));
        }
        return result;
    }

    /** So many of the first {@code count} numbers, evenly spread: first and last among them. */
    static int[] spread(int count, int most) {
        int taken = Math.min(count, most);
        int[] result = new int[taken];
        for (int i = 0; i < taken; i++) {
            result[i] = taken == 1 ? 0 : (int) Math.round((double) i * (count - 1) / (taken - 1));
        }
        return result;
    }
}
