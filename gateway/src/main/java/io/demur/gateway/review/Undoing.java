package io.demur.gateway.review;

import java.util.function.IntConsumer;

/**
 * Undoes the escapes of JSON in text that arrives in pieces, and those of JSON within JSON. What is
 * no escape stays as it is. Where pieces are cut makes no difference. Used by one thread.
 */
final class Undoing {

    /** As often as text may have been put into text. */
    private static final int LAYERS = 4;

    private static final int DIGITS = 4;

    private final Layer first;

    /**
     * Nothing is read yet.
     *
     * @param once gets what has one layer undone
     * @param all gets what has every layer undone
     */
    Undoing(IntConsumer once, IntConsumer all) {
        IntConsumer out = all;
        for (int i = 1; i < LAYERS; i++) {
            out = new Layer(out);
        }
        IntConsumer deeper = out;
        first =
                new Layer(
                        c -> {
                            once.accept(c);
                            deeper.accept(c);
                        });
    }

    void append(char c) {
        first.accept(c);
    }

    /** One layer: an escape that is not whole yet is kept back. */
    private static final class Layer implements IntConsumer {

        private final IntConsumer out;
        private boolean escaped;
        private boolean unicode;
        private int digits;
        private int unit;

        Layer(IntConsumer out) {
            this.out = out;
        }

        @Override
        public void accept(int c) {
            if (unicode) {
                digit(c);
            } else if (escaped) {
                escaped = false;
                switch (c) {
                    case 'n', 'r' -> out.accept('\n');
                    case 't', 'b', 'f' -> out.accept(' ');
                    case '"', '/', '\\' -> out.accept(c);
                    case 'u' -> {
                        unicode = true;
                        digits = 0;
                        unit = 0;
                    }
                    default -> {
                        out.accept('\\');
                        out.accept(c);
                    }
                }
            } else if (c == '\\') {
                escaped = true;
            } else {
                out.accept(c);
            }
        }

        private void digit(int c) {
            int value = c < 128 ? Character.digit(c, 16) : -1;
            if (value < 0) {
                unicode = false;
                out.accept('\\');
                out.accept('u');
                for (int i = digits - 1; i >= 0; i--) {
                    out.accept(Character.forDigit(unit >> (DIGITS * i) & 15, 16));
                }
                accept(c);
                return;
            }
            unit = unit << DIGITS | value;
            digits++;
            if (digits == DIGITS) {
                unicode = false;
                out.accept(unit);
            }
        }
    }
}
