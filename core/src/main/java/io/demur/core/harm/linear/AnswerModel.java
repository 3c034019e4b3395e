package io.demur.core.harm.linear;

import io.demur.core.detect.linear.Layer;
import io.demur.core.detect.linear.Net;

import java.util.Objects;

/**
 * Everything the linear judge of answers has learnt.
 *
 * @param version counts up when it is trained anew
 * @param words what words and their company say, of the reply and of what was asked
 * @param harm from the pooled units of the reply, then of the request, to {@link #OUTPUTS}: harm of
 *     the answer; harm of the request and refusal, which are not read but were learnt beside it, so
 *     that the units know of both
 * @param calibration of harm
 */
public record AnswerModel(int version, Layer words, Net harm, Platt calibration) {

    /** What sets the features of the request apart from those of the reply. */
    public static final int ASKED = 0x3C6EF372;

    /** Inputs of the net. */
    public static final int SIZE = 2 * Pool.SIZE;

    /** Outputs of the net, of which the first is read. */
    public static final int OUTPUTS = 3;

    public AnswerModel {
        Objects.requireNonNull(calibration);
        if (harm.inputs != SIZE || harm.outputs != OUTPUTS) {
            throw new IllegalArgumentException("net of the wrong shape");
        }
    }

    /** The same with another calibration. */
    public AnswerModel with(Platt other) {
        return new AnswerModel(version, words, harm, other);
    }

    /** Whether the hash of a word is one that training saw. */
    public boolean knows(int word) {
        return words.table().row(word) >= 0;
    }

    /** Log-odds that a reply delivers something harmful, not calibrated yet. */
    public float odds(Pool reply, Pool request) {
        float[] x = new float[SIZE];
        float[] y = new float[OUTPUTS];
        reply.fill(words, x, 0);
        request.fill(words, x, Pool.SIZE);
        harm.forward(x, new float[harm.hidden], y);
        return y[0];
    }
}
