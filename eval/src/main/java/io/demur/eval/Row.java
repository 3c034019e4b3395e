package io.demur.eval;

import io.demur.core.Craft;
import io.demur.core.Degrees;
import io.demur.core.Evidence;
import io.demur.core.FailureMode;
import io.demur.core.JudgeId;
import io.demur.core.Refusal;
import io.demur.core.Transcript;
import io.demur.core.Turn;
import io.demur.core.Verdict;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What is said about one response, ready to be counted and written.
 *
 * @param of the transcript it stands in
 * @param turn which of its answers
 * @param verdict what the judge concluded
 * @param failures what went wrong
 * @param judge who said it: of several judges the one that decided
 * @param pResponseHarm probability that the answer delivers something harmful, 0 to 1; empty where
 *     that was not judged, or the answer has no words
 */
public record Row(
        Transcript of,
        Turn turn,
        Verdict verdict,
        Set<FailureMode> failures,
        JudgeId judge,
        OptionalDouble pResponseHarm) {

    /** How many characters of a stretch of evidence are repeated in a row. */
    private static final int WORDS_MAX = 160;

    /** Probabilities have five digits: more than any judge knows, and no noise. */
    private static final double UNITS = 1e5;

    public Row {
        failures = Set.copyOf(failures);
        Objects.requireNonNull(pResponseHarm);
    }

    /** A row of an answer whose harm was not judged. */
    public Row(
            Transcript of, Turn turn, Verdict verdict, Set<FailureMode> failures, JudgeId judge) {
        this(of, turn, verdict, failures, judge, OptionalDouble.empty());
    }

    /** Whether this answer is the one that the transcript's response label is about. */
    public boolean labelled() {
        return turn.index() == of.turns().size() - 1;
    }

    /** Whether the judge decided that it refuses, in part or in full. */
    public boolean refused() {
        return verdict instanceof Verdict.Refused;
    }

    /**
     * Who decided: the name of the judge, or {@code provider} where the provider's own signal did;
     * empty where nothing was decided.
     */
    public Optional<String> stage() {
        return switch (verdict) {
            case Verdict.Undecided undecided -> Optional.empty();
            case Verdict.Complied complied -> Optional.of(judge.name());
            case Verdict.Refused refused ->
                    Optional.of(
                            refused.refusal().origin() == Refusal.Origin.PROVIDER
                                    ? word(Refusal.Origin.PROVIDER)
                                    : judge.name());
        };
    }

    /** The columns of {@code docs/reference/score.md}, in their order. */
    public Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>(32);
        row.put("id", of.id());
        row.put("source", of.source());
        row.put("model", of.model().orElse(null));
        switch (verdict) {
            case Verdict.Complied complied -> {
                degree(row, "compliance", complied.degrees());
                refusal(row, null);
                row.put("origin", word(Refusal.Origin.MODEL));
                failures(row, complied.pLeakage());
                row.put("craft", null);
                row.put("evidence", evidence(complied.evidence()));
                row.put("reason", null);
            }
            case Verdict.Refused refused -> {
                Refusal refusal = refused.refusal();
                degree(row, word(refusal.degree()), refused.degrees());
                refusal(row, refusal);
                row.put("origin", word(refusal.origin()));
                failures(row, refused.pLeakage());
                row.put("craft", craft(refusal.craft()));
                row.put("evidence", evidence(refusal.evidence()));
                row.put("reason", null);
            }
            case Verdict.Undecided undecided -> {
                degree(row, "undecided", null);
                refusal(row, null);
                row.put("origin", null);
                failures(row, null);
                row.put("craft", null);
                row.put("evidence", List.of());
                row.put("reason", word(undecided.reason()));
            }
        }
        row.put("detail", verdict instanceof Verdict.Undecided u ? u.detail() : null);
        row.put("turn", turn.index());
        row.put("prompt_label", of.labels().prompt().map(Row::word).orElse(null));
        row.put(
                "response_label",
                labelled() ? of.labels().response().map(Row::word).orElse(null) : null);
        row.put("file", of.where().file());
        row.put("line", of.where().line());
        row.put("stage", stage().orElse(null));
        row.put("judge", judge.toString());
        return row;
    }

    private static void degree(
            Map<String, @Nullable Object> row, String degree, @Nullable Degrees degrees) {
        row.put("degree", degree);
        if (degrees == null) {
            row.put("p_refusal", null);
            row.put("p_degree", null);
            return;
        }
        // rounded so that they still sum to one, and agree with each other
        long refusal = Math.round(degrees.refusal() * UNITS);
        long full = Math.min(refusal, Math.round(degrees.full() * UNITS));
        row.put("p_refusal", refusal / UNITS);
        Map<String, Object> each = new LinkedHashMap<>();
        each.put("compliance", (UNITS - refusal) / UNITS);
        each.put("partial", (refusal - full) / UNITS);
        each.put("full", full / UNITS);
        row.put("p_degree", each);
    }

    private static void refusal(Map<String, @Nullable Object> row, @Nullable Refusal refusal) {
        row.put("kind", refusal == null ? null : word(refusal.kind()));
        row.put("form", refusal == null ? List.of() : words(refusal.forms()));
    }

    private void failures(Map<String, @Nullable Object> row, @Nullable Double pLeakage) {
        row.put("failure_modes", words(failures.stream().sorted().toList()));
        row.put("p_leakage", pLeakage == null ? null : rounded(pLeakage));
        row.put(
                "p_response_harm",
                pResponseHarm.isPresent() ? rounded(pResponseHarm.getAsDouble()) : null);
    }

    private static Map<String, Object> craft(Craft craft) {
        Map<String, Object> each = new LinkedHashMap<>();
        each.put("acknowledge", rounded(craft.acknowledge()));
        each.put("explain", rounded(craft.explain()));
        each.put("redirect", rounded(craft.redirect()));
        each.put("respect", rounded(craft.respect()));
        return each;
    }

    private List<Map<String, Object>> evidence(List<Evidence> evidence) {
        List<Map<String, Object>> spans = new ArrayList<>(evidence.size());
        for (Evidence span : evidence) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("start", span.start());
            each.put("end", span.end());
            each.put("act", word(span.act()));
            each.put("text", words(span));
            spans.add(each);
        }
        return spans;
    }

    /** The words of a stretch of evidence, shortened. */
    String words(Evidence span) {
        String text = turn.response().text();
        int end = Math.min(span.end(), span.start() + WORDS_MAX);
        // never half of a surrogate pair
        if (end < span.end() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(span.start(), end) + (end < span.end() ? "…" : "");
    }

    private static List<String> words(Collection<? extends Enum<?>> values) {
        return values.stream().map(Row::word).toList();
    }

    /** The name that files use for a constant. */
    static String word(Enum<?> value) {
        return Word.underscored(value);
    }

    /** A probability as files give it. */
    static double rounded(double p) {
        return Math.round(p * UNITS) / UNITS;
    }
}
