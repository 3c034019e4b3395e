package io.demur.encoder;

import java.nio.ByteBuffer;

/** Numbers that a file of weights holds as 32-bit floats, one behind the other. */
final class Floats {

    private Floats() {}

    static double[][] rows(ByteBuffer in, int count, int length) {
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = row(in, length);
        }
        return rows;
    }

    static double[] row(ByteBuffer in, int length) {
        double[] row = new double[length];
        for (int i = 0; i < length; i++) {
            row[i] = in.getFloat();
        }
        return row;
    }
}
