package io.demur.eval.train;

import io.demur.core.detect.linear.Net;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Moves the weights of a {@link Net} against the gradient of its outputs. */
final class NetTrainer {

    final Net net;
    final float[] hidden;
    final float[] out;
    private final Adagrad first;
    private final Adagrad firstBias;
    private final Adagrad second;
    private final Adagrad direct;
    private final Adagrad bias;

    NetTrainer(Net net, float rate, float decay, SplittableRandom random) {
        this.net = net;
        hidden = new float[net.hidden];
        out = new float[net.outputs];
        float spread = (float) Math.sqrt(2.0 / net.inputs);
        for (int i = 0; i < net.first.length; i++) {
            net.first[i] = spread * (float) (random.nextDouble() * 2 - 1);
        }
        for (int i = 0; i < net.second.length; i++) {
            net.second[i] = 0.3f * (float) (random.nextDouble() * 2 - 1);
        }
        first = new Adagrad(net.first, rate, decay);
        firstBias = new Adagrad(net.firstBias, rate, 0);
        second = new Adagrad(net.second, rate, decay);
        direct = new Adagrad(net.direct, rate, decay);
        bias = new Adagrad(net.bias, rate, 0);
    }

    float[] forward(float[] x) {
        net.forward(x, hidden, out);
        return out;
    }

    /** Takes a step; {@code dx} gets the gradient of the inputs added. */
    void backward(float[] x, float[] dy, float[] dx) {
        float[] dh = new float[net.hidden];
        Arrays.fill(dh, 0);
        int n = net.inputs;
        for (int o = 0; o < net.outputs; o++) {
            float g = dy[o];
            if (g == 0) {
                continue;
            }
            for (int j = 0; j < net.hidden; j++) {
                if (hidden[j] > 0) {
                    dh[j] += g * net.second[o * net.hidden + j];
                    second.step(o * net.hidden + j, g * hidden[j]);
                }
            }
            for (int i = 0; i < n; i++) {
                if (x[i] != 0) {
                    dx[i] += g * net.direct[o * n + i];
                    direct.step(o * n + i, g * x[i]);
                }
            }
            bias.step(o, g);
        }
        for (int j = 0; j < net.hidden; j++) {
            float g = dh[j];
            if (g == 0) {
                continue;
            }
            for (int i = 0; i < n; i++) {
                if (x[i] != 0) {
                    dx[i] += g * net.first[j * n + i];
                    first.step(j * n + i, g * x[i]);
                }
            }
            firstBias.step(j, g);
        }
    }
}
