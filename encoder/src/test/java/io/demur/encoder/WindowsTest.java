package io.demur.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

class WindowsTest {

    private static final Windows WINDOWS = new Windows(10, 6);

    @Test
    void everyStretchNoLongerThanTheOverlapLiesWholeInOneWindow() {
        for (int length = 1; length < 60; length++) {
            for (int start = 0; start < length; start++) {
                int end = Math.min(length, start + 4);
                int from = start;
                assertTrue(
                        IntStream.range(0, WINDOWS.count(length))
                                .anyMatch(k -> k * 6 <= from && end <= k * 6 + 10),
                        "%d..%d of %d".formatted(start, end, length));
            }
        }
    }

    @Test
    void noWindowIsSuperfluous() {
        assertEquals(0, WINDOWS.count(0));
        assertEquals(1, WINDOWS.count(10));
        assertEquals(2, WINDOWS.count(11));
        assertEquals(2, WINDOWS.count(16));
        assertEquals(3, WINDOWS.count(17));
    }

    @Test
    void settledWindowsOfABeginningAreWindowsOfTheWhole() {
        String text = "a👍".repeat(20);
        for (int end = 1; end <= text.length(); end++) {
            for (int k = 0; k < WINDOWS.complete(end - 1); k++) {
                assertEquals(
                        WINDOWS.of(text, k), WINDOWS.of(text.substring(0, end), k), "to " + end);
            }
        }
    }

    @Test
    void noCharacterIsCutInTwo() {
        String text = "👍".repeat(30);
        for (int k = 0; k < WINDOWS.count(text.length()); k++) {
            String window = WINDOWS.of(text, k);
            assertTrue(window.codePoints().allMatch(c -> c == 0x1F44D), window);
        }
    }

    @Test
    void tokensAreCutTheSameWay() {
        long[] tokens = IntStream.range(0, 13).asLongStream().toArray();
        assertEquals(2, WINDOWS.of(tokens).size());
        assertArrayEquals(new long[] {6, 7, 8, 9, 10, 11, 12}, WINDOWS.of(tokens).get(1));
    }

    @Test
    void aSpreadHasBothEnds() {
        assertArrayEquals(new int[] {0, 1, 2}, Windows.spread(3, 5));
        assertArrayEquals(new int[] {0, 50, 100}, Windows.spread(101, 3));
        assertArrayEquals(new int[] {0}, Windows.spread(9, 1));
        assertArrayEquals(new int[0], Windows.spread(0, 5));
        assertArrayEquals(new int[0], Windows.spread(5, 0));
    }
}
