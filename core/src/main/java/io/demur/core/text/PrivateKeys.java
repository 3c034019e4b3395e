package io.demur.core.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds where a private key in PEM form ends, in one look at each character. */
final class PrivateKeys {

    private static final Pattern END = Pattern.compile("-----END [A-Z ]{0,30}PRIVATE KEY-----");

    /** As many of base 64's characters together are a key's, and no word. */
    private static final int RUN_MIN = 40;

    private PrivateKeys() {}

    /**
     * Where the key ends whose first line was found: behind its last line, or where the text breaks
     * off. What has neither is one only where it looks like it.
     *
     * @return -1 where it is none
     */
    static int end(String text, int start, int header) {
        int at = header;
        int run = 0;
        int longest = 0;
        while (at < text.length() && isKey(text.charAt(at)) && !text.startsWith("-----", at)) {
            run = isBase64(text.charAt(at)) ? run + 1 : 0;
            longest = Math.max(longest, run);
            at++;
        }
        if (at == text.length()) {
            return at;
        }
        Matcher last = END.matcher(text).region(at, text.length());
        if (last.lookingAt()) {
            return last.end();
        }
        return longest >= RUN_MIN ? at : -1;
    }

    /** What lies between the lines, that of its header and of a line's end in JSON included. */
    private static boolean isKey(char c) {
        return isBase64(c) || Character.isWhitespace(c) || ":,-\\".indexOf(c) >= 0;
    }

    private static boolean isBase64(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || "+/=".indexOf(c) >= 0;
    }
}
