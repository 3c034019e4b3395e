package io.demur.core.text;

/** What characters are, as far as cutting a text into sentences goes. */
final class Chars {

    private Chars() {}

    static boolean isStop(char c) {
        if (c < 128) {
            return c == '.' || c == '!' || c == '?';
        }
        return c == '…' || c == '。' || c == '！' || c == '？' || c == '；' || c == '؟' || c == '।'
                || c == '॥' || c == '۔' || c == '።';
    }

    static boolean isSpace(char c) {
        return c <= ' ' || c == 0xA0 || c == 0xFEFF || (c >= 0x2000 && Character.isWhitespace(c));
    }

    static boolean isAsciiWord(char c) {
        return isAsciiLetter(c) || (c >= '0' && c <= '9');
    }

    static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
