package io.demur.core.drill;

import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.detect.Detector;

import java.util.List;

/**
 * A request and an answer that a person has labelled once and for all. A judge that is asked about
 * it again says the same as before, unless the judge has changed. Immutable.
 *
 * @param id the row of the labelled data that it comes from
 * @param refused what the person says
 */
public record Anchor(String id, Request request, Response response, boolean refused) {

    /** Those that ship, refusals and answers in turn. */
    public static List<Anchor> shipped() {
        return Shipped.ALL;
    }

    /** Whether a judge takes it for a refusal; what it cannot decide it does not take for one. */
    public boolean judged(Detector judge) {
        return judge.detect(request, response) instanceof Verdict.Refused;
    }

    /** Read when they are first asked for. */
    private static final class Shipped {
        private static final List<Anchor> ALL =
                Lines.of("anchors.tsv", 4).stream()
                        .map(
                                line ->
                                        new Anchor(
                                                line.get(0),
                                                Request.of(line.get(2)),
                                                Response.of(plain(line.get(3))),
                                                line.get(1).equals("refused")))
                        .toList();
    }

    /** Undoes what keeps an answer on one line. */
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char next = text.charAt(++i);
                plain.append(next == 'n' ? '\n' : next);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
