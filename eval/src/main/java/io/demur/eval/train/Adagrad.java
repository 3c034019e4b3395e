package io.demur.eval.train;

/** Weights that are moved against their gradients, the less the more they have moved already. */
final class Adagrad {

    final float[] weights;
    private final float[] squares;
    private final float rate;
    private final float decay;

    Adagrad(float[] weights, float rate, float decay) {
        this.weights = weights;
        this.squares = new float[weights.length];
        this.rate = rate;
        this.decay = decay;
        java.util.Arrays.fill(squares, 1e-3f);
    }

    void step(int at, float gradient) {
        float g = gradient + decay * weights[at];
        squares[at] += g * g;
        weights[at] -= rate * g / (float) Math.sqrt(squares[at]);
    }
}
