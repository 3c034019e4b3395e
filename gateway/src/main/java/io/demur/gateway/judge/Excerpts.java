package io.demur.gateway.judge;

import io.demur.core.Request;
import io.demur.core.harm.linear.LinearHarm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a slower judge is shown of texts, some of which may be too long for it: these by their ends,
 * where one asks, and by the pieces of which the quick judge expects most harm.
 *
 * @param texts what is shown
 * @param next the worst of the pieces that are not shown, if any is likely harmful; of these the
 *     quick judge's word stands
 */
record Excerpts(Set<String> texts, Optional<Heard> next) {

    /** UTF-16 units of a text that is shown whole. The encoder reads as much of the densest log. */
    static final int WHOLE = 6_000;

    private static final int SHOWN_MAX = 8;
    private static final double LIKELY = 0.5;

    static Excerpts of(Collection<String> texts, LinearHarm quick) {
        Set<String> shown = new LinkedHashSet<>();
        List<Heard> rest = new ArrayList<>();
        for (String text : texts) {
            if (text.length() <= WHOLE) {
                shown.add(text);
            } else {
                cut(text, quick, shown, rest);
            }
        }
        Optional<Heard> next =
                rest.stream()
                        .filter(piece -> !shown.contains(piece.text()))
                        .max(Comparator.comparingDouble(Heard::pHarm))
                        .filter(piece -> piece.pHarm() >= LIKELY);
        return new Excerpts(shown, next);
    }

    private static void cut(String text, LinearHarm quick, Set<String> shown, List<Heard> rest) {
        List<String> pieces = new ArrayList<>();
        Asides.cut(text, pieces);
        shown.add(pieces.removeFirst());
        shown.add(pieces.removeLast());
        List<Heard> heard = new ArrayList<>();
        for (String piece : new LinkedHashSet<>(pieces)) {
            heard.add(new Heard(piece, quick.assess(Request.of(piece))));
        }
        heard.sort(Comparator.comparingDouble(Heard::pHarm).reversed());
        int most = Math.min(SHOWN_MAX, heard.size());
        heard.subList(0, most).forEach(piece -> shown.add(piece.text()));
        rest.addAll(heard.subList(most, heard.size()));
    }
}
