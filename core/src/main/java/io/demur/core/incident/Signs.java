package io.demur.core.incident;

import io.demur.core.harm.Hazard;
import io.demur.core.incident.Weights.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What speaks for and against a later request being a refused one, in numbers that {@link Weights}
 * weigh.
 *
 * @param kind by what they were compared
 * @param of the numbers, in the order of that kind
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Signs(Kind kind, double[] of) {

    private static final int RUNS = 13;
    private static final int WORDS = 10;
    private static final int POINT = WORDS + 14;
    private static final int PIECES = 9;

    /** Differences of length beyond this factor, and log-odds beyond this, count no more. */
    private static final double LENGTHS_MAX = 2;

    static final float ODDS_MAX = 8;

    /** More words that differ count no more. */
    private static final int WORDS_MAX = 3;

    /** From this share of its runs on a refused text is there as it was. */
    private static final double WRAPPED = 0.97;

    private static final double P_MIN = 1e-6;

    /**
     * Up to where nearness says little, more and most: what is rarely so near by chance counts from
     * there on by itself.
     */
    private static final List<Double> NEAR = List.of(0.3, 0.5, 0.7);

    static int count(Kind kind) {
        return switch (kind) {
            case RUNS -> RUNS;
            case POINT, POINT_OTHER -> POINT;
            case WORDS, WORDS_OTHER -> WORDS;
            case PIECES -> PIECES;
        };
    }

    /**
     * How far the words of a refused text and of a later one cover each other.
     *
     * @param theirs of each of the refused text's words how far the later one has it
     * @param refused share of the refused text's words that the later one has
     * @param later share of the later text's words that the refused one has
     * @param other how many known words the later text has that the refused one has not
     * @param missing how many of the refused text's words the later one has not, but for as many as
     *     may be misspelt
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Cover(double[] theirs, double refused, double later, double other, double missing) {

        static Cover of(Terms refused, Terms.Index later) {
            double[] theirs = new double[refused.count()];
            double[] ours = new double[later.of().count()];
            later.cover(refused, theirs, ours);
            Terms mine = later.of();
            int missing = refused.uncovered(theirs, true) + refused.uncovered(theirs, false);
            return new Cover(
                    theirs,
                    refused.share(theirs),
                    mine.share(ours),
                    Math.min(WORDS_MAX, mine.uncovered(ours, true)),
                    Math.clamp(missing - mine.uncovered(ours, false), 0, WORDS_MAX));
        }
    }

    /** Those of the letters, for a reading that may be meant. */
    static Signs runs(Runs.Shared shared, Cover cover, List<Double> harm) {
        List<Double> signs = new ArrayList<>();
        signs.add(shared.refused());
        signs.add(shared.later());
        signs.add(Math.min(shared.refused(), shared.later()));
        signs.add(cover.refused());
        signs.add(cover.later());
        signs.add(cover.other());
        signs.add(cover.missing());
        signs.add(shared.refused() >= WRAPPED ? 1.0 : 0.0);
        signs.addAll(harm);
        return new Signs(Kind.RUNS, array(signs));
    }

    /** Those of the letters of a reading of which no words were kept. */
    static Signs turned(Runs.Shared shared) {
        return runs(
                shared,
                new Cover(new double[0], shared.refused(), shared.later(), 0, 0),
                List.of(0.0, 0.0, 0.0, 0.0, 0.0));
    }

    /** Those of meaning and words; of words alone where one has no point, or it is not wanted. */
    static Signs meaning(
            Refused refused, Sent later, Runs.Shared runs, Cover cover, boolean points) {
        boolean other = refused.prints().foreign() || later.prints().foreign();
        Print one = refused.prints().plain().getFirst();
        Print two = later.prints().plain().getFirst();
        List<Double> signs = new ArrayList<>();
        signs.add(cover.refused());
        signs.add(cover.later());
        signs.add(cover.refused() * cover.later());
        signs.add(Math.max(runs.refused(), runs.later()));
        signs.add(lengths(one.letters(), two.letters()));
        signs.addAll(harm(refused, later));
        OptionalDouble meant =
                points ? near(refused.prints().point(), later.prints().point()) : NO_POINT;
        if (meant.isPresent()) {
            double cosine = meant.getAsDouble();
            double topic = topic(refused.prints().point(), later.prints().point());
            signs.add(topic);
            signs.add(topic * Math.abs(topic));
            signs.add(cosine);
            signs.add(cosine * Math.abs(cosine));
            signs.add(cosine * cover.refused());
            for (double near : NEAR) {
                signs.add(Math.max(0, cosine - near));
                signs.add(Math.max(0, topic - near));
            }
            double before = sounds(refused.prints().point());
            double after = sounds(later.prints().point());
            signs.add(after);
            signs.add(Math.min(before, after));
            signs.add(Math.abs(before - after));
        }
        Kind kind =
                meant.isPresent()
                        ? other ? Kind.POINT_OTHER : Kind.POINT
                        : other ? Kind.WORDS_OTHER : Kind.WORDS;
        return new Signs(kind, array(signs));
    }

    private static final OptionalDouble NO_POINT = OptionalDouble.empty();

    private static double lengths(double one, double two) {
        return Math.min(LENGTHS_MAX, Math.abs(Math.log((one + 10) / (two + 10))));
    }

    /** A reworded request is about as harmful; a harmless one on the same topic is not. */
    static List<Double> harm(Refused refused, Sent later) {
        OptionalDouble pHarm = later.pHarm();
        Optional<Hazard> hazard = later.hazard();
        boolean known = refused.pHarm().isPresent() && pHarm.isPresent();
        double before = known ? odds(refused.pHarm().getAsDouble()) : 0;
        double after = known ? odds(pHarm.getAsDouble()) : 0;
        boolean named = refused.hazard().isPresent() && hazard.isPresent();
        boolean same = named && refused.hazard().equals(hazard);
        return List.of(
                Math.abs(before - after),
                after,
                Math.min(before, after),
                same ? 1.0 : 0.0,
                named && !same ? 1.0 : 0.0);
    }

    private static double odds(double p) {
        double inside = Math.clamp(p, P_MIN, 1 - P_MIN);
        return Math.clamp(Math.log(inside / (1 - inside)), -ODDS_MAX, ODDS_MAX);
    }

    /** The cosine of two points' meanings; nothing where they cannot be compared. */
    static OptionalDouble near(byte[] one, byte[] other) {
        return one.length < 3 || one.length != other.length
                ? OptionalDouble.empty()
                : OptionalDouble.of(cosine(one, other, 0, one.length / 2));
    }

    /** The cosine of two points' topics. */
    private static double topic(byte[] one, byte[] other) {
        return cosine(one, other, one.length / 2, one.length - 1);
    }

    private static double cosine(byte[] one, byte[] other, int from, int to) {
        int dot = 0;
        int ones = 0;
        int others = 0;
        for (int i = from; i < to; i++) {
            dot += one[i] * other[i];
            ones += one[i] * one[i];
            others += other[i] * other[i];
        }
        double both = Math.sqrt((double) ones * others);
        return both == 0 ? 0 : dot / both;
    }

    /** The log-odds in the last place of a point: how much a text sounds like what is refused. */
    private static double sounds(byte[] point) {
        return point[point.length - 1] * ODDS_MAX / Byte.MAX_VALUE;
    }

    static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(number -> number).toArray();
    }

    /** The log-odds of several parts' harm: the highest and the mean. */
    static List<Double> harmOf(List<Sent> parts) {
        double most = -ODDS_MAX;
        double sum = 0;
        for (Sent part : parts) {
            double odds = part.pHarm().isPresent() ? odds(part.pHarm().getAsDouble()) : 0;
            most = Math.max(most, odds);
            sum += odds;
        }
        return List.of(most, sum / parts.size());
    }

    /**
     * Those of several requests that may come to a refused one together: what a part means says
     * little of what it is a part of.
     */
    static Signs pieces(Refused refused, List<Sent> parts, List<Cover> covers) {
        Terms terms = refused.prints().plain().getFirst().terms();
        double[] joint = new double[terms.count()];
        double alone = 0;
        double own = 0;
        double least = 1;
        int letters = 0;
        for (int i = 0; i < parts.size(); i++) {
            Cover cover = covers.get(i);
            alone = Math.max(alone, cover.refused());
            own += cover.later() / parts.size();
            least = Math.min(least, cover.later());
            letters += parts.get(i).prints().plain().getFirst().letters();
            for (int word = 0; word < joint.length; word++) {
                joint[word] = Math.max(joint[word], cover.theirs()[word]);
            }
        }
        double together = terms.share(joint);
        List<Double> signs = new ArrayList<>();
        signs.add(together);
        signs.add(alone);
        signs.add(own);
        signs.add(least);
        signs.add(parts.size() - 2.0);
        signs.add(lengths(refused.prints().plain().getFirst().letters(), letters));
        signs.addAll(harmOf(parts));
        signs.add(together * own);
        return new Signs(Kind.PIECES, array(signs));
    }
}
