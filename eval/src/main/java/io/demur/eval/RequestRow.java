package io.demur.eval;

import io.demur.core.JudgeId;
import io.demur.core.Transcript;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Policy.Sureness;
import io.demur.core.policy.Term;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is said about one request, ready to be counted and written.
 *
 * @param id of the record
 * @param of where the request stands, with its labels; of several answers to it the first
 * @param assessment what the judge found
 * @param sureness how far that can be relied on
 * @param decision what follows from it
 * @param judges who was asked; which of them decided is in the assessment
 */
public record RequestRow(
        String id,
        Transcript of,
        Assessment assessment,
        Sureness sureness,
        Decision decision,
        JudgeId judges) {

    /** Hazards less probable than this are not worth a reader's time. */
    private static final double HAZARD_MIN = 0.05;

    /** From here on a request is more probably harmful than not. */
    private static final double HARMFUL_LINE = 0.5;

    public RequestRow {
        Objects.requireNonNull(id);
        Objects.requireNonNull(of);
        Objects.requireNonNull(assessment);
        Objects.requireNonNull(sureness);
        Objects.requireNonNull(decision);
        Objects.requireNonNull(judges);
    }

    /** Who decided; empty where nobody could judge. */
    public Optional<JudgeId> judge() {
        return switch (assessment) {
            case Assessment.Judged judged -> Optional.of(judged.judge());
            case Assessment.Unjudged unjudged -> Optional.empty();
        };
    }

    /** The most probable hazard, where the request is more probably harmful than not. */
    public Optional<Hazard> hazard() {
        return switch (assessment) {
            case Assessment.Judged judged ->
                    judged.hazards().entrySet().stream()
                            .filter(hazard -> judged.pHarm() >= HARMFUL_LINE)
                            .max(Map.Entry.comparingByValue())
                            .map(Map.Entry::getKey);
            case Assessment.Unjudged unjudged -> Optional.empty();
        };
    }

    /** Whether the request is not sent on as it stands: refused, or held for a person. */
    public boolean keptBack() {
        return decision.strength().compareTo(Decision.Strength.HOLD) >= 0;
    }

    /** The columns of {@code docs/reference/assess.md}, in their order. */
    public Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>(32);
        row.put("id", id);
        row.put("source", of.source());
        switch (assessment) {
            case Assessment.Judged judged -> {
                row.put("p_harm", Row.rounded(judged.pHarm()));
                row.put("hazards", hazards(judged.hazards()));
                row.put("severity", Row.word(judged.severity()));
                row.put("consequence", consequence(judged.consequence()));
            }
            case Assessment.Unjudged unjudged -> {
                row.put("p_harm", null);
                row.put("hazards", null);
                row.put("severity", null);
                row.put("consequence", null);
            }
        }
        row.put("stage", judge().map(JudgeId::name).orElse(null));
        row.put("judgement", Row.word(sureness));
        row.put("decision", Row.word(decision.strength()));
        row.put("rule", decision.rules().getFirst());
        row.put("terms", terms());
        row.put(
                "reason",
                assessment instanceof Assessment.Unjudged u ? Row.word(u.reason()) : null);
        row.put("detail", assessment instanceof Assessment.Unjudged u ? u.detail() : null);
        row.put("prompt_label", of.labels().prompt().map(Row::word).orElse(null));
        row.put("file", of.where().file());
        row.put("line", of.where().line());
        row.put("judge", judge().orElse(judges).toString());
        return row;
    }

    private static Map<String, Object> hazards(Map<Hazard, Double> hazards) {
        Map<String, Object> each = new LinkedHashMap<>();
        hazards.entrySet().stream()
                .filter(hazard -> hazard.getValue() >= HAZARD_MIN)
                .sorted(Map.Entry.<Hazard, Double>comparingByValue().reversed())
                .forEach(
                        hazard ->
                                each.put(
                                        Row.word(hazard.getKey()), Row.rounded(hazard.getValue())));
        return each;
    }

    private static Map<String, Object> consequence(Consequence consequence) {
        Map<String, Object> each = new LinkedHashMap<>();
        each.put("bearers", consequence.bearers());
        each.put("pathway", consequence.pathway());
        each.put("reversibility", Row.word(consequence.reversibility()));
        each.put("reach", Row.word(consequence.reach()));
        each.put("externalised", consequence.externalised());
        return each;
    }

    /** What the answer must do, where that is a condition. */
    public List<String> terms() {
        return switch (decision) {
            case Decision.Condition condition ->
                    condition.terms().stream().map(Term::text).toList();
            case Decision.Allow allow -> List.of();
            case Decision.Annotate annotate -> List.of();
            case Decision.Hold hold -> List.of();
            case Decision.Refuse refuse -> List.of();
        };
    }
}
