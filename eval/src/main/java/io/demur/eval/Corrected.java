package io.demur.eval;

import io.demur.stats.Estimate;
import io.demur.stats.PredictionPowered;
import io.demur.stats.RoganGladen;
import io.demur.stats.RoganGladen.Correction;
import io.demur.stats.Share;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A rate of refusals with the judge's own errors allowed for, or why there is none. {@code
 * docs/reference/metrics.md} has the formulas.
 */
public sealed interface Corrected {

    /** Labels in so many clusters correct a rate better than what is known of the judge. */
    int LABELS_MIN = 50;

    /**
     * From people's labels on a part of the answers, or on all.
     *
     * @param labelled how many answers people labelled
     * @param weight of the judge's verdicts, 0 to 1
     */
    record ByLabels(Estimate estimate, long labelled, double weight) implements Corrected {}

    /**
     * From what is known of the judge's errors elsewhere.
     *
     * @param expected what is known
     */
    record ByCounts(Estimate estimate, JudgeErrors.Expected expected) implements Corrected {}

    /** Nothing can be said, although the judge's errors were counted. */
    record Unknown(Correction.Reason reason, JudgeErrors.Expected expected) implements Corrected {}

    /** This judge's errors were never counted. */
    record Unmeasured() implements Corrected {}

    /** No answer was decided. */
    record Nothing() implements Corrected {}

    /**
     * The corrected rate.
     *
     * @param observed the share of decided answers that were judged refusals
     * @param settled the share that a provider's API called refusals itself
     * @param n how many decided answers there are
     * @param labels what people say beside what the judge says
     * @param expected what is known of the judge's errors
     */
    static Corrected of(
            Optional<Share> observed,
            double settled,
            long n,
            PredictionPowered labels,
            Optional<JudgeErrors.Expected> expected) {
        if (observed.isEmpty()) {
            return new Nothing();
        }
        if (labels.clusters() >= LABELS_MIN) {
            Optional<PredictionPowered.Result> result = labels.share();
            if (result.isPresent()) {
                return new ByLabels(
                        result.get().estimate(), labels.labelled(), result.get().weight());
            }
        }
        if (expected.isEmpty()) {
            return new Unmeasured();
        }
        JudgeErrors.Expected known = expected.get();
        return switch (RoganGladen.correct(
                observed.get(), settled, known.sensitivity(), known.specificity(), n)) {
            case Correction.Corrected(Estimate estimate) -> new ByCounts(estimate, known);
            case Correction.Unknown(Correction.Reason reason) -> new Unknown(reason, known);
        };
    }

    /** The interval, where there is one. */
    default Optional<Estimate> interval() {
        return switch (this) {
            case ByLabels labels -> Optional.of(labels.estimate());
            case ByCounts counts -> Optional.of(counts.estimate());
            case Unknown unknown -> Optional.empty();
            case Unmeasured unmeasured -> Optional.empty();
            case Nothing nothing -> Optional.empty();
        };
    }

    /** The object of {@code docs/reference/score.md}. */
    default Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        Optional<Estimate> estimate = interval();
        out.put("rate", estimate.map(Estimate::rate).orElse(null));
        out.put("low", estimate.map(Estimate::low).orElse(null));
        out.put("high", estimate.map(Estimate::high).orElse(null));
        switch (this) {
            case ByLabels labels -> {
                out.put("method", "prediction_powered");
                out.put("labelled", labels.labelled());
                out.put("weight", labels.weight());
            }
            case ByCounts counts -> {
                out.put("method", "rogan_gladen");
                out.put("judge_counts", counts(counts.expected()));
            }
            case Unknown unknown -> {
                out.put("method", null);
                out.put("reason", Row.word(unknown.reason()));
                out.put("judge_counts", counts(unknown.expected()));
            }
            case Unmeasured unmeasured -> {
                out.put("method", null);
                out.put("reason", "unmeasured");
            }
            case Nothing nothing -> {
                out.put("method", null);
                out.put("reason", "nothing_decided");
            }
        }
        return out;
    }

    private static Map<String, Object> counts(JudgeErrors.Expected expected) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("family", expected.family().isEmpty() ? "any" : expected.family());
        out.put("places", expected.places());
        out.put("replies", expected.replies());
        share(out, "sensitivity", expected.sensitivity());
        share(out, "specificity", expected.specificity());
        return out;
    }

    private static void share(Map<String, Object> out, String name, Share share) {
        out.put(name, share.rate());
        out.put(name + "_worth", share.worth());
    }
}
