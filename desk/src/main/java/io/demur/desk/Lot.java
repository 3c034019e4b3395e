package io.demur.desk;

import io.demur.record.keys.Pseudonyms;

import java.nio.charset.StandardCharsets;

/**
 * Draws by a keyed hash of an id: the same each time, and told beforehand by nobody who has not the
 * key. Immutable.
 */
public record Lot(Pseudonyms key) {

    /** Of 64 hexadecimal digits so many make a number that a double holds exactly. */
    private static final int DIGITS = 13;

    private static final double ALL = 0x1p52;

    /**
     * Whether the lot falls on something.
     *
     * @param use what is drawn: lots for different uses are independent
     * @param share of all ids, 0 to 1
     */
    public boolean isOn(String use, String id, double share) {
        return number(use, id) < share * ALL;
    }

    /**
     * One of some, each as likely as the others.
     *
     * @param count how many there are, from 1
     */
    public int one(String use, String id, int count) {
        return Math.floorMod(number(use, id), count);
    }

    private long number(String use, String id) {
        byte[] text = "demur lot %s %s".formatted(use, id).getBytes(StandardCharsets.UTF_8);
        return Long.parseLong(key.of(text).substring(0, DIGITS), 16);
    }
}
