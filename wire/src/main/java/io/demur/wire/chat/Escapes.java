package io.demur.wire.chat;

import java.util.function.Consumer;

/** JSON within JSON, whole or broken: what its escapes hide is read too. */
final class Escapes {

    /** As often as text may have been put into text. */
    private static final int LAYERS_MAX = 4;

    private Escapes() {}

    /** Takes strings as they are, and once more without the escapes that they have. */
    static Consumer<String> undone(Consumer<String> each) {
        return string -> {
            each.accept(string);
            String before = string;
            for (int i = 0; i < LAYERS_MAX && before.indexOf('\\') >= 0; i++) {
                String after = undo(before);
                if (after.equals(before)) {
                    break;
                }
                each.accept(after);
                before = after;
            }
        };
    }

    private static String undo(String text) {
        StringBuilder undone = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = c == '\\' && i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            int unit = next == 'u' ? unit(text, i + 2) : -1;
            if (unit >= 0) {
                undone.append((char) unit);
                i += 5;
            } else if ("nrtbf\"/\\".indexOf(next) >= 0) {
                undone.append(
                        switch (next) {
                            case 'n', 'r' -> '\n';
                            case 't', 'b', 'f' -> ' ';
                            default -> next;
                        });
                i++;
            } else {
                undone.append(c);
            }
        }
        return undone.toString();
    }

    /** Four hexadecimal digits; -1 where they are none. */
    private static int unit(String text, int at) {
        if (at + 4 > text.length()) {
            return -1;
        }
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            unit = unit * 16 + digit;
        }
        return unit;
    }
}
