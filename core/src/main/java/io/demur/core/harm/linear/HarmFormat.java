package io.demur.core.harm.linear;

import io.demur.core.detect.linear.Layer;
import io.demur.core.detect.linear.Net;
import io.demur.core.detect.linear.WeightFile;

import java.nio.ByteBuffer;

/** A {@link HarmModel} as bytes, in the shell of a {@link WeightFile}. */
public final class HarmFormat {

    private static final WeightFile FILE = new WeightFile("harm judge", 0x444D4852, 1); // DMHR

    private HarmFormat() {}

    /**
     * What bytes hold.
     *
     * @param sha256 64 lower-case hexadecimal digits
     */
    public record Decoded(HarmModel model, String sha256) {}

    /** Writes a model. */
    public static byte[] encode(HarmModel model) {
        int length =
                2 * 4
                        + WeightFile.size(model.words())
                        + WeightFile.size(model.harm())
                        + WeightFile.size(model.effects())
                        + WeightFile.size(model.consequence());
        return FILE.seal(model.version(), length, out -> write(model, out));
    }

    /**
     * Reads a model.
     *
     * @throws IllegalStateException if the bytes are not whole; the message says in what way
     */
    public static Decoded decode(byte[] bytes) {
        return decoded(FILE.open(bytes, HarmFormat::content));
    }

    /** Reads a model that comes with this version, without computing its digest anew. */
    static Decoded decodeShipped(byte[] bytes) {
        return decoded(FILE.openShipped(bytes, HarmFormat::content));
    }

    private static void write(HarmModel model, ByteBuffer out) {
        out.putFloat(model.calibration().shift()).putFloat(model.calibration().slope());
        WeightFile.put(out, model.words());
        WeightFile.put(out, model.harm());
        WeightFile.put(out, model.effects());
        WeightFile.put(out, model.consequence());
    }

    private record Content(
            Platt calibration, Layer words, Net harm, Layer effects, Net consequence) {}

    private static Content content(ByteBuffer in) {
        return new Content(
                new Platt(in.getFloat(), in.getFloat()),
                WeightFile.layer(in),
                WeightFile.net(in, Pool.SIZE),
                WeightFile.layer(in),
                WeightFile.net(in, Pool.SIZE));
    }

    private static Decoded decoded(WeightFile.Opened<Content> opened) {
        Content c = opened.model();
        try {
            return new Decoded(
                    new HarmModel(
                            opened.version(),
                            c.words(),
                            c.harm(),
                            c.effects(),
                            c.consequence(),
                            c.calibration()),
                    opened.sha256());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("weights of the harm judge: damaged", e);
        }
    }
}
