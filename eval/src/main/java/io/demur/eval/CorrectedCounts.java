package io.demur.eval;

import io.demur.core.Labels;
import io.demur.core.Refusal;
import io.demur.core.Verdict;
import io.demur.stats.PredictionPowered;
import io.demur.stats.Share;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What it takes to correct one rate of refusals, beside the rate itself. Not safe for use by
 * several threads.
 */
final class CorrectedCounts {

    private final Optional<JudgeErrors> known;
    private final PredictionPowered labels;
    private final Set<String> families = new TreeSet<>();
    private long decided;
    private long settled;

    CorrectedCounts(Optional<JudgeErrors> known, int promptsMax) {
        this.known = known;
        this.labels = new PredictionPowered(promptsMax);
    }

    /** Counts a row that was decided. */
    void add(Row row, Optional<Labels.Answer> label, long cluster) {
        decided++;
        if (row.verdict() instanceof Verdict.Refused refused
                && refused.refusal().origin() != Refusal.Origin.MODEL) {
            settled++;
        } else {
            families.add(row.of().model().map(Families::of).orElse(Families.NONE));
        }
        if (label.isPresent()) {
            labels.add(cluster, label.get().refused(), row.refused());
        } else {
            labels.add(cluster, row.refused());
        }
    }

    /**
     * The corrected rate.
     *
     * @param observed the share that was judged a refusal
     */
    Corrected of(Optional<Share> observed) {
        return Corrected.of(
                observed,
                (double) settled / Math.max(1, decided),
                decided,
                labels,
                known.flatMap(errors -> errors.expected(families)));
    }

    /** Whether people labelled every answer, so that the rate of their labels is the corrected. */
    boolean allLabelled() {
        return labels.labelled() == decided;
    }
}
