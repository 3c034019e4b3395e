package io.demur.core.detect.linear;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * The shell of every file of weights: a mark, the version of the format and the length of all; the
 * model's own version and its content; a CRC-32C of all this; and last the SHA-256 of everything
 * before it, which is also the identity of the judge.
 *
 * <p>Two sums, because they cost differently: a SHA-256 over the weights takes a fresh process some
 * 50 ms, which every start of the command line would pay. So the weights that ship, whose digest
 * the build checks, are read by the cheap sum, and all others by both.
 *
 * @param judge whose weights they are, for messages, such as {@code refusal judge}
 * @param mark first four bytes
 * @param format version of the format, counted up when the content is laid out anew
 */
public record WeightFile(String judge, int mark, int format) {

    private static final int HEAD = 4 * 4;
    private static final int SUM = 4;
    private static final int DIGEST = 32;
    private static final int ROWS_LOG2_MAX = 22;
    private static final int NET_MAX = 4096;

    /**
     * What a file holds.
     *
     * @param model made from the content
     * @param version the model's own
     * @param sha256 64 lower-case hexadecimal digits
     */
    public record Opened<M>(M model, int version, String sha256) {}

    /**
     * Makes the bytes of a file.
     *
     * @param version the model's own
     * @param length bytes of the content
     * @param content writes exactly so many
     */
    public byte[] seal(int version, int length, Consumer<ByteBuffer> content) {
        int whole = HEAD + length + SUM + DIGEST;
        ByteBuffer out = ByteBuffer.allocate(whole);
        out.putInt(mark).putInt(format).putInt(whole).putInt(version);
        content.accept(out);
        byte[] bytes = out.array();
        out.putInt(sum(bytes));
        out.put(digest(bytes, whole - DIGEST));
        return bytes;
    }

    /**
     * Reads a file.
     *
     * @param content reads what {@link #seal} was given to write; says {@link
     *     IllegalArgumentException} of what is wrong
     * @throws IllegalStateException if the bytes are not whole; the message says in what way
     */
    public <M> Opened<M> open(byte[] bytes, Function<ByteBuffer, M> content) {
        Opened<M> opened = openShipped(bytes, content);
        byte[] digest = digest(bytes, bytes.length - DIGEST);
        require(
                opened.sha256().equals(HexFormat.of().formatHex(digest)),
                "their digest does not match their content");
        return opened;
    }

    /** Reads a file that comes with this version, without computing its digest anew. */
    public <M> Opened<M> openShipped(byte[] bytes, Function<ByteBuffer, M> content) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            require(
                    bytes.length > HEAD + SUM + DIGEST && in.getInt() == mark,
                    "these bytes are none");
            int found = in.getInt();
            require(
                    found == format,
                    "format `%d`, this version reads `%d`".formatted(found, format));
            int length = in.getInt();
            require(
                    length == bytes.length,
                    "`%d` bytes, stated are `%d`".formatted(bytes.length, length));
            int sum = ByteBuffer.wrap(bytes).getInt(length - DIGEST - SUM);
            require(sum == sum(bytes), "their sum does not match their content");
            byte[] stated = Arrays.copyOfRange(bytes, length - DIGEST, length);
            int version = in.getInt();
            return new Opened<>(content.apply(in), version, HexFormat.of().formatHex(stated));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IllegalStateException("weights of the " + judge + ": damaged", e);
        }
    }

    /** Bytes of a layer. */
    public static int size(Layer layer) {
        return 4 + layer.table().cells().length + 2 * 4 * Table.COLUMNS;
    }

    /** Bytes of a net. */
    public static int size(Net net) {
        int floats = 0;
        for (float[] weights : net.weights()) {
            floats += weights.length;
        }
        return 3 * 4 + 4 * floats;
    }

    /** Writes a layer. */
    public static void put(ByteBuffer out, Layer layer) {
        out.putInt(Integer.numberOfTrailingZeros(layer.table().rows()));
        put(out, layer.scale());
        put(out, layer.bias());
        out.put(layer.table().cells());
    }

    /** Writes a net. */
    public static void put(ByteBuffer out, Net net) {
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

    /** Reads a layer. */
    public static Layer layer(ByteBuffer in) {
        int rowsLog2 = in.getInt();
        check(rowsLog2 > 0 && rowsLog2 <= ROWS_LOG2_MAX, "table of `2^%d` rows", rowsLog2);
        float[] scale = floats(in, Table.COLUMNS);
        float[] bias = floats(in, Table.COLUMNS);
        byte[] cells = new byte[(Table.COLUMNS + 1) << rowsLog2];
        in.get(cells);
        return new Layer(new Table(cells), scale, bias);
    }

    /** Reads a net of so many inputs. */
    public static Net net(ByteBuffer in, int inputs) {
        int found = in.getInt();
        int hidden = in.getInt();
        int outputs = in.getInt();
        check(
                found == inputs
                        && hidden >= 0
                        && hidden <= NET_MAX
                        && outputs > 0
                        && outputs <= NET_MAX,
                "net of `%d` × `%d` × `%d`",
                found,
                hidden,
                outputs);
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

    private static void check(boolean holds, String otherwise, Object... found) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise.formatted(found));
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("weights of the " + judge + ": " + otherwise);
        }
    }
}
