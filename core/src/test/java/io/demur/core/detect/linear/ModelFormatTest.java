package io.demur.core.detect.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class ModelFormatTest {

    private static final byte[] SMALL = ModelFormat.encode(small());

    @Test
    void writesWhatItReads() {
        assertArrayEquals(SMALL, ModelFormat.encode(ModelFormat.decode(SMALL).model()));
        assertEquals(3, ModelFormat.decode(SMALL).model().version());
        assertEquals(64, ModelFormat.decode(SMALL).sha256().length());
    }

    @Test
    void findsAnyFlippedByteAndAnyCut() {
        Property.check(
                200,
                gen -> {
                    byte[] bytes = SMALL.clone();
                    bytes[gen.between(0, bytes.length - 1)] ^= (byte) (1 << gen.between(0, 7));
                    refuses(bytes);
                    refuses(Arrays.copyOf(SMALL, gen.between(0, SMALL.length - 1)));
                });
    }

    @Test
    void theDigestOfTheShippedWeightsIsTheStatedOne() {
        assertEquals(
                Shipped.refusal().sha256(), ModelFormat.decode(Shipped.Refusal.bytes()).sha256());
    }

    @Test
    void anotherCalibrationIsAnotherJudge() {
        RefusalModel other = small().with(new Calibration(0.5f, 1, 0, 1));
        String before = ModelFormat.decode(SMALL).sha256();
        assertTrue(!before.equals(ModelFormat.decode(ModelFormat.encode(other)).sha256()));
    }

    private static void refuses(byte[] bytes) {
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> ModelFormat.decode(bytes));
        assertTrue(String.valueOf(e.getMessage()).startsWith("weights of the refusal judge: "));
    }

    private static RefusalModel small() {
        Table table = new Table(new byte[16 << 4]);
        table.set(table.claim(0x12345678), 2, (byte) 5);
        float[] ones = new float[Table.COLUMNS];
        Arrays.fill(ones, 1);
        Layer layer = new Layer(table, ones, ones);
        return new RefusalModel(
                3,
                layer,
                new Net(Pools.SIZE, 2, 3),
                layer,
                new Net(Pools.SIZE, 0, RefusalModel.MANNERS),
                Calibration.NONE);
    }
}
