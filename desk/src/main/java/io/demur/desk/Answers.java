package io.demur.desk;

import io.demur.record.entry.Appeal;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Report;
import io.demur.store.ReviewCase;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the log is told where somebody outside gets an answer, beside that a person has looked. */
public final class Answers {

    private Answers() {}

    /**
     * The entries that answer an appeal or a report; none for a case of another kind.
     *
     * @param decision {@code overturn} where what was done was wrong
     * @param reason a code
     */
    public static List<Entry> of(
            ReviewCase decided, String by, String decision, String reason, Instant at) {
        boolean right = decision.equals("overturn");
        return switch (decided.kind()) {
            case APPEAL ->
                    List.of(
                            new Appeal(
                                    at,
                                    decided.id(),
                                    decided.attempt().orElseThrow(),
                                    right ? "upheld" : "denied",
                                    by,
                                    Optional.of(reason)));
            case REPORT -> {
                String about = Reports.about(decided);
                yield List.of(
                        new Report(
                                at,
                                decided.id(),
                                right ? "upheld" : "dismissed",
                                about,
                                decided.attempt(),
                                decided.model().filter(it -> about.equals("model")),
                                decided.project(),
                                reason,
                                Optional.empty(),
                                Optional.of(by),
                                Reports.sealed(decided).isPresent()));
            }
            case HOLD, SAMPLE, SEEDED, INCIDENT -> List.of();
        };
    }
}
