package io.demur.encoder;

import io.demur.core.JudgeId;
import io.demur.core.incident.Meaning;
import io.demur.core.text.Language;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where texts lie by what they mean, to tell a reworded request from a harmless one on its topic:
 * the encoder's inner states in the few directions in which texts differ most, turned to those in
 * which these two differ most; and in the last place how much a text sounds like what is refused,
 * by the texts that it lies near. {@code bench/run around train} writes its numbers. Texts in five
 * other languages are read word by word. Safe for use by several threads.
 */
public final class EncoderMeaning implements Meaning {

    private static final String WEIGHTS = "meaning.weights";
    private static final int VERSION = 2;
    private static final int STATE = 384;
    private static final int DIGEST = 32;

    private final Encoder encoder;
    private final JudgeId id;
    private final Numbers numbers;

    private EncoderMeaning(Encoder encoder, byte[] content) {
        this.encoder = encoder;
        id = new JudgeId("meaning", VERSION, Digest.of(content));
        numbers = Numbers.of(encoder.id(), content);
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
        return Optional.of(numbers.point(states(encoder, english), byWords));
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

    /**
     * What training learns.
     *
     * @param centre of the states of English texts
     * @param wordsCentre of texts that come word by word
     * @param rows directions in which texts differ
     * @param turn directions within those, of meaning and then of topic
     * @param texts where the texts lie, within the same, that it was learnt from
     * @param weights how much being near to each of them speaks for what is refused
     * @param alone what speaks for it in any case
     * @param fallsOff how fast nearness falls off with the square of the distance
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Numbers(
            double[] centre,
            double[] wordsCentre,
            double[][] rows,
            double[][] turn,
            float[][] texts,
            double[] weights,
            double alone,
            double fallsOff) {

        /**
         * Reads what {@link #content} wrote.
         *
         * @param encoder whose states they are of
         * @throws IllegalStateException if they are of another's
         */
        public static Numbers of(JudgeId encoder, byte[] content) {
            ByteBuffer in = ByteBuffer.wrap(content);
            byte[] digest = new byte[DIGEST];
            in.get(digest);
            String of = HexFormat.of().formatHex(digest);
            if (!of.equals(encoder.sha256())) {
                throw new IllegalStateException(
                        "`%s` is for the encoder `%s` and not for `%s`"
                                .formatted(WEIGHTS, of.substring(0, 12), encoder));
            }
            return read(in);
        }

        /**
         * Where a text lies.
         *
         * @param state of it, as {@link EncoderMeaning#states} gives it
         * @param byWords whether it came word by word
         */
        public float[] point(double[] state, boolean byWords) {
            double[] from = byWords ? wordsCentre : centre;
            double[] off = new double[state.length];
            for (int i = 0; i < off.length; i++) {
                off[i] = state[i] - from[i];
            }
            double[] place = new double[rows.length];
            for (int i = 0; i < place.length; i++) {
                place[i] = dot(rows[i], off);
            }
            float[] point = new float[turn.length + 1];
            for (int i = 0; i < turn.length; i++) {
                point[i] = (float) dot(turn[i], place);
            }
            point[turn.length] = (float) sounds(place);
            return point;
        }

        private double sounds(double[] place) {
            double sum = alone;
            for (int i = 0; i < texts.length; i++) {
                double apart = 0;
                for (int j = 0; j < place.length; j++) {
                    double off = place[j] - texts[i][j];
                    apart += off * off;
                }
                sum += weights[i] * Math.exp(-fallsOff * apart);
            }
            return sum;
        }

        /** As {@link EncoderMeaning} reads it. */
        public byte[] content(JudgeId encoder) {
            int places = rows.length;
            int numbers = (2 + places) * centre.length + turn.length * places + 2;
            ByteBuffer out =
                    ByteBuffer.allocate(DIGEST + 12 + 4 * numbers + texts.length * (places + 8));
            out.put(HexFormat.of().parseHex(encoder.sha256()));
            out.putInt(places).putInt(turn.length).putInt(texts.length);
            put(out, centre);
            put(out, wordsCentre);
            List.of(rows).forEach(row -> put(out, row));
            List.of(turn).forEach(row -> put(out, row));
            put(out, new double[] {alone, fallsOff});
            for (int i = 0; i < texts.length; i++) {
                putText(out, texts[i], weights[i]);
            }
            return out.array();
        }

        /** A byte a place is enough: there are thousands of texts. */
        private static void putText(ByteBuffer out, float[] text, double weight) {
            float most = 1e-9f;
            for (float place : text) {
                most = Math.max(most, Math.abs(place));
            }
            out.putFloat((float) weight).putFloat(most / Byte.MAX_VALUE);
            for (float place : text) {
                out.put((byte) Math.round(place / most * Byte.MAX_VALUE));
            }
        }

        private static Numbers read(ByteBuffer in) {
            int states = Outputs.STATES.size() * STATE;
            int places = in.getInt();
            int turns = in.getInt();
            int count = in.getInt();
            double[] centre = Floats.row(in, states);
            double[] wordsCentre = Floats.row(in, states);
            double[][] rows = Floats.rows(in, places, states);
            double[][] turn = Floats.rows(in, turns, places);
            double alone = in.getFloat();
            double fallsOff = in.getFloat();
            float[][] texts = new float[count][places];
            double[] weights = new double[count];
            for (int i = 0; i < count; i++) {
                weights[i] = in.getFloat();
                float step = in.getFloat();
                for (int j = 0; j < places; j++) {
                    texts[i][j] = in.get() * step;
                }
            }
            return new Numbers(centre, wordsCentre, rows, turn, texts, weights, alone, fallsOff);
        }

        private static void put(ByteBuffer out, double[] row) {
            for (double number : row) {
                out.putFloat((float) number);
            }
        }
    }

    /** Over the places of the second. */
    private static double dot(double[] one, double[] other) {
        double dot = 0;
        for (int i = 0; i < other.length; i++) {
            dot += one[i] * other[i];
        }
        return dot;
    }
}
