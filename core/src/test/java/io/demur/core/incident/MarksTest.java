package io.demur.core.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** Bits for hashes. */
class MarksTest {

    @Test
    void whatIsMarkedIsFoundAndOfTheRestWhatEndsInTheSameBits() {
        Property.check(
                200,
                gen -> {
                    int count = 64 << gen.between(0, 6);
                    int[] hashes = new int[gen.between(0, 40)];
                    Arrays.setAll(hashes, i -> gen.between(Integer.MIN_VALUE / 2, 1 << 29));
                    Marks marks = new Marks(hashes, count);
                    for (int hash : hashes) {
                        assertTrue(marks.mayHave(hash));
                        assertTrue(marks.mayHave(hash + count));
                    }
                    for (int i = 0; i < count; i++) {
                        int other = i;
                        boolean same =
                                Arrays.stream(hashes)
                                        .anyMatch(it -> Math.floorMod(it, count) == other);
                        assertEquals(same, marks.mayHave(i));
                    }
                });
    }

    @Test
    void ofNoneNoneIsFound() {
        assertFalse(new Marks(new int[0], 64).mayHave(0));
    }

    @Test
    void thereIsAPowerOfTwoOfThem() {
        for (int count : new int[] {0, 32, 65, 96, -64}) {
            assertThrows(IllegalArgumentException.class, () -> new Marks(new int[0], count));
        }
    }
}
