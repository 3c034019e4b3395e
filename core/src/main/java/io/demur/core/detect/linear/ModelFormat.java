package io.demur.core.detect.linear;

import java.nio.ByteBuffer;

/**
 * A {@link RefusalModel} as bytes: calibration, layers and nets in the shell of a {@link
 * WeightFile}.
 */
public final class ModelFormat {

    private static final WeightFile FILE = new WeightFile("refusal judge", 0x444D5246, 1); // DMRF

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
                        + WeightFile.size(model.sentences())
                        + WeightFile.size(model.degree())
                        + WeightFile.size(model.manner())
                        + WeightFile.size(model.manners());
        return FILE.seal(model.version(), length, out -> write(model, out));
    }

    /**
     * Reads a model.
     *
     * @throws IllegalStateException if the bytes are not whole; the message says in what way
     */
    public static Decoded decode(byte[] bytes) {
        return decoded(FILE.open(bytes, ModelFormat::content));
    }

    /** Reads a model that comes with this version, without computing its digest anew. */
    static Decoded decodeShipped(byte[] bytes) {
        return decoded(FILE.openShipped(bytes, ModelFormat::content));
    }

    private static void write(RefusalModel model, ByteBuffer out) {
        Calibration c = model.calibration();
        out.putFloat(c.shift()).putFloat(c.slope()).putFloat(c.fullShift()).putFloat(c.fullSlope());
        WeightFile.put(out, model.sentences());
        WeightFile.put(out, model.degree());
        WeightFile.put(out, model.manner());
        WeightFile.put(out, model.manners());
    }

    private record Content(
            Calibration calibration, Layer sentences, Net degree, Layer manner, Net manners) {}

    private static Content content(ByteBuffer in) {
        return new Content(
                new Calibration(in.getFloat(), in.getFloat(), in.getFloat(), in.getFloat()),
                WeightFile.layer(in),
                net(in),
                WeightFile.layer(in),
                net(in));
    }

    private static Net net(ByteBuffer in) {
        Net net = WeightFile.net(in, Pools.SIZE);
        if (net.hidden > RefusalModel.HIDDEN_MAX || net.outputs > Table.COLUMNS) {
            throw new IllegalArgumentException(
                    "net of `%d` × `%d` × `%d`".formatted(net.inputs, net.hidden, net.outputs));
        }
        return net;
    }

    private static Decoded decoded(WeightFile.Opened<Content> opened) {
        Content c = opened.model();
        return new Decoded(
                new RefusalModel(
                        opened.version(),
                        c.sentences(),
                        c.degree(),
                        c.manner(),
                        c.manners(),
                        c.calibration()),
                opened.sha256());
    }
}
