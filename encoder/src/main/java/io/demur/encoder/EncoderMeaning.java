package io.demur.encoder;

import io.demur.core.JudgeId;
import io.demur.core.incident.Meaning;
import io.demur.core.text.Language;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where texts lie by what they mean, to tell a reworded request from a harmless one on its topic:
 * the encoder's inner states, turned to the directions in which these two differ most, and in the
 * last place how much a text sounds like what is refused. {@code bench/run around train} writes its
 * numbers. Texts in five other languages are read word by word. Safe for use by several threads.
 */
public final class EncoderMeaning implements Meaning {

    private static final String WEIGHTS = "meaning.weights";
    private static final int VERSION = 1;
    private static final int STATE = 384;
    private static final int DIGEST = 32;

    private final Encoder encoder;
    private final JudgeId id;
    private final double[] centre;
    private final double[] wordsCentre;
    private final double[][] turn;
    private final double[] sounds;

    private EncoderMeaning(Encoder encoder, byte[] content) {
        this.encoder = encoder;
        id = new JudgeId("meaning", VERSION, Digest.of(content));
        ByteBuffer in = ByteBuffer.wrap(content);
        byte[] digest = new byte[DIGEST];
        in.get(digest);
        String of = HexFormat.of().formatHex(digest);
        if (!of.equals(encoder.id().sha256())) {
            throw new IllegalStateException(
                    "`%s` is for the encoder `%s` and not for `%s`"
                            .formatted(WEIGHTS, of.substring(0, 12), encoder.id()));
        }
        int places = in.getInt();
        int states = Outputs.STATES.size() * STATE;
        centre = row(in, states);
        wordsCentre = row(in, states);
        turn = new double[places][];
        for (int i = 0; i < places; i++) {
            turn[i] = row(in, states);
        }
        sounds = row(in, states + 1);
    }

    /**
     * That of the shipped encoder.
     *
     * @throws IllegalStateException if it is another one
     */
    public static EncoderMeaning of(Encoder encoder) {
        return new EncoderMeaning(encoder, Encoder.resource(WEIGHTS));
    }

    @Override
    public JudgeId id() {
        return id;
    }

    @Override
    public Optional<float[]> of(String text) {
        String english = Meaning.inEnglish(text);
        boolean byWords = !english.equals(text);
        if (english.isBlank() || (!byWords && Language.of(text) == Language.OTHER)) {
            return Optional.empty();
        }
        double[] state = states(encoder, english);
        double[] from = byWords ? wordsCentre : centre;
        for (int i = 0; i < state.length; i++) {
            state[i] -= from[i];
        }
        float[] point = new float[turn.length + 1];
        for (int i = 0; i < turn.length; i++) {
            point[i] = (float) dot(turn[i], state);
        }
        point[turn.length] = (float) (dot(sounds, state) + sounds[state.length]);
        return Optional.of(point);
    }

    /** The encoder's states of a text, each layer's of length one, one behind the other. */
    public static double[] states(Encoder encoder, String text) {
        List<double[]> means = encoder.means(encoder.request(text));
        double[] all = new double[means.size() * STATE];
        for (int layer = 0; layer < means.size(); layer++) {
            double[] mean = means.get(layer);
            double length = Math.sqrt(dot(mean, mean));
            for (int i = 0; i < STATE; i++) {
                all[layer * STATE + i] = mean[i] / length;
            }
        }
        return all;
    }

    /** What training writes, as this class reads it. */
    public static byte[] content(
            Encoder encoder,
            double[] centre,
            double[] wordsCentre,
            double[][] turn,
            double[] sounds) {
        List<double[]> rows = new ArrayList<>(List.of(centre, wordsCentre));
        rows.addAll(List.of(turn));
        rows.add(sounds);
        int numbers = rows.stream().mapToInt(row -> row.length).sum();
        ByteBuffer out = ByteBuffer.allocate(DIGEST + 4 + 4 * numbers);
        out.put(HexFormat.of().parseHex(encoder.id().sha256())).putInt(turn.length);
        for (double[] row : rows) {
            for (double number : row) {
                out.putFloat((float) number);
            }
        }
        return out.array();
    }

    /** Over the places of the second. */
    private static double dot(double[] one, double[] other) {
        double dot = 0;
        for (int i = 0; i < other.length; i++) {
            dot += one[i] * other[i];
        }
        return dot;
    }

    private static double[] row(ByteBuffer in, int length) {
        double[] row = new double[length];
        for (int i = 0; i < length; i++) {
            row[i] = in.getFloat();
        }
        return row;
    }
}
