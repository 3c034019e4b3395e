package io.demur.encoder;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The encoder of this version, for tests that need one. */
final class Model {

    private Model() {}

    /** Skips the test, with a line that says so, where this version has none. */
    static Encoder require() {
        if (!Encoder.isShipped()) {
            System.out.println("SKIPPED: encoder.onnx is not among the resources");
        }
        assumeTrue(Encoder.isShipped(), "encoder.onnx is not among the resources");
        return Encoder.shipped();
    }
}
