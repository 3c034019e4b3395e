package io.demur.cli;

import io.demur.eval.teach.AuditTally;
import io.demur.eval.teach.Fault;
import io.demur.eval.teach.Looked;
import io.demur.stats.Estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code demur audit} says: shares with intervals, then examples with their lines. */
final class AuditText {

    private static final int WORDS_MAX = 90;

    private AuditText() {}

    static List<String> of(AuditTally tally) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%,d rows: %,d decided, %,d unsure, %,d undecided"
                        .formatted(
                                tally.rows(),
                                tally.decided(),
                                tally.count(Looked.Outcome.UNSURE),
                                tally.count(Looked.Outcome.UNDECIDED)));
        lines.add("");
        lines.add("%-60s %8s  %s".formatted("of the rows decided", "rows", "share (95 %)"));
        lines.add(line("wrong", tally.count(Looked.Outcome.WRONG), tally.wrong()));
        for (Fault fault : Fault.values()) {
            if (tally.count(fault) > 0) {
                lines.add(line("  " + fault.words(), tally.count(fault), tally.share(fault)));
            }
        }
        for (Fault fault : Fault.values()) {
            if (!tally.examples(fault).isEmpty()) {
                lines.add("");
                lines.add(fault.words() + ":");
                tally.examples(fault).forEach(looked -> lines.addAll(example(looked)));
            }
        }
        return lines;
    }

    private static List<String> example(Looked looked) {
        List<String> lines = new ArrayList<>();
        lines.add("  %s: %s".formatted(looked.of().where(), looked.why()));
        lines.add("      asked:   " + cut(looked.of().request().prompt()));
        looked.taught().ifPresent(text -> lines.add("      taught:  " + cut(text)));
        looked.against().ifPresent(text -> lines.add("      against: " + cut(text)));
        return lines;
    }

    private static String line(String what, long n, Optional<Estimate> share) {
        return "%-60s %,8d  %s"
                .formatted(
                        what,
                        n,
                        share.map(
                                        e ->
                                                "%.1f %% (%.1f to %.1f)"
                                                        .formatted(
                                                                100 * e.rate(),
                                                                100 * e.low(),
                                                                100 * e.high()))
                                .orElse("-"));
    }

    /** The beginning of a text, on one line; never half of a surrogate pair. */
    private static String cut(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= WORDS_MAX
                ? line
                : line.substring(0, line.offsetByCodePoints(0, WORDS_MAX)) + "…";
    }
}
