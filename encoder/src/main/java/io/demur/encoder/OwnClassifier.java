package io.demur.encoder;

import ai.onnxruntime.OrtException;

import io.demur.core.JudgeId;
import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.SecondJudge;
import io.demur.core.harm.HarmPredictor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A user's own classifier: a BERT-like ONNX model that takes {@code input_ids}, {@code
 * attention_mask} and, where it has one, {@code token_type_ids}, and gives log-odds {@code [rows,
 * n]}; with the {@code tokenizer.json} it was trained with. One of its labels is the positive one.
 *
 * <p>{@link #harm} and {@link #refusal} make judges of it. Safe for use by several threads.
 */
public final class OwnClassifier implements AutoCloseable {

    /** More tokens than this are not judged at once. */
    public static final int TOKENS_MAX = 512;

    private static final int TOKENS_MIN = 16;
    private static final int WINDOWS_MAX = 32;
    private static final int CHARACTERS_PER_TOKEN = 16;

    private static final Set<String> NEEDED = Set.of(Session.IDS, Session.MASK);

    /**
     * How a classifier is read.
     *
     * @param name by which its word is known in results, such as {@code our-guard}
     * @param model an ONNX file
     * @param tokenizer its {@code tokenizer.json}
     * @param positive which of its outputs speaks for harm or for refusal, counted from 0; the last
     *     one where that is not said
     * @param temperature log-odds are divided by it; above 0, and 1 to take them as they are
     * @param tokensMax tokens that are judged at once, special ones included; 16 to {@value
     *     #TOKENS_MAX}
     */
    public record Settings(
            String name,
            Path model,
            Path tokenizer,
            OptionalInt positive,
            double temperature,
            int tokensMax) {

        public Settings {
            if (!(temperature > 0) || Double.isInfinite(temperature)) {
                throw new IllegalArgumentException(
                        "temperature `%s` is not above 0".formatted(temperature));
            }
            if (tokensMax < TOKENS_MIN || tokensMax > TOKENS_MAX) {
                throw new IllegalArgumentException(
                        "`%d` tokens is not between %d and %d"
                                .formatted(tokensMax, TOKENS_MIN, TOKENS_MAX));
            }
        }

        /** The usual ones. */
        public static Settings of(String name, Path model, Path tokenizer) {
            return new Settings(name, model, tokenizer, OptionalInt.empty(), 1, TOKENS_MAX);
        }
    }

    /** What came of opening one. */
    public sealed interface Opening {

        /** It can judge. */
        record Opened(OwnClassifier classifier) implements Opening {}

        /** It cannot, and why. */
        record Failed(Problem problem) implements Opening {}
    }

    private final Settings settings;
    private final JudgeId id;
    private final Tokenizer tokenizer;
    private final Session session;
    private final Special special;
    private final Gate gate = new Gate("classifier");

    private OwnClassifier(Settings settings, String digest, Tokenizer tokenizer, Session session) {
        this.settings = settings;
        this.id = new JudgeId(settings.name(), 1, digest);
        this.tokenizer = tokenizer;
        this.session = session;
        special = Special.of(tokenizer);
    }

    /**
     * Opens one, and tries it on as long a text as it is to take.
     *
     * @throws IllegalStateException if the native libraries cannot be loaded
     */
    public static Opening open(Settings settings) {
        Natives.load();
        Path reading = settings.model();
        try {
            byte[] model = Files.readAllBytes(reading);
            reading = settings.tokenizer();
            byte[] json = Files.readAllBytes(reading);
            return open(settings, model, json);
        } catch (NoSuchFileException e) {
            return failed(reading, "file-missing", "there is no such file");
        } catch (IOException e) {
            return failed(reading, "file-unreadable", "cannot be read: " + e.getMessage());
        }
    }

    private static Opening open(Settings settings, byte[] model, byte[] json) {
        Tokenizer tokenizer;
        try {
            tokenizer = new Tokenizer(new String(json, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return failed(
                    settings.tokenizer(),
                    "classifier-tokenizer",
                    "is no `tokenizer.json`: " + e.getMessage());
        }
        Session session;
        try {
            session = new Session(model);
        } catch (OrtException e) {
            tokenizer.close();
            return failed(
                    settings.model(),
                    "classifier-model",
                    "is no ONNX model that can be run: " + e.getMessage());
        }
        String digest = Digest.of(model, json, settingsThatCount(settings));
        OwnClassifier opened = new OwnClassifier(settings, digest, tokenizer, session);
        String wrong = opened.wrong();
        if (!wrong.isEmpty()) {
            opened.close();
            return failed(settings.model(), "classifier-model", wrong);
        }
        return new Opening.Opened(opened);
    }

    private static byte[] settingsThatCount(Settings settings) {
        return "%s %s %d"
                .formatted(settings.positive(), settings.temperature(), settings.tokensMax())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Opening failed(Path file, String code, String message) {
        return new Opening.Failed(Problem.at(Where.file(file.toString()), code, message));
    }

    /** What is wrong with the model; empty where nothing is. */
    private String wrong() {
        if (!session.inputs().containsAll(NEEDED)
                || !Session.INPUTS.containsAll(session.inputs())) {
            return ("takes `%s`; `input_ids`, `attention_mask` and perhaps `token_type_ids`"
                            + " are right")
                    .formatted(String.join("`, `", session.inputs().stream().sorted().toList()));
        }
        long[] plain = tokenizer.of("a ".repeat(settings.tokensMax()));
        try {
            int outputs =
                    session.row(
                                    special.around(
                                            Arrays.copyOf(plain, Math.min(plain.length, room()))))
                            .length;
            int positive = settings.positive().orElse(outputs - 1);
            return outputs > 0 && positive >= 0 && positive < outputs
                    ? ""
                    : "gives %d numbers, and there is no number `%d` among them (counted from 0)"
                            .formatted(outputs, positive);
        } catch (IllegalStateException e) {
            return "fails on a text of %d tokens: %s"
                    .formatted(settings.tokensMax(), e.getMessage());
        }
    }

    private int room() {
        return settings.tokensMax() - special.count();
    }

    /** Who speaks: the digest is over model, tokenizer and what is set of them. */
    public JudgeId id() {
        return id;
    }

    /** What it says of a text. */
    record Word(double p, boolean whole) {}

    /**
     * The positive label's probability, 0 to 1; of a long text that of its worst window. Windows
     * overlap by a quarter; of texts with more than {@value #WINDOWS_MAX} they are spread evenly.
     *
     * @throws IllegalStateException if the model fails, or was closed
     */
    Word word(String text) {
        return gate.through(() -> worst(text));
    }

    private Word worst(String text) {
        int room = room();
        Windows windows = new Windows(room, room - room / 4);
        int charactersMax = WINDOWS_MAX * windows.step() * CHARACTERS_PER_TOKEN;
        boolean cut = text.length() > charactersMax;
        long[] tokens =
                tokenizer.of(Encoder.withoutMarks(cut ? text.substring(0, charactersMax) : text));
        List<long[]> parts = tokens.length == 0 ? List.of(tokens) : windows.of(tokens);
        double worst = 0;
        for (int part : Windows.spread(parts.size(), WINDOWS_MAX)) {
            worst = Math.max(worst, p(session.row(special.around(parts.get(part)))));
        }
        return new Word(worst, !cut && parts.size() <= WINDOWS_MAX);
    }

    /** One number is a log-odd by itself; of several, each is weighed against the others. */
    private double p(float[] odds) {
        int positive = settings.positive().orElse(odds.length - 1);
        double mine = odds[positive] / settings.temperature();
        if (odds.length == 1) {
            return valid(Scores.logistic(mine));
        }
        double sum = 0;
        for (float each : odds) {
            sum += Math.exp(each / settings.temperature() - mine);
        }
        return valid(1 / sum);
    }

    private static double valid(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalStateException("the classifier says `%s`".formatted(p));
        }
        return p;
    }

    /** A judge of requests, whose positive label is harm. */
    public HarmPredictor harm() {
        return new OwnHarm(this);
    }

    /**
     * A second judge of replies, whose positive label is refusal.
     *
     * @param linear tells how a reply refuses that was not seen to before
     */
    public SecondJudge refusal(LinearJudge linear) {
        return new OwnRefusal(this, linear);
    }

    /** Frees the model, once nobody uses it any more. The second time does nothing. */
    @Override
    public void close() {
        gate.close(session, tokenizer);
    }
}
