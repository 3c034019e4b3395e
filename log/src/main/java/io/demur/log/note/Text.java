package io.demur.log.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Reads the pieces that notes, checkpoints and proofs are made of, each in the one form that it can
 * have: what has two spellings could be signed in one and shown in the other.
 */
public final class Text {

    private static final int SHOWN = 80;

    private Text() {}

    /** What is said in an error of text from outside: not more than a line of it. */
    public static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /**
     * Standard base64 (RFC 4648, section 4), padded, with no bits left over.
     *
     * @throws Malformed for any other text
     */
    public static byte[] base64(String text) throws Malformed {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new Malformed("`%s` is not base64".formatted(shown(text)));
        }
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new Malformed("`%s` is not base64 in its one form".formatted(shown(text)));
        }
        return bytes;
    }

    /**
     * A decimal number from 0 to 2^63 - 1, without sign and leading zeros.
     *
     * @throws Malformed for any other text
     */
    public static long decimal(String text) throws Malformed {
        boolean digits =
                !text.isEmpty()
                        && text.length() <= 19
                        && text.chars().allMatch(c -> c >= '0' && c <= '9')
                        && (text.length() == 1 || text.charAt(0) != '0');
        if (digits) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                // above 2^63 - 1
            }
        }
        throw new Malformed("`%s` is not a number from 0 to 2^63 - 1".formatted(shown(text)));
    }

    /**
     * Well-formed UTF-8 as a string.
     *
     * @throws Malformed for any other bytes
     */
    public static String utf8(byte[] bytes) throws Malformed {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("not UTF-8");
        }
    }
}
