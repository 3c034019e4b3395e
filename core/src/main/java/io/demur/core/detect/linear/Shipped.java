package io.demur.core.detect.linear;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The weights that come with this version, loaded once and when first asked for. */
public final class Shipped {

    private static final String RESOURCE = "refusal.weights";

    private Shipped() {}

    /**
     * The refusal judge.
     *
     * @throws IllegalStateException if the weights are missing or damaged
     */
    public static ModelFormat.Decoded refusal() {
        return Refusal.WEIGHTS;
    }

    static final class Refusal {

        static final ModelFormat.Decoded WEIGHTS = ModelFormat.decodeShipped(bytes());

        static byte[] bytes() {
            try (InputStream in = Shipped.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException(
                            "weights of the refusal judge: `%s` is not on the class path"
                                    .formatted(RESOURCE));
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException("weights of the refusal judge", e);
            }
        }
    }
}
