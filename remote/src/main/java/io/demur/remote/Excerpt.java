package io.demur.remote;

/** The beginning of what somebody else wrote, short and harmless enough for a message. */
final class Excerpt {

    private static final int CHARACTERS_MAX = 24;

    private Excerpt() {}

    /** At most 24 characters in backticks; what cannot be seen stands as a dot. */
    static String of(String text) {
        StringBuilder out = new StringBuilder("`");
        String stripped = text.strip();
        stripped.codePoints().limit(CHARACTERS_MAX).forEach(c -> out.appendCodePoint(shown(c)));
        boolean whole = stripped.codePointCount(0, stripped.length()) <= CHARACTERS_MAX;
        return out.append(whole ? "`" : "…`").toString();
    }

    private static int shown(int c) {
        boolean seen =
                switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR ->
                            false;
                    default -> true;
                };
        return seen && c != '`' ? c : '·';
    }
}
