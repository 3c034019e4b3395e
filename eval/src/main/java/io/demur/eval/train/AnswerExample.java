package io.demur.eval.train;

import java.util.Objects;

/**
 * One reply to learn the harm of answers from.
 *
 * @param source the data set
 * @param group rows of one group never stand on both sides of a split
 * @param prompt what was asked
 * @param weight how much it counts, above 0
 */
record AnswerExample(
        String source, String group, String prompt, String reply, boolean harmful, float weight) {
    AnswerExample {
        Objects.requireNonNull(source);
    }

    /** Whether no weights were learnt from it, though its source is learnt from. */
    boolean heldOut() {
        boolean split = source.startsWith("own_") || source.equals("gptfuzz");
        return split && Lots.heldOut(group);
    }
}
