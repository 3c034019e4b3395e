package io.demur.core.detect.linear;

import java.util.Arrays;

/**
 * Weights of features, {@value #COLUMNS} to each, as bytes beside one another: what one feature
 * says lies in one cache line. A feature has a row only if training gave it one; the sixteenth byte
 * of a row holds eight more bits of the feature's hash, so that features never seen find nothing
 * (but for one in some 130) instead of the weights of others.
 *
 * <p>Not modified once it is in use.
 */
public final class Table {

    /** Weights of one feature. */
    public static final int COLUMNS = 15;

    private static final int WIDTH = 16;

    private final byte[] cells;
    private final int mask;

    /** A table over cells as they were written: a power of two of rows, 16 bytes each. */
    public Table(byte[] cells) {
        int rows = cells.length / WIDTH;
        if (rows < 2 || Integer.bitCount(rows) != 1 || rows * WIDTH != cells.length) {
            throw new IllegalArgumentException("`%d` bytes are no table".formatted(cells.length));
        }
        this.cells = cells;
        this.mask = rows - 1;
    }

    /** How many rows. */
    public int rows() {
        return mask + 1;
    }

    byte[] cells() {
        return cells;
    }

    /** The row of a feature, or -1. */
    public int row(int feature) {
        byte check = check(feature);
        int row = feature & mask;
        if (cells[row * WIDTH + COLUMNS] == check) {
            return row;
        }
        row ^= 1;
        return cells[row * WIDTH + COLUMNS] == check ? row : -1;
    }

    /** Gives a feature a row, if one of its two is free; -1 if not. For the trainer. */
    public int claim(int feature) {
        int found = row(feature);
        if (found >= 0) {
            return found;
        }
        int row = feature & mask;
        if (cells[row * WIDTH + COLUMNS] != 0) {
            row ^= 1;
        }
        if (cells[row * WIDTH + COLUMNS] != 0) {
            return -1;
        }
        cells[row * WIDTH + COLUMNS] = check(feature);
        return row;
    }

    /** Sets one weight. For the trainer. */
    public void set(int row, int column, byte weight) {
        cells[row * WIDTH + column] = weight;
    }

    /**
     * Adds up the rows of {@code features[from..to)} into {@code sums}; gives how many were found.
     */
    int sum(int[] features, int from, int to, int[] sums) {
        Arrays.fill(sums, 0);
        int found = 0;
        byte[] c = cells;
        for (int i = from; i < to; i++) {
            int row = row(features[i]);
            if (row >= 0) {
                found++;
                int at = row * WIDTH;
                for (int k = 0; k < COLUMNS; k++) {
                    sums[k] += c[at + k];
                }
            }
        }
        return found;
    }

    private static byte check(int feature) {
        byte check = (byte) (feature >>> 24);
        return check == 0 ? 1 : check;
    }
}
