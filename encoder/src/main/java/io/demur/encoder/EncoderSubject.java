package io.demur.encoder;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Assessment.Unjudged.Reason;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.text.Language;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges a passage by what it tells of: whether it would be harmful to help with that, though the
 * passage only describes it. For windows of answers, not for requests. It says nothing of hazards
 * and severity.
 *
 * <p>Reads the encoder's inner states, where what a text is about stands clearer than in its last
 * ones; {@code training/subject.py} writes its numbers. The encoder learnt English alone. Of other
 * languages in Latin letters it sees some of the words: what is said of them ranks, but lies far
 * lower, so whoever asks has to have other lines for it. Other scripts are unjudged. Safe for use
 * by several threads.
 */
public final class EncoderSubject implements HarmPredictor {

    private static final String WEIGHTS = "subject.weights";
    private static final int STATE = 384;
    private static final int DIGEST = 32;
    private static final int VERSION = 2;

    private final Encoder encoder;
    private final JudgeId id;
    private final float[] weights;
    private final float shift;

    /**
     * The judge that comes with this version.
     *
     * @param encoder the shipped one
     * @throws IllegalStateException if it is another one
     */
    public EncoderSubject(Encoder encoder) {
        this.encoder = encoder;
        byte[] content = Encoder.resource(WEIGHTS);
        id = new JudgeId("subject", VERSION, Digest.of(content));
        ByteBuffer in = ByteBuffer.wrap(content);
        byte[] digest = new byte[DIGEST];
        in.get(digest);
        String of = HexFormat.of().formatHex(digest);
        if (!of.equals(encoder.id().sha256())) {
            throw new IllegalStateException(
                    "`%s` is for the encoder `%s` and not for `%s`"
                            .formatted(WEIGHTS, of.substring(0, 12), encoder.id()));
        }
        weights = new float[Outputs.STATES.size() * STATE];
        in.asFloatBuffer().get(weights);
        shift = in.getFloat(DIGEST + Float.BYTES * weights.length);
    }

    @Override
    public JudgeId id() {
        return id;
    }

    /** Whether it knows the letters of a passage. */
    public static boolean reads(String passage) {
        return Language.isLatin(passage);
    }

    @Override
    public Assessment assess(Request request) {
        String passage = request.prompt();
        if (!reads(passage)) {
            return new Assessment.Unjudged(Reason.INVALID, "not in Latin letters");
        }
        Set<String> readings = new LinkedHashSet<>(EncoderHarm.readings(passage));
        boolean english = Language.of(passage) != Language.OTHER;
        readings.removeIf(
                reading ->
                        reading.isBlank()
                                || !reads(reading)
                                || (english && Language.of(reading) == Language.OTHER));
        if (readings.isEmpty()) {
            return new Assessment.Judged(0, Map.of(), Consequence.NONE, id);
        }
        try {
            Requests requests = Requests.of(encoder, readings);
            if (!requests.whole()) {
                return new Assessment.Unjudged(Reason.INVALID, "too long to be read whole");
            }
            double odds =
                    requests.rows().stream()
                            .mapToDouble(row -> odds(encoder.means(row)))
                            .max()
                            .orElseThrow();
            return new Assessment.Judged(Scores.logistic(odds), Map.of(), Consequence.NONE, id);
        } catch (IllegalStateException e) {
            return new Assessment.Unjudged(Reason.DOWN, String.valueOf(e.getMessage()));
        }
    }

    private double odds(List<double[]> states) {
        double sum = shift;
        int place = 0;
        for (double[] state : states) {
            for (double each : state) {
                sum += weights[place++] * each;
            }
        }
        return sum;
    }
}
