package io.demur.eval;

import io.demur.core.JudgeId;
import io.demur.core.Labels;
import io.demur.core.harm.Assessment;
import io.demur.core.policy.Posture;
import io.demur.stats.Estimate;
import io.demur.stats.RiskBand;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts assessed requests as a whole and by fields of their records. Rows are to be given in one
 * thread. Memory is bounded, as that of {@link Groups} is.
 */
public final class RequestTally {

    /** How many prompts are told apart for the intervals of the whole. */
    private static final int PROMPTS_MAX = 1 << 16;

    private final JudgeId judges;
    private final Posture posture;
    private final RequestRates all = new RequestRates(PROMPTS_MAX);
    private final Groups<RequestRates> groups;
    private final Scores scores = new Scores();
    private long unreadable;
    private long withoutRequest;

    /**
     * Counts nothing yet.
     *
     * @param by fields to group by
     */
    public RequestTally(JudgeId judges, Posture posture, List<String> by) {
        this.judges = judges;
        this.posture = posture;
        this.groups = new Groups<>(by, RequestRates::new);
    }

    /** Counts one request. */
    public void add(RequestRow row) {
        String asked = row.of().request().opening();
        long cluster =
                Hashes.of(asked.isBlank() ? row.of().source() + '\n' + row.id() : asked.strip());
        all.add(row, cluster);
        groups.count(field -> value(row, field), rates -> rates.add(row, cluster));
        if (row.assessment() instanceof Assessment.Judged judged) {
            row.of()
                    .labels()
                    .prompt()
                    .ifPresent(
                            label ->
                                    scores.add(
                                            judged.pHarm(),
                                            label == Labels.Prompt.HARMFUL,
                                            cluster));
        }
    }

    /** Counts one record that could not be read. */
    public void addUnreadable() {
        unreadable++;
    }

    /** Counts one record in which nothing is asked. */
    public void addWithoutRequest() {
        withoutRequest++;
    }

    private static String value(RequestRow row, String field) {
        return field.equals("hazard")
                ? row.hazard().map(Row::word).orElse("(none)")
                : Groups.value(row.of(), field);
    }

    public Posture posture() {
        return posture;
    }

    public RequestRates all() {
        return all;
    }

    /** The rates of each group, by field and then by value in alphabetical order. */
    public Map<String, Map<String, RequestRates>> groups() {
        return groups.byField();
    }

    public long unreadable() {
        return unreadable;
    }

    public long withoutRequest() {
        return withoutRequest;
    }

    /**
     * How probable it is that a harmful request gets a higher probability than a benign one, over
     * the first {@value Scores#MAX} that are labelled; empty without labels of both kinds.
     */
    public Optional<Estimate> auc() {
        return scores.auc();
    }

    /**
     * The band outside of which the judges so far err in one of twenty at most, by the labels;
     * empty without labels of both kinds.
     */
    public Optional<RiskBand> band() {
        return scores.band();
    }

    /** Fields that were asked for and that no record had. */
    public List<String> unknownFields() {
        return groups.unknown();
    }

    /**
     * The document of {@code docs/reference/assess.md}.
     *
     * @param partial whether the run was interrupted
     */
    public Map<String, @Nullable Object> fields(boolean partial) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("judge", judges.toString());
        out.put("posture", posture.level());
        out.put("partial", partial);
        all.fields()
                .forEach(
                        (name, value) -> {
                            out.put(name, value);
                            if (name.equals("unjudged")) {
                                out.put("unreadable", unreadable);
                                out.put("without_request", withoutRequest);
                            }
                        });
        auc().ifPresent(auc -> out.put("auc", Rates.estimate(auc(), auc.n())));
        band().ifPresent(band -> out.put("band", fields(band)));
        groups.put(out, RequestRates::fields);
        return out;
    }

    private static Map<String, @Nullable Object> fields(RiskBand band) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("budget", band.budget());
        out.put("doubt", band.doubt());
        out.put("low", band.low().isPresent() ? band.low().getAsDouble() : null);
        out.put("high", band.high().isPresent() ? band.high().getAsDouble() : null);
        out.put("decided", band.decided());
        return out;
    }
}
