package io.demur.gateway.judge;

import io.demur.core.Request;
import io.demur.core.harm.linear.LinearHarm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What stands in a call beside what is asked: tools and what is said of them, their arguments, what
 * they gave back, what models are said to have said, fields that nobody here knows.
 *
 * <p>None of it is a request, and most of it is code, names and documents, of which a judge of
 * requests is often wrong; but a model reads it, so a request may hide there. It is read piece by
 * piece, and only the worst pieces count. What is said of one is put less surely than of a request,
 * because it speaks of what may come and not of what is asked; and where only the quick judge has
 * spoken, much less surely ({@link Piece}).
 */
final class Asides {

    /** UTF-16 units of a piece: the judges read so much at once. */
    static final int PIECE = 800;

    /** The worst so many are looked at more closely. */
    static final int KEPT_MAX = 4;

    /** Pieces of which the quick judge says less are harmless. */
    static final double FROM = 0.3;

    /** Strings up to this length are read together: one word to a string would hide all of them. */
    private static final int SHORT = 40;

    private final LinearHarm judge;
    private final Meanings meanings;

    Asides(LinearHarm judge, Meanings meanings) {
        this.judge = judge;
        this.meanings = meanings;
    }

    /** The pieces of which most harm is to be expected, the worst first; mostly none. */
    List<Piece> worst(List<String> strings) {
        return worst(strings, Piece.Kind.ASIDE);
    }

    /**
     * The same of system prompts: of what they order, which is judged as what is asked is, and of
     * all that they say, because an order may hide in what forbids.
     */
    List<Piece> ordered(List<String> prompts) {
        List<Piece> worst = new ArrayList<>();
        if (!prompts.isEmpty()) {
            worst.addAll(worst(prompts.stream().map(judge::orders).toList(), Piece.Kind.ORDER));
            worst.addAll(worst(prompts, Piece.Kind.RULE));
        }
        return worst;
    }

    private List<Piece> worst(List<String> strings, Piece.Kind kind) {
        List<Heard> worst = new ArrayList<>();
        for (String piece : pieces(strings)) {
            if (meanings.saysSomething(piece) || isLong(piece)) {
                take(piece, worst);
            }
        }
        return worst.stream().map(it -> new Piece(it, kind)).toList();
    }

    /** No words that are known, and yet something: base64, other alphabets. */
    private static boolean isLong(String piece) {
        return piece.length() > SHORT;
    }

    private void take(String piece, List<Heard> worst) {
        Heard heard = new Heard(piece, judge.assess(Request.of(piece)));
        if (heard.pHarm() >= FROM) {
            worst.add(heard);
            worst.sort(Comparator.comparingDouble(Heard::pHarm).reversed());
            if (worst.size() > KEPT_MAX) {
                worst.removeLast();
            }
        }
    }

    private static List<String> pieces(List<String> strings) {
        List<String> pieces = new ArrayList<>();
        StringBuilder together = new StringBuilder();
        for (String string : new LinkedHashSet<>(strings)) {
            if (string.length() > SHORT) {
                cut(string, pieces);
            } else if (!string.isBlank()) {
                together.append(string).append(' ');
            }
        }
        cut(together.toString(), pieces);
        return pieces;
    }

    /** At the last end of a line, or else the last blank; a piece overlaps none. */
    static void cut(String text, List<String> pieces) {
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + PIECE);
            if (to < text.length()) {
                int line = text.lastIndexOf('\n', to - 1) + 1;
                int blank = text.lastIndexOf(' ', to - 1) + 1;
                int half = from + PIECE / 2;
                to = line > half ? line : blank > half ? blank : to;
            }
            pieces.add(text.substring(from, to));
            from = to;
        }
    }
}
