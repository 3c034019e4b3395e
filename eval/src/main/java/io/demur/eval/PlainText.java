package io.demur.eval;

/** Text from outside, made fit for a terminal. */
public final class PlainText {

    private PlainText() {}

    /**
     * The text with a space in place of each character that could steer a terminal, turn the
     * direction of writing, or break a line: controls, formats, separators of lines and paragraphs,
     * and halves of surrogate pairs.
     */
    public static String of(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> plain.appendCodePoint(steers(c) ? ' ' : c));
        return plain.toString();
    }

    private static boolean steers(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    true;
            default -> false;
        };
    }
}
