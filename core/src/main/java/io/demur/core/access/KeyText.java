package io.demur.core.access;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/**
 * A key as its holder has it: {@code dmr_<id>_<secret><checksum>}, of letters and digits.
 *
 * <p>The checksum is no protection; it tells a key that was mistyped or cut off from one that is
 * not known, and a program that looks for secrets in files a key from what merely looks like one.
 */
public final class KeyText {

    /** What every key begins with. */
    public static final String PREFIX = "dmr_";

    /** How long an id is: 59 random bits, so that no two keys of an installation share one. */
    public static final int ID_LENGTH = 10;

    /** How long a secret is: 190 random bits. */
    public static final int SECRET_LENGTH = 32;

    private static final int CHECKSUM_LENGTH = 6;
    private static final int SECRET_AT = PREFIX.length() + ID_LENGTH + 1;
    private static final int CHECKSUM_AT = SECRET_AT + SECRET_LENGTH;

    /** How long a key is. */
    public static final int LENGTH = CHECKSUM_AT + CHECKSUM_LENGTH;

    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final String text;

    private KeyText(String text) {
        this.text = text;
    }

    /** What is wrong with a text that is no key. */
    public enum Fault {
        EMPTY("no key was given"),
        PREFIX("a key begins with `dmr_`"),
        LENGTH("a key has 53 characters: it was cut off, or something was added"),
        SHAPE("a key is `dmr_`, ten letters and digits, `_`, and 38 more letters and digits"),
        CHECKSUM("the key's checksum is wrong: it was mistyped or changed");

        private final String words;

        Fault(String words) {
            this.words = words;
        }

        /** A sentence for whoever has the key; it repeats nothing of it. */
        public String words() {
            return words;
        }
    }

    /** What a text turned out to be. */
    public sealed interface Reading {
        record Sound(KeyText key) implements Reading {}

        record Faulty(Fault fault) implements Reading {}
    }

    /**
     * A new key.
     *
     * @param random not to be guessed: {@link java.security.SecureRandom}
     */
    public static KeyText random(RandomGenerator random) {
        StringBuilder text = new StringBuilder(LENGTH).append(PREFIX);
        digits(text, random, ID_LENGTH);
        text.append('_');
        digits(text, random, SECRET_LENGTH);
        return new KeyText(text + checksum(text.toString()));
    }

    /** Reads a text; whether anybody has such a key is another question. */
    public static Reading read(String text) {
        if (text.isEmpty()) {
            return new Reading.Faulty(Fault.EMPTY);
        }
        if (!text.startsWith(PREFIX)) {
            return new Reading.Faulty(Fault.PREFIX);
        }
        if (text.length() != LENGTH) {
            return new Reading.Faulty(Fault.LENGTH);
        }
        for (int i = PREFIX.length(); i < LENGTH; i++) {
            char c = text.charAt(i);
            if (i == SECRET_AT - 1 ? c != '_' : !isDigit(c)) {
                return new Reading.Faulty(Fault.SHAPE);
            }
        }
        if (!checksum(text.substring(0, CHECKSUM_AT)).equals(text.substring(CHECKSUM_AT))) {
            return new Reading.Faulty(Fault.CHECKSUM);
        }
        return new Reading.Sound(new KeyText(text));
    }

    /** Which key it is; no secret. */
    public String id() {
        return text.substring(PREFIX.length(), SECRET_AT - 1);
    }

    /** All of it, for the one time that it is shown. */
    public String text() {
        return text;
    }

    /** What is kept of it. */
    public KeyHash hash() {
        return KeyHash.of(text);
    }

    /** Names the key, never shows it. */
    @Override
    public String toString() {
        return PREFIX + id() + "_…";
    }

    private static boolean isDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static void digits(StringBuilder to, RandomGenerator random, int count) {
        for (int i = 0; i < count; i++) {
            to.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
    }

    private static String checksum(String before) {
        CRC32 crc = new CRC32();
        crc.update(before.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CHECKSUM_LENGTH];
        long rest = crc.getValue();
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }
}
