package io.demur.core.detect.linear;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * A {@link RefusalModel} as bytes: a mark, the version of the format and the length of all; the
 * model's own version, calibration, layers and nets; a CRC-32C of all this; and last the SHA-256 of
 * everything before it, which is also the identity of the judge.
 *
 * <p>Two sums, because they cost differently: a SHA-256 over the weights takes a fresh process some
 * 50 ms, which every start of the command line would pay. So the weights that ship, whose digest
 * the build checks, are read by the cheap sum, and all others by both.
 */
public final class ModelFormat {

    private static final int MARK = 0x444D5246; // DMRF
    private static final int FORMAT = 1;
    private static final int SUM = 4;
    private static final int DIGEST = 32;
    private static final int ROWS_LOG2_MAX = 22;

    private ModelFormat() {}

    /**
     * What bytes hold.
     *
     * @param sha256 64 lower-case hexadecimal digits
     */
    public record Decoded(RefusalModel model, String sha256) {}

    /** Writes a model. */
    public static byte[] encode(RefusalModel model) {
        int length =
                4 * 4
                        + 4 * 4
                        + size(model.sentences())
                        + size(model.degree())
                        + size(model.manner())
                        + size(model.manners())
                        + SUM
                        + DIGEST;
        ByteBuffer out = ByteBuffer.allocate(length);
        out.putInt(MARK).putInt(FORMAT).putInt(length).putInt(model.version());
        Calibration c = model.calibration();
        out.putFloat(c.shift()).putFloat(c.slope()).putFloat(c.fullShift()).putFloat(c.fullSlope());
        put(out, model.sentences());
        put(out, model.degree());
        put(out, model.manner());
        put(out, model.manners());
        byte[] bytes = out.array();
        out.putInt(sum(bytes));
        out.put(digest(bytes, length - DIGEST));
        return bytes;
    }

    /**
     * Reads a model.
     *
     * @throws IllegalStateException if the bytes are not whole; the message says in what way
     */
    public static Decoded decode(byte[] bytes) {
        Decoded decoded = decodeShipped(bytes);
        byte[] digest = digest(bytes, bytes.length - DIGEST);
        require(
                decoded.sha256().equals(HexFormat.of().formatHex(digest)),
                "their digest does not match their content");
        return decoded;
    }

    /** Reads a model that comes with this version, without computing its digest anew. */
    static Decoded decodeShipped(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            require(
                    bytes.length > 4 * 4 + SUM + DIGEST && in.getInt() == MARK,
                    "these bytes are none");
            int format = in.getInt();
            require(
                    format == FORMAT,
                    "format `%d`, this version reads `%d`".formatted(format, FORMAT));
            int length = in.getInt();
            require(
                    length == bytes.length,
                    "`%d` bytes, stated are `%d`".formatted(bytes.length, length));
            int sum = ByteBuffer.wrap(bytes).getInt(length - DIGEST - SUM);
            require(sum == sum(bytes), "their sum does not match their content");
            byte[] stated = Arrays.copyOfRange(bytes, length - DIGEST, length);
            int version = in.getInt();
            Calibration calibration =
                    new Calibration(in.getFloat(), in.getFloat(), in.getFloat(), in.getFloat());
            Layer sentences = layer(in);
            Net degree = net(in);
            Layer manner = layer(in);
            Net manners = net(in);
            return new Decoded(
                    new RefusalModel(version, sentences, degree, manner, manners, calibration),
                    HexFormat.of().formatHex(stated));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IllegalStateException("weights of the refusal judge: damaged", e);
        }
    }

    private static int size(Layer layer) {
        return 4 + layer.table().cells().length + 2 * 4 * Table.COLUMNS;
    }

    private static int size(Net net) {
        int floats = 0;
        for (float[] weights : net.weights()) {
            floats += weights.length;
        }
        return 3 * 4 + 4 * floats;
    }

    private static void put(ByteBuffer out, Layer layer) {
        out.putInt(Integer.numberOfTrailingZeros(layer.table().rows()));
        put(out, layer.scale());
        put(out, layer.bias());
        out.put(layer.table().cells());
    }

    private static void put(ByteBuffer out, Net net) {
        out.putInt(net.inputs).putInt(net.hidden).putInt(net.outputs);
        for (float[] weights : net.weights()) {
            put(out, weights);
        }
    }

    private static void put(ByteBuffer out, float[] values) {
        for (float value : values) {
            out.putFloat(value);
        }
    }

    private static Layer layer(ByteBuffer in) {
        int rowsLog2 = in.getInt();
        require(
                rowsLog2 > 0 && rowsLog2 <= ROWS_LOG2_MAX,
                "table of `2^%d` rows".formatted(rowsLog2));
        float[] scale = floats(in, Table.COLUMNS);
        float[] bias = floats(in, Table.COLUMNS);
        byte[] cells = new byte[(Table.COLUMNS + 1) << rowsLog2];
        in.get(cells);
        return new Layer(new Table(cells), scale, bias);
    }

    private static Net net(ByteBuffer in) {
        int inputs = in.getInt();
        int hidden = in.getInt();
        int outputs = in.getInt();
        require(
                inputs == Pools.SIZE
                        && hidden >= 0
                        && hidden <= RefusalModel.HIDDEN_MAX
                        && outputs > 0
                        && outputs <= Table.COLUMNS,
                "net of `%d` × `%d` × `%d`".formatted(inputs, hidden, outputs));
        Net net = new Net(inputs, hidden, outputs);
        for (float[] weights : net.weights()) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] = in.getFloat();
            }
        }
        return net;
    }

    private static float[] floats(ByteBuffer in, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = in.getFloat();
        }
        return values;
    }

    private static int sum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - DIGEST - SUM);
        return (int) crc.getValue();
    }

    private static byte[] digest(byte[] bytes, int length) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(bytes, 0, length);
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("weights of the refusal judge: " + otherwise);
        }
    }
}
