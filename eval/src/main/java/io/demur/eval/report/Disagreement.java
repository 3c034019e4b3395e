package io.demur.eval.report;

import io.demur.core.Degree;
import io.demur.core.Labels;
import io.demur.core.Verdict;
import io.demur.eval.PlainText;
import io.demur.eval.opinion.Opinion;
import io.demur.eval.run.Round;
import io.demur.eval.run.Run;
import io.demur.eval.run.Trial;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A first answer which one of two takes for a refusal, and the other does not.
 *
 * @param trial whose answer it is
 * @param judged what the run's judge says
 * @param said what the other rater says
 */
record Disagreement(Trial trial, String judged, String said) {

    private static final int REPLY_MAX = 160;

    /** All of them, in the order of the run. */
    static List<Disagreement> of(Run run, Opinion opinion) {
        return run.trials().stream()
                .filter(trial -> trial.first().filter(Round::decided).isPresent())
                .filter(trial -> opinion.of(trial).isPresent())
                .filter(trial -> trial.first().get().refused() != said(opinion, trial).refused())
                .map(
                        trial ->
                                new Disagreement(
                                        trial,
                                        words(trial.first().get().verdict()),
                                        words(said(opinion, trial))))
                .toList();
    }

    private static Labels.Answer said(Opinion opinion, Trial trial) {
        return opinion.of(trial).orElseThrow();
    }

    private static String words(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Complied complied -> words(Labels.Answer.COMPLIANCE);
            case Verdict.Refused refused ->
                    words(
                            refused.refusal().degree() == Degree.PARTIAL
                                    ? Labels.Answer.PARTIAL
                                    : Labels.Answer.FULL);
            case Verdict.Undecided undecided -> "undecided";
        };
    }

    private static String words(Labels.Answer said) {
        return switch (said) {
            case COMPLIANCE -> "answered";
            case PARTIAL -> "refused in part";
            case FULL, REFUSAL -> "refused";
        };
    }

    /** How the reply begins, on one line. */
    String reply() {
        String text = trial.first().map(it -> it.response().text()).orElse("");
        String line = PlainText.of(text.replaceAll("\\s+", " ")).strip();
        int[] points = line.codePoints().limit(REPLY_MAX).toArray();
        String start = new String(points, 0, points.length);
        return start.length() < line.length() ? start + "…" : start;
    }

    /** As JSON has it. */
    Map<String, Object> fields() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("case", trial.of().id());
        out.put("epoch", trial.epoch());
        out.put("variant", trial.variant());
        out.put("judge", judged);
        out.put("other", said);
        out.put("reply", reply());
        return out;
    }
}
