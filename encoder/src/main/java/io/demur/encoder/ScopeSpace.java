package io.demur.encoder;

import io.demur.core.JudgeId;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Where texts lie by what they are about: the encoder's inner states, turned to the directions in
 * which general requests differ most. {@code training/scope.py} writes its numbers. Immutable.
 */
final class ScopeSpace {

    private static final String WEIGHTS = "scope.weights";
    private static final int STATE = 384;
    private static final int DIGEST = 32;
    private static final int VERSION = 1;
    private static final int FEATURES = 6;

    /** From these log-odds on a text is said to the service itself. */
    private static final double SPOKEN = 1;

    private final Encoder encoder;
    private final JudgeId id;
    private final List<double[]> centres = new ArrayList<>();
    private final List<double[][]> turns = new ArrayList<>();
    private final int places;
    private final double[][] general;
    private final double[][] spoken;
    private final double[] service;
    private final double[] weights;

    private ScopeSpace(Encoder encoder, byte[] content) {
        this.encoder = encoder;
        id = new JudgeId("scope", VERSION, Digest.of(content));
        ByteBuffer in = ByteBuffer.wrap(content);
        byte[] digest = new byte[DIGEST];
        in.get(digest);
        String of = HexFormat.of().formatHex(digest);
        if (!of.equals(encoder.id().sha256())) {
            throw new IllegalStateException(
                    "`%s` is for the encoder `%s` and not for `%s`"
                            .formatted(WEIGHTS, of.substring(0, 12), encoder.id()));
        }
        int count = in.getInt();
        places = in.getInt();
        int texts = in.getInt();
        int said = in.getInt();
        for (int i = 0; i < count; i++) {
            centres.add(Floats.row(in, STATE));
            turns.add(Floats.rows(in, STATE, places));
        }
        general = Floats.rows(in, texts, count * places);
        spoken = Floats.rows(in, said, count * places);
        service = Floats.row(in, count * places + 1);
        weights = Floats.row(in, FEATURES + 1);
    }

    /**
     * The one that is shipped, for the shipped encoder.
     *
     * @throws IllegalStateException if it is for another encoder
     */
    static ScopeSpace of(Encoder encoder) {
        return new ScopeSpace(encoder, Encoder.resource(WEIGHTS));
    }

    JudgeId id() {
        return id;
    }

    /** Where a text lies; of length one. */
    double[] point(String text) {
        List<double[]> means = encoder.means(encoder.request(text));
        double[] point = new double[centres.size() * places];
        for (int i = 0; i < centres.size(); i++) {
            double[] turned = turned(centres.get(i), turns.get(i), means.get(i));
            System.arraycopy(turned, 0, point, i * places, places);
        }
        return unit(point);
    }

    /**
     * The probability that a text lies outside: by how near it is to what is inside, to what is
     * outside, to general requests and to what people say to any service. What is said to the
     * service itself lies outside of none.
     */
    double outside(double[] point, List<double[]> inside, List<double[]> outside) {
        double sum = 0;
        for (double[] one : inside) {
            sum += dot(one, point);
        }
        double toService = dot(service, point) + service[point.length];
        double[] features = {
            nearest(inside, point),
            sum / inside.size(),
            outside.isEmpty() ? 0 : nearest(outside, point),
            nearest(List.of(general), point),
            nearest(List.of(spoken), point),
            toService
        };
        double p = Scores.logistic(dot(weights, features) + weights[FEATURES]);
        return toService > SPOKEN ? p * Scores.logistic(-toService) : p;
    }

    private double[] turned(double[] centre, double[][] turn, double[] state) {
        double[] turned = new double[places];
        for (int from = 0; from < state.length; from++) {
            double along = state[from] - centre[from];
            for (int to = 0; to < places; to++) {
                turned[to] += along * turn[from][to];
            }
        }
        return unit(turned);
    }

    private static double nearest(List<double[]> points, double[] point) {
        double nearest = -1;
        for (double[] one : points) {
            nearest = Math.max(nearest, dot(one, point));
        }
        return nearest;
    }

    /** Over the places of the second. */
    private static double dot(double[] one, double[] other) {
        double dot = 0;
        for (int i = 0; i < other.length; i++) {
            dot += one[i] * other[i];
        }
        return dot;
    }

    private static double[] unit(double[] v) {
        double length = Math.sqrt(dot(v, v));
        double[] unit = v.clone();
        for (int i = 0; i < unit.length; i++) {
            unit[i] /= length;
        }
        return unit;
    }
}
