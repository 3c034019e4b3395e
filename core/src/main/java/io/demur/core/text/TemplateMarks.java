package io.demur.core.text;

/**
 * The marks that chat templates leave around a reply: {@code <s>}, {@code [/s]}, {@code
 * <|im_start|>assistant}. They are no part of what was said.
 */
final class TemplateMarks {

    private static final int LENGTH_MAX = 24;
    private static final String ROLE = "assistant\n";
    private static final String END = "[/s]";

    private TemplateMarks() {}

    /** Where the text begins after marks that open it; 0 where none do. */
    static int begin(String text) {
        int at = skipSpace(text, 0);
        int begin = 0;
        int mark = after(text, at);
        while (mark > at) {
            begin = mark;
            at = skipSpace(text, mark);
            mark = after(text, at);
        }
        return begin;
    }

    /** Where the text ends before an end mark in brackets; its length where there is none. */
    static int end(String text) {
        int end = text.length();
        while (end > 0 && Chars.isSpace(text.charAt(end - 1))) {
            end--;
        }
        boolean marked = text.startsWith(END, end - END.length());
        return marked ? end - END.length() : text.length();
    }

    /** The index after a mark that begins at {@code at}, or {@code at}. */
    private static int after(String text, int at) {
        for (String mark : new String[] {"<s>", "[s]"}) {
            if (text.startsWith(mark, at)) {
                return at + mark.length();
            }
        }
        if (text.startsWith("<|", at)) {
            int close = text.indexOf("|>", at, Math.min(text.length(), at + LENGTH_MAX));
            if (close > 0) {
                int end = close + 2;
                return text.startsWith(ROLE, end) ? end + ROLE.length() : end;
            }
        }
        return at;
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && Chars.isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
