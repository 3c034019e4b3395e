package io.demur.encoder;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.harm.AnswerJudge;
import io.demur.core.text.Language;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Judges with the encoder whether a reply delivers something harmful. A reply is read by its two
 * ends and by windows at fixed offsets of its text, each after the beginning of its prompt, and
 * what is worst counts.
 *
 * <p>At most {@value #WINDOWS_MAX} windows are read, the first 100,000 characters. What follows is
 * not known, and the probability of a longer reply is therefore never below a half. A reply that is
 * not English is left to the earlier judge, whose word is otherwise weighed in as the card says.
 * Safe for use by several threads.
 */
public final class EncoderAnswers implements AnswerJudge {

    static final int WINDOWS_MAX = 256;

    /** In characters; all but the densest fit the room of a reply. */
    static final Windows WINDOWS = new Windows(540, 400);

    private static final String HEAD = "answer_harm";
    private static final int TOKENS_SHARED = 35;
    private static final int READ_MAX = WINDOWS_MAX * 400 + 540;
    private static final double UNKNOWN = 0.5;

    /** So many characters are worth at least as many tokens as are kept of either end. */
    private static final int ENDS = 2_000;

    private final Encoder encoder;
    private final AnswerJudge earlier;

    /**
     * A judge of answers.
     *
     * @param earlier whose word on the whole reply is weighed in, and stands where it is not
     *     English
     */
    public EncoderAnswers(Encoder encoder, AnswerJudge earlier) {
        this.encoder = Objects.requireNonNull(encoder);
        this.earlier = Objects.requireNonNull(earlier);
    }

    @Override
    public JudgeId id() {
        return encoder.id();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException from what is returned, if the encoder fails or was closed
     */
    @Override
    public Reading read(Request request) {
        return new Stretch(encoder.prompt(request.prompt()), earlier.read(request));
    }

    /** One reply as far as it has arrived. */
    private final class Stretch implements Reading {

        private final long[] prompt;
        private final Reading earlierReading;
        private final StringBuilder read = new StringBuilder();
        private final StringBuilder end = new StringBuilder();
        private int windows;
        private double worst = Double.NEGATIVE_INFINITY;
        private double said;
        private boolean stale;

        Stretch(long[] prompt, Reading earlierReading) {
            this.prompt = prompt;
            this.earlierReading = earlierReading;
        }

        @Override
        public void append(CharSequence piece) {
            earlierReading.append(piece);
            stale |= !piece.isEmpty();
            read.append(piece, 0, Math.min(piece.length(), READ_MAX + 1 - read.length()));
            end.append(piece, Math.max(0, piece.length() - 2 * ENDS), piece.length());
            if (end.length() > 2 * ENDS) {
                end.delete(0, end.length() - ENDS);
            }
        }

        @Override
        public double pHarm() {
            if (stale) {
                said = judged(read.toString());
                stale = false;
            }
            return said;
        }

        private double judged(String text) {
            if (text.isBlank()) {
                return 0;
            }
            boolean whole = text.length() <= READ_MAX;
            // a window is settled once the character after it is known
            int settled = Math.min(WINDOWS_MAX, WINDOWS.complete(text.length() - 1));
            for (; windows < settled; windows++) {
                worst = Math.max(worst, worst(window(WINDOWS.of(text, windows))));
            }
            Stream<Ids> last =
                    windows < Math.min(WINDOWS_MAX, WINDOWS.count(text.length()))
                            ? window(WINDOWS.of(text, windows))
                            : Stream.empty();
            Stream<Ids> ends =
                    Language.of(text) == Language.OTHER ? Stream.empty() : Stream.of(ends(text));
            double all = Math.max(worst, worst(Stream.concat(last, ends).distinct()));
            double before = earlierReading.pHarm();
            double p =
                    all == Double.NEGATIVE_INFINITY
                            ? before
                            : Scores.joined(encoder.card(), HEAD, all, before);
            return Math.max(p, whole ? 0 : UNKNOWN);
        }

        private Ids ends(String text) {
            Card.Ends kept = encoder.card().exchange().reply();
            if (text.length() <= ENDS) {
                return Ids.exchange(prompt, Ids.ends(encoder.tokens(text), kept));
            }
            long[] head = encoder.tokens(text.substring(0, ENDS));
            long[] tail = encoder.tokens(end.substring(Math.max(0, end.length() - ENDS)));
            head = Arrays.copyOf(head, Math.min(head.length, kept.head()));
            int from = Math.max(0, tail.length - kept.tail());
            long[] both = Arrays.copyOf(head, head.length + tail.length - from);
            System.arraycopy(tail, from, both, head.length, tail.length - from);
            return Ids.exchange(prompt, both);
        }

        /**
         * Several rows where the characters of a window are worth more tokens than fit, and none
         * where it is not English.
         */
        private Stream<Ids> window(String text) {
            if (Language.of(text) == Language.OTHER) {
                return Stream.empty();
            }
            int length = encoder.card().exchange().reply().length();
            List<long[]> parts =
                    new Windows(length, length - TOKENS_SHARED).of(encoder.tokens(text));
            return parts.stream().map(part -> Ids.exchange(prompt, part));
        }

        private double worst(Stream<Ids> rows) {
            return rows.mapToDouble(row -> encoder.scores(row).weighed(HEAD))
                    .max()
                    .orElse(Double.NEGATIVE_INFINITY);
        }
    }
}
