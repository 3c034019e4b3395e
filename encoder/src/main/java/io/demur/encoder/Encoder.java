package io.demur.encoder;

import ai.onnxruntime.OrtException;

import io.demur.core.JudgeId;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The fine-tuned encoder: one text in, log-odds of all that the judges of this package ask about
 * out. English only; its judges leave other languages to those who know them.
 *
 * <p>Safe for use by several threads; each uses its own core and no other.
 */
public final class Encoder implements AutoCloseable {

    private static final Pattern MARK = Pattern.compile("\\[(CLS|SEP|PAD|MASK|UNK)\\]");

    private static final String NAME = "encoder";
    private static final String MODEL = "encoder.onnx";
    private static final String CARD = "encoder.properties";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String DIGEST = "encoder.sha256";

    /** The trainer saw no more of a text than this, in code points, and so took its end there. */
    static final int CHARACTERS_MAX = 20_000;

    private final Card card;
    private final JudgeId id;
    private final Tokenizer tokenizer;
    private final Session session;
    private final List<String> states;
    private final Gate gate = new Gate("encoder");

    private Encoder(
            byte[] model, byte[] properties, byte[] json, String digest, List<String> states) {
        this.states = states;
        card = Card.read(properties);
        id = new JudgeId(NAME, card.version(), digest);
        try {
            tokenizer = new Tokenizer(new String(json, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "tokenizer of the encoder: %s".formatted(e.getMessage()), e);
        }
        try {
            session = new Session(Outputs.added(model, states));
        } catch (OrtException e) {
            tokenizer.close();
            throw new IllegalStateException(
                    "model of the encoder: %s".formatted(e.getMessage()), e);
        }
        if (!session.inputs().equals(Session.INPUTS)) {
            close();
            throw new IllegalStateException(
                    "model of the encoder: inputs `%s` rather than `%s`"
                            .formatted(session.inputs(), Session.INPUTS));
        }
    }

    /**
     * The encoder that comes with this version, one for the whole process and never to be closed.
     * It is loaded at the first call, which takes about a second.
     *
     * @throws IllegalStateException if it is missing or damaged, or its native libraries cannot be
     *     loaded
     */
    public static Encoder shipped() {
        return Singleton.get();
    }

    /** Whether this version comes with an encoder. */
    public static boolean isShipped() {
        return Encoder.class.getResource(MODEL) != null;
    }

    /**
     * An encoder as the trainer wrote it: {@value #MODEL}, {@value #CARD} and {@value #TOKENIZER}
     * in one folder.
     *
     * @throws UncheckedIOException if they cannot be read
     * @throws IllegalStateException if they are damaged, or the native libraries cannot be loaded
     */
    public static Encoder open(Path folder) {
        try {
            byte[] model = Files.readAllBytes(folder.resolve(MODEL));
            byte[] properties = Files.readAllBytes(folder.resolve(CARD));
            byte[] json = Files.readAllBytes(folder.resolve(TOKENIZER));
            return new Encoder(
                    model, properties, json, Digest.of(model, properties, json), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("encoder in `%s`".formatted(folder), e);
        }
    }

    /** Who speaks: the digest is over model, card and tokenizer. */
    public JudgeId id() {
        return id;
    }

    Card card() {
        return card;
    }

    /**
     * Token ids of a text; of its beginning where it is longer than the trainer ever read. What a
     * user wrote never becomes one of the model's own marks: {@code [SEP]} in a request would
     * otherwise end it, and what follows would pass for a reply.
     */
    long[] tokens(String text) {
        String read = withoutMarks(beginning(text));
        return gate.through(() -> tokenizer.of(read));
    }

    /** What the encoder says of one text. */
    Scores scores(Ids ids) {
        return gate.through(() -> new Scores(card, session.row(ids)));
    }

    /**
     * What the encoder's inner layers make of one text, one mean over its tokens for each of {@link
     * Outputs#STATES}.
     *
     * @throws IllegalStateException of an encoder that was not shipped: only of the one that was is
     *     it known what they are
     */
    List<double[]> means(Ids ids) {
        if (states.isEmpty()) {
            throw new IllegalStateException("an encoder that is not shipped shows no inner layers");
        }
        return gate.through(() -> session.means(ids, states));
    }

    /** A request by its two ends, as in training. */
    Ids request(String text) {
        return Ids.request(Ids.ends(tokens(text), card.request()));
    }

    /** A reply by its two ends after the beginning of its prompt, as in training. */
    Ids exchange(String prompt, String reply) {
        return Ids.exchange(prompt(prompt), Ids.ends(tokens(reply), card.exchange().reply()));
    }

    /** As many tokens of a prompt as go before a reply. */
    long[] prompt(String prompt) {
        long[] tokens = tokens(prompt);
        return tokens.length <= card.exchange().prompt()
                ? tokens
                : Arrays.copyOf(tokens, card.exchange().prompt());
    }

    /** The marks that models of this kind read as their own are put so that they are text. */
    static String withoutMarks(String text) {
        return MARK.matcher(text).replaceAll("[ $1 ]");
    }

    static String beginning(String text) {
        return text.length() <= CHARACTERS_MAX
                        || text.codePointCount(0, text.length()) <= CHARACTERS_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, CHARACTERS_MAX));
    }

    /** Frees the model, once nobody uses it any more. The second time does nothing. */
    @Override
    public void close() {
        gate.close(session, tokenizer);
    }

    /** Made when first asked for. */
    private static final class Singleton {

        private static volatile @Nullable Encoder encoder;

        static synchronized Encoder get() {
            Encoder known = encoder;
            if (known == null) {
                byte[] model = resource(MODEL);
                byte[] properties = resource(CARD);
                byte[] json = resource(TOKENIZER);
                String digest = Digest.written(resource(DIGEST), model, properties, json);
                known = new Encoder(model, properties, json, digest, Outputs.STATES);
                encoder = known;
            }
            return known;
        }
    }

    static byte[] resource(String name) {
        try (InputStream in = Encoder.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "encoder: `%s` is not on the class path".formatted(name));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("encoder: `%s`".formatted(name), e);
        }
    }
}
