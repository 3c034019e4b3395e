package io.demur.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A seeded generator of awkward inputs. The same seed makes the same inputs. */
public final class Gen {

    private static final List<String> PIECES =
            List.of(
                    "I can't help with that. ",
                    "Sure, here is how:\n\n1. First\n2. Then\n",
                    "However, ",
                    "```\ncannot();\n```\n",
                    "\"I'm sorry,\" she said. ",
                    "> quoted\n",
                    "**bold** _it_ ",
                    "# Title\n",
                    "Я не могу помочь. ",
                    "申し訳ありませんが、お手伝いできません。",
                    "لا أستطيع المساعدة. ",
                    "मैं मदद नहीं कर सकता। ",
                    "e\u0301 \uD83D\uDE00\u200D\uD83D\uDD25 ",
                    "\uFEFF",
                    "\u0000",
                    "\t",
                    "\r\n",
                    "\n\n",
                    "...",
                    "?!",
                    "\uD800",
                    "<think>hm</think>",
                    "[/INST]",
                    "a",
                    " ");

    private final SplittableRandom random;

    public Gen(SplittableRandom random) {
        this.random = random;
    }

    /** A whole number from {@code from} to {@code to}, both included. */
    public int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    /** True once in {@code n} times. */
    public boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** A number from 0 to 1, 1 excluded. */
    public double unit() {
        return random.nextDouble();
    }

    /** One of the given. */
    public <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Text of up to {@code piecesMax} pieces: replies in several scripts, markup and rubbish. */
    public String text(int piecesMax) {
        StringBuilder out = new StringBuilder();
        for (int i = between(0, piecesMax); i > 0; i--) {
            if (oneIn(4)) {
                for (int k = between(1, 8); k > 0; k--) {
                    out.appendCodePoint(random.nextInt(1, 0x3000));
                }
            } else {
                out.append(oneOf(PIECES));
            }
        }
        return out.toString();
    }

    /** Any bytes. */
    public byte[] bytes(int lengthMax) {
        byte[] bytes = new byte[between(0, lengthMax)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** JSON with one of these in the place of something that stands behind a colon. */
    public String swapped(String json, List<String> values) {
        int colon = json.indexOf(':', between(0, json.length() - 1));
        int end = colon + 1;
        int depth = 0;
        while (colon >= 0 && end < json.length()) {
            char c = json.charAt(end);
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            if (depth < 0 || (depth == 0 && c == ',')) {
                break;
            }
            end++;
        }
        return colon < 0
                ? json
                : json.substring(0, colon + 1) + oneOf(values) + json.substring(end);
    }

    /** The same bytes with a few changed, cut out, doubled or cut off. */
    public byte[] damaged(byte[] whole) {
        byte[] bytes = whole.clone();
        for (int i = between(1, 4); i > 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (between(0, 3)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) "{}[]\",:\\\n\r\0".charAt(random.nextInt(11));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                default -> {
                    int to = Math.min(bytes.length, at + between(1, 64));
                    byte[] longer = new byte[bytes.length + to - at];
                    System.arraycopy(bytes, 0, longer, 0, to);
                    System.arraycopy(bytes, at, longer, to, bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }
}
