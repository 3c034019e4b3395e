package io.demur.core.harm.linear;

import io.demur.core.detect.linear.Layer;
import io.demur.core.detect.linear.Net;
import io.demur.core.detect.linear.WeightFile;

import java.nio.ByteBuffer;

/** An {@link AnswerModel} as bytes, in the shell of a {@link WeightFile}. */
public final class AnswerFormat {

    private static final WeightFile FILE = new WeightFile("answer judge", 0x444D414E, 1); // DMAN

    private AnswerFormat() {}

    /**
     * What bytes hold.
     *
     * @param sha256 64 lower-case hexadecimal digits
     */
    public record Decoded(AnswerModel model, String sha256) {}

    /** Writes a model. */
    public static byte[] encode(AnswerModel model) {
        int length = 2 * 4 + WeightFile.size(model.words()) + WeightFile.size(model.harm());
        return FILE.seal(model.version(), length, out -> write(model, out));
    }

    /**
     * Reads a model.
     *
     * @throws IllegalStateException if the bytes are not whole; the message says in what way
     */
    public static Decoded decode(byte[] bytes) {
        return decoded(FILE.open(bytes, AnswerFormat::content));
    }

    /** Reads a model that comes with this version, without computing its digest anew. */
    static Decoded decodeShipped(byte[] bytes) {
        return decoded(FILE.openShipped(bytes, AnswerFormat::content));
    }

    private static void write(AnswerModel model, ByteBuffer out) {
        out.putFloat(model.calibration().shift()).putFloat(model.calibration().slope());
        WeightFile.put(out, model.words());
        WeightFile.put(out, model.harm());
    }

    private record Content(Platt calibration, Layer words, Net harm) {}

    private static Content content(ByteBuffer in) {
        return new Content(
                new Platt(in.getFloat(), in.getFloat()),
                WeightFile.layer(in),
                WeightFile.net(in, AnswerModel.SIZE));
    }

    private static Decoded decoded(WeightFile.Opened<Content> opened) {
        Content c = opened.model();
        try {
            return new Decoded(
                    new AnswerModel(opened.version(), c.words(), c.harm(), c.calibration()),
                    opened.sha256());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("weights of the answer judge: damaged", e);
        }
    }
}
