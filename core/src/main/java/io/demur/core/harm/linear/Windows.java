package io.demur.core.harm.linear;

import java.util.function.Consumer;

/**
 * Cuts a text that arrives in pieces at places that depend on the text alone: after the blank
 * behind a full stop, at a line break, at a blank once a window has grown long, and at last
 * wherever it is. A window is given out as soon as its end is certain.
 *
 * <p>{@link io.demur.core.text.Sentences} is not used here, because it looks at the next line
 * before it ends a sentence. Used by one thread.
 */
public final class Windows {

    private static final int SHORT = 24;
    private static final int LONG = 300;
    private static final int LONGEST = 400;

    private final StringBuilder open = new StringBuilder();
    private final Consumer<String> out;

    /**
     * Nothing is open yet.
     *
     * @param out gets each window that is complete, in order
     */
    public Windows(Consumer<String> out) {
        this.out = out;
    }

    /** Takes the next piece. */
    public void append(CharSequence piece) {
        for (int i = 0; i < piece.length(); i++) {
            append(piece.charAt(i));
        }
    }

    /** The window that is not complete yet; may be empty. */
    public String open() {
        return open.toString();
    }

    private void append(char c) {
        int length = open.length();
        if (length == 0 && c <= ' ') {
            return;
        }
        open.append(c);
        boolean blank = c <= ' ';
        boolean stopped = blank && length >= SHORT && isStop(open.charAt(length - 1));
        if (c == '\n'
                || stopped
                || (length >= SHORT && isFullWidthStop(c))
                || (blank && length >= LONG)
                || (length >= LONGEST && !Character.isHighSurrogate(c))) {
            out.accept(open.toString());
            open.setLength(0);
        }
    }

    private static boolean isStop(char c) {
        return c == '.' || c == '!' || c == '?' || c == ':' || c == '"' || c == ')';
    }

    private static boolean isFullWidthStop(char c) {
        return c == '。' || c == '！' || c == '？';
    }
}
