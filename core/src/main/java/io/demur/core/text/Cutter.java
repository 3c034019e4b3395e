package io.demur.core.text;

import io.demur.core.text.Sentence.Shape;

import java.util.Locale;
import java.util.Set;

/**
 * One pass over a text that finds its sentences. Works line by line, because markdown does, and
 * carries an open sentence over a line break only where the next line goes on in lower case.
 */
final class Cutter {

    /** A sentence is cut at the next space after so many characters, */
    private static final int LENGTH_SOFT = 600;

    /** and wherever it is after so many; this keeps texts without a full stop bounded. */
    private static final int LENGTH_HARD = 800;

    /** In how many characters a writer who uses capitals will have used one. */
    private static final int CAPITALS_WITHIN = 400;

    private static final int TAG_MAX = 16;
    private static final int CLOSERS_MAX = 8;
    private static final int LABEL_LENGTH_MAX = 32;
    private static final int ABBREVIATION_LENGTH_MAX = 6;

    private static final Set<String> ABBREVIATIONS =
            Set.of(
                    "mr", "mrs", "ms", "dr", "prof", "st", "vs", "e.g", "i.e", "eg", "ie", "cf",
                    "fig", "approx", "dept", "jr", "sr", "al", "z.b", "bzw", "ca", "nr", "sra",
                    "d.h", "u.s");

    private static final Set<String> PERSONAS =
            Set.of(
                    "dan",
                    "chatgpt",
                    "gpt",
                    "aim",
                    "classic",
                    "jailbreak",
                    "assistant",
                    "ai",
                    "bot");

    private final String text;
    private final Sentences out;

    private int open = -1;
    private int openEnd;
    private boolean openHasWord;
    private boolean paragraph = true;
    private Shape shape = Shape.PROSE;
    private boolean fenced;
    private boolean fencedCode;
    private final boolean lowAlone;

    Cutter(String text, Sentences out) {
        this.text = text;
        this.out = out;
        lowAlone = isLowAlone(text);
    }

    /** Whether its beginning has no capitals, so that a small letter does not go on a sentence. */
    private static boolean isLowAlone(String text) {
        for (int i = 0; i < Math.min(CAPITALS_WITHIN, text.length()); i++) {
            if (Character.isUpperCase(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    void cut() {
        int length = TemplateMarks.end(text);
        int at = TemplateMarks.begin(text);
        int close = text.indexOf("</think", at);
        int begin = text.indexOf("<think", at);
        while (begin >= 0 || close >= 0) {
            // some templates swallow the opening mark: all before the closing one is reasoning
            int from = begin >= 0 && (close < 0 || begin < close) ? begin : at;
            lines(at, from);
            int mark = close < 0 ? -1 : text.indexOf('>', close, Math.min(length, close + TAG_MAX));
            int to = close < 0 ? length : mark < 0 ? close + "</think".length() : mark + 1;
            if (to > from) {
                out.add(from, to, Shape.THOUGHT, true);
            }
            at = to;
            close = close < 0 ? -1 : text.indexOf("</think", at);
            begin = begin < 0 || begin >= at ? begin : text.indexOf("<think", at);
        }
        lines(at, length);
    }

    private void lines(int from, int to) {
        int at = from;
        while (at < to) {
            int end = text.indexOf('\n', at, to);
            if (end < 0) {
                end = to;
            }
            line(at, end);
            at = end + 1;
        }
        close();
        paragraph = true;
        fenced = false;
    }

    private void line(int from, int to) {
        int at = skipSpace(from, to);
        if (at == to) {
            close();
            paragraph = true;
            return;
        }
        if (text.startsWith("```", at) || text.startsWith("~~~", at)) {
            fence(at, to);
            return;
        }
        if (fenced && (fencedCode || !readsAsProse(at, to))) {
            code(at, to);
            return;
        }
        Shape before = shape;
        int body = marks(at, to);
        boolean marked = body != at;
        if (body < to) {
            body = label(body, to);
        }
        if (body == to) {
            close();
            return;
        }
        boolean goesOn = open >= 0 && !marked && before != Shape.CODE && startsLow(body);
        if (goesOn) {
            shape = before;
        } else {
            Shape next = shape;
            shape = before;
            close();
            shape = next;
        }
        sentences(body, to);
    }

    private void fence(int at, int to) {
        close();
        int rest = skipSpace(at + 3, to);
        if (rest < to && text.substring(rest, to).contains("```")) {
            code(at, to); // opened and closed on one line
            return;
        }
        fenced = !fenced;
        fencedCode =
                fenced
                        && rest < to
                        && !text.startsWith("text", rest)
                        && !text.startsWith("markdown", rest);
        close();
    }

    private void code(int at, int to) {
        if (open < 0 || shape != Shape.CODE || to - open > LENGTH_HARD) {
            close();
            shape = Shape.CODE;
            open = at;
            openHasWord = true;
        }
        int end = at;
        for (int i = at; i < to; i++) {
            end = i + 1;
            if (i - open >= LENGTH_HARD && !splitsPair(i + 1)) {
                openEnd = end;
                close();
                shape = Shape.CODE;
                open = i + 1;
                openHasWord = true;
            }
        }
        openEnd = Math.max(end, open);
        if (openEnd <= open) {
            open = -1;
        }
    }

    /** Skips what marks a list item, a heading or a quote, and sets the shape it stands for. */
    private int marks(int from, int to) {
        shape = Shape.PROSE;
        int at = from;
        while (at < to && text.charAt(at) == '>') {
            shape = Shape.QUOTE;
            at = skipSpace(at + 1, to);
        }
        if (at == to) {
            return at;
        }
        char c = text.charAt(at);
        int i = at;
        while (i < to && text.charAt(i) == '#') {
            i++;
        }
        if (i > at && i - at <= 6 && i < to && Chars.isSpace(text.charAt(i))) {
            shape = Shape.HEADING;
            return skipSpace(i, to);
        }
        if (c == '|' || c == '•' || c == '·' || c == '●') {
            shape = Shape.LIST_ITEM;
            return skipSpace(at + 1, to);
        }
        if ((c == '-' || c == '*' || c == '+' || c == '–')
                && at + 1 < to
                && Chars.isSpace(text.charAt(at + 1))) {
            shape = Shape.LIST_ITEM;
            return skipSpace(at + 1, to);
        }
        i = at;
        while (i < to && i - at < 4 && Character.isDigit(text.charAt(i))) {
            i++;
        }
        boolean letter =
                i == at && i + 2 < to && Chars.isAsciiLetter(c) && text.charAt(at + 1) == ')';
        if (letter) {
            i++;
        }
        if (i > at
                && i + 1 < to
                && (text.charAt(i) == '.' || text.charAt(i) == ')')
                && (Chars.isSpace(text.charAt(i + 1)) || text.charAt(i + 1) == '*')) {
            shape = Shape.LIST_ITEM;
            return skipSpace(i + 1, to);
        }
        if (shape == Shape.PROSE && text.startsWith("**", at) && boldToTheEnd(at, to)) {
            shape = Shape.HEADING;
        }
        return at;
    }

    private boolean boldToTheEnd(int at, int to) {
        int end = to;
        while (end > at && (Chars.isSpace(text.charAt(end - 1)) || text.charAt(end - 1) == ':')) {
            end--;
        }
        return end - at > 4
                && text.startsWith("**", end - 2)
                && text.indexOf("**", at + 2) == end - 2;
    }

    /** Skips a persona label: {@code [DAN]:}, {@code (GPT)}, {@code ChatGPT:}. */
    private int label(int from, int to) {
        char c = text.charAt(from);
        if (c == '[') {
            int close = text.indexOf(']', from, Math.min(to, from + LABEL_LENGTH_MAX));
            if (close > 0 && !text.startsWith("](", close)) {
                out.label();
                int at = close + 1;
                if (at < to && text.charAt(at) == ':') {
                    at++;
                }
                return skipSpace(at, to);
            }
        } else if (Chars.isAsciiLetter(c)) {
            int at = from;
            while (at < to && at - from < 12 && Chars.isAsciiLetter(text.charAt(at))) {
                at++;
            }
            if (at < to
                    && text.charAt(at) == ':'
                    && PERSONAS.contains(text.substring(from, at).toLowerCase(Locale.ROOT))) {
                out.label();
                return skipSpace(at + 1, to);
            }
        }
        return from;
    }

    private void sentences(int from, int to) {
        int i = from;
        while (i < to) {
            char c = text.charAt(i);
            if (open < 0) {
                if (Chars.isSpace(c)) {
                    i++;
                    continue;
                }
                open = i;
                openHasWord = false;
            }
            if (c < 128 ? Chars.isAsciiWord(c) : Character.isLetterOrDigit(c)) {
                openHasWord = true;
            }
            int length = i - open;
            if (Chars.isStop(c) && openHasWord) {
                int end = closers(i + 1, to);
                if (ends(c, i, end, to)) {
                    openEnd = end;
                    close();
                    i = end;
                    continue;
                }
            }
            if (!Chars.isSpace(c)) {
                openEnd = i + 1;
            }
            if (length >= LENGTH_SOFT
                    && (Chars.isSpace(c) || (length >= LENGTH_HARD && !splitsPair(i + 1)))) {
                close();
            }
            i++;
        }
    }

    /**
     * Whether the stop {@code c} at {@code at}, whose closing marks end at {@code end}, ends it.
     */
    private boolean ends(char c, int at, int end, int to) {
        if (c >= 0x2E80) {
            return true; // full stops of Chinese and Japanese need no space
        }
        if (end < to && !Chars.isSpace(text.charAt(end))) {
            return false;
        }
        int next = skipSpace(end, to);
        if (next < to
                && !lowAlone
                && Character.isLowerCase(text.charAt(next))
                && (c == '.' || end > at + 1)) {
            return false; // "Stop!" she said
        }
        return c != '.' || next >= to || !isAbbreviation(at);
    }

    private boolean isAbbreviation(int stop) {
        int from = stop;
        while (from > open
                && stop - from < ABBREVIATION_LENGTH_MAX
                && (Chars.isAsciiLetter(text.charAt(from - 1)) || text.charAt(from - 1) == '.')) {
            from--;
        }
        int length = stop - from;
        if (length == 1) {
            return from > open; // an initial, but not a list's "a."
        }
        return length > 1
                && length <= 4
                && ABBREVIATIONS.contains(text.substring(from, stop).toLowerCase(Locale.ROOT));
    }

    private void close() {
        if (open >= 0) {
            if (openHasWord && openEnd > open) {
                out.add(open, openEnd, shape, paragraph);
                paragraph = false;
            }
            open = -1;
        }
    }

    private int closers(int from, int to) {
        int at = from;
        int most = Math.min(to, from + CLOSERS_MAX);
        while (at < most && "\"'”’»)]*_`」』.!?…。！？".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private boolean readsAsProse(int from, int to) {
        int spaces = 0;
        int signs = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == ' ') {
                spaces++;
            } else if ("{};=<>$\\_|&()".indexOf(c) >= 0) {
                signs++;
            }
        }
        return spaces >= 4 && signs * 8 <= spaces * 2;
    }

    private boolean startsLow(int at) {
        return Character.isLowerCase(text.charAt(at));
    }

    private boolean splitsPair(int at) {
        return at < text.length()
                && Character.isHighSurrogate(text.charAt(at - 1))
                && Character.isLowSurrogate(text.charAt(at));
    }

    private int skipSpace(int from, int to) {
        int at = from;
        while (at < to && Chars.isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
