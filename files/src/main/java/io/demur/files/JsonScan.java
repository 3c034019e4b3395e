package io.demur.files;

import java.util.BitSet;

/** Finds the end of one JSON value, byte by byte, without reading what it says. */
final class JsonScan {

    enum Step {
        INSIDE,
        /** This byte is the value's last. */
        LAST,
        /** This byte is no longer the value's. */
        PAST,
        /** This byte cannot stand here. */
        BROKEN
    }

    /** The open brackets: true for objects. */
    private final BitSet objects = new BitSet();

    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean scalar;
    private boolean any;

    boolean isScalar() {
        return scalar;
    }

    /** Whether bytes other than a quote, a backslash and a newline need not be looked at. */
    boolean isInText() {
        return inString && !escaped;
    }

    Step take(byte b) {
        if (inString) {
            return inString(b);
        }
        if (!any) {
            any = true;
            scalar = b != '{' && b != '[' && b != '"';
            if (scalar) {
                return Step.INSIDE;
            }
        }
        if (scalar) {
            boolean over = b == ',' || b == ']' || b == '}' || b == '\n' || b == ' ' || b == '{';
            return over ? Step.PAST : Step.INSIDE;
        }
        return switch (b) {
            case '"' -> {
                inString = true;
                yield Step.INSIDE;
            }
            case '{', '[' -> {
                objects.set(depth++, b == '{');
                yield Step.INSIDE;
            }
            case '}', ']' -> close(b == '}');
            default -> Step.INSIDE;
        };
    }

    private Step close(boolean object) {
        if (depth == 0 || objects.get(depth - 1) != object) {
            return Step.BROKEN;
        }
        depth--;
        return depth == 0 ? Step.LAST : Step.INSIDE;
    }

    private Step inString(byte b) {
        if (escaped) {
            escaped = false;
        } else if (b == '\\') {
            escaped = true;
        } else if (b == '"') {
            inString = false;
            return depth == 0 ? Step.LAST : Step.INSIDE;
        } else if (b == '\n') {
            // JSON has no raw newline in a string: its closing quote is missing.
            return Step.BROKEN;
        }
        return Step.INSIDE;
    }
}
