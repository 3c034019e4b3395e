package io.demur.cli;

import io.demur.eval.teach.Exchanges;
import io.demur.eval.teach.Form;
import io.demur.eval.teach.LeftOut;
import io.demur.eval.teach.Lessons;
import io.demur.eval.teach.Openings;
import io.demur.eval.teach.Reason;

import java.util.ArrayList;
import java.util.List;

/** What {@code demur export} says at its end: rows by reason, and what was left out and why. */
final class ExportText {

    private ExportText() {}

    /**
     * The lines.
     *
     * @param rows how many were written
     * @param alone how many of those without a better answer, to a file of their own
     * @param kept whether there was such a file
     */
    static List<String> of(
            Lessons lessons, Form form, long rows, long alone, boolean kept, Exchanges from) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%,d answers read, %,d rows written".formatted(lessons.answers(), rows)
                        + (kept ? ", %,d more without a better answer".formatted(alone) : ""));
        lines.add("");
        lines.add("%-52s %9s %9s".formatted("reason", "paired", "alone"));
        for (Reason reason : Reason.values()) {
            lines.add(
                    "%-52s %,9d %,9d"
                            .formatted(
                                    reason.words(),
                                    lessons.paired(reason),
                                    lessons.unpaired(reason)));
        }
        lines.add("");
        lines.add("%-62s %9s".formatted("left out", ""));
        if (from.unreadableCount() > 0) {
            lines.add(count("records that could not be read", from.unreadableCount()));
        }
        lines.add(count("nothing went wrong, as far as anybody can tell", lessons.right()));
        for (LeftOut why : LeftOut.values()) {
            long n = why == LeftOut.UNPAIRED ? lost(lessons, form, kept) : lessons.leftOut(why);
            if (n > 0) {
                lines.add(count(why.words(), n));
            }
        }
        Openings openings = lessons.openings();
        if (openings.refusals() > 0) {
            lines.add("");
            lines.add(
                    "refusals to learn from: %,d, of which %,d composed; they begin in %,d ways"
                            .formatted(
                                    openings.refusals(), lessons.composed(), openings.distinct()));
        }
        if (lessons.leftOut(LeftOut.IN_A_SUITE) > 0 && rows == 0) {
            lines.add("");
            lines.add("all of it is in a suite that measures: --against none would keep it");
        }
        return lines;
    }

    /** Lessons that stand alone are rows in KTO's form only. */
    private static long lost(Lessons lessons, Form form, boolean kept) {
        long alone = 0;
        for (Reason reason : Reason.values()) {
            alone += lessons.unpaired(reason);
        }
        return form == Form.KTO || kept ? 0 : alone;
    }

    private static String count(String words, long n) {
        return "%-62s %,9d".formatted(words, n);
    }
}
