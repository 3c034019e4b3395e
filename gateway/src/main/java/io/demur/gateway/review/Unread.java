package io.demur.gateway.review;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What of one answer goes out though nobody can read it: the ids of calls of tools, the codes of
 * refusals, and the seals of providers over their reasoning. Each has to look like what it says
 * that it is, and there is only so much of it; whatever else a server puts there stays back. Used
 * by one thread.
 *
 * <p>A seal is base64 of bytes that are no text: Anthropic's signatures over what its models think,
 * and the reasoning that only Anthropic can read. A caller shows them to it again, and they have no
 * other use.
 */
final class Unread {

    /** Far more than any server numbers a call by. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");

    /** Of all ids together, in characters. */
    static final int IDS_MAX = 8_192;

    private static final Pattern SEAL = Pattern.compile("[A-Za-z0-9+/_-]+={0,2}");

    private static final int SEAL_MAX = 1 << 16;

    /** Of all seals together, in characters. */
    static final int SEALS_MAX = 1 << 18;

    /** So many letters in a row, or nearly all of one case, are words that stand close. */
    private static final int RUN = 64;

    private static final int ONE_CASE = 48;

    private int ids;
    private int seals;

    /** Whether it can be nothing but an id. */
    boolean isId(String id) {
        if (!ID.matcher(id).matches() || id.length() > IDS_MAX - ids) {
            return false;
        }
        ids += id.length();
        return true;
    }

    /** Whether it can be nothing but a seal. */
    boolean isSeal(String seal) {
        if (seal.length() > Math.min(SEAL_MAX, SEALS_MAX - seals)
                || !SEAL.matcher(seal).matches()
                || isWords(seal)
                || isText(seal)) {
            return false;
        }
        seals += seal.length();
        return true;
    }

    /** Of bytes that mean nothing, one letter in six is none, and no case prevails. */
    private static boolean isWords(String seal) {
        int letters = 0;
        int upper = 0;
        int lower = 0;
        for (int i = 0; i < seal.length(); i++) {
            char c = seal.charAt(i);
            letters = Character.isLetter(c) ? letters + 1 : 0;
            upper += Character.isUpperCase(c) ? 1 : 0;
            lower += Character.isLowerCase(c) ? 1 : 0;
            if (i >= RUN) {
                char gone = seal.charAt(i - RUN);
                upper -= Character.isUpperCase(gone) ? 1 : 0;
                lower -= Character.isLowerCase(gone) ? 1 : 0;
            }
            if (letters >= RUN || upper > ONE_CASE || lower > ONE_CASE) {
                return true;
            }
        }
        return false;
    }

    private static boolean isText(String seal) {
        String plain = seal.replace('-', '+').replace('_', '/').replace("=", "");
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(plain);
        } catch (IllegalArgumentException e) {
            return true; // no base64 at all
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .chars()
                    .noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
