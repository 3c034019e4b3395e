package io.demur.core.harm.linear;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The weights that come with this version, each loaded once and when first asked for. */
public final class Shipped {

    private static final String HARM = "harm.weights";
    private static final String ANSWER = "answer.weights";

    private Shipped() {}

    /**
     * The judge of requests.
     *
     * @throws IllegalStateException if the weights are missing or damaged
     */
    public static HarmFormat.Decoded harm() {
        return Harm.WEIGHTS;
    }

    /**
     * The judge of answers.
     *
     * @throws IllegalStateException if the weights are missing or damaged
     */
    public static AnswerFormat.Decoded answer() {
        return Answer.WEIGHTS;
    }

    static byte[] harmBytes() {
        return bytes(HARM);
    }

    static byte[] answerBytes() {
        return bytes(ANSWER);
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Shipped.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("`%s` is not on the class path".formatted(name));
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("weights of `%s`".formatted(name), e);
        }
    }

    private static final class Harm {
        static final HarmFormat.Decoded WEIGHTS = HarmFormat.decodeShipped(harmBytes());
    }

    private static final class Answer {
        static final AnswerFormat.Decoded WEIGHTS = AnswerFormat.decodeShipped(answerBytes());
    }
}
