package io.demur.encoder;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Names further outputs of a model. An ONNX file is one protocol buffer, and in those a message
 * that stands there twice is the two joined; so what is added can simply be written behind it. The
 * outputs that were there stay the first, and give the same numbers.
 */
final class Outputs {

    /** Where the shipped encoder knows what a text is about: the states after layers 5 and 7. */
    static final List<String> STATES =
            List.of(
                    "/blocks.4/last_norm/LayerNormalization_output_0",
                    "/blocks.6/last_norm/LayerNormalization_output_0");

    /** {@code ModelProto.graph}, {@code GraphProto.output}, {@code ValueInfoProto.name, type}. */
    private static final int GRAPH = 7;

    private static final int OUTPUT = 12;
    private static final int NAME = 1;
    private static final int TYPE = 2;

    /** {@code TypeProto.tensor_type} with an {@code elem_type} of FLOAT, and no shape. */
    private static final byte[] FLOATS = {0x0a, 0x02, 0x08, 0x01};

    private static final int BYTES = 2;
    private static final int SEVEN = 7;
    private static final int LOW = 0x7f;
    private static final int MORE = 0x80;

    private Outputs() {}

    /** The model with some of its inner values among the outputs. */
    static byte[] added(byte[] model, List<String> names) {
        if (names.isEmpty()) {
            return model;
        }
        ByteArrayOutputStream outputs = new ByteArrayOutputStream();
        for (String name : names) {
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            field(output, NAME, name.getBytes(StandardCharsets.UTF_8));
            field(output, TYPE, FLOATS);
            field(outputs, OUTPUT, output.toByteArray());
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(model.length + outputs.size() + 16);
        all.writeBytes(model);
        field(all, GRAPH, outputs.toByteArray());
        return all.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] content) {
        number(out, (number << 3) | BYTES);
        number(out, content.length);
        out.writeBytes(content);
    }

    private static void number(ByteArrayOutputStream out, int value) {
        int left = value;
        while (left > LOW) {
            out.write((left & LOW) | MORE);
            left >>>= SEVEN;
        }
        out.write(left);
    }
}
