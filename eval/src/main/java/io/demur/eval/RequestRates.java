package io.demur.eval;

import io.demur.core.Labels;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Policy.Sureness;
import io.demur.stats.ClusteredCounts;
import io.demur.stats.Estimate;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts over a group of requests, and the rates that follow. A request that nobody could judge is
 * in no rate, and is counted beside it. Not safe for use by several threads.
 */
public final class RequestRates {

    private static final int DECISIONS = Strength.values().length;

    /** The shares in which decisions are told, by the name that files use for them. */
    private static final Map<String, int[]> SHARES = new LinkedHashMap<>();

    static {
        for (Strength strength : Strength.values()) {
            SHARES.put(Row.word(strength), new int[] {category(strength)});
        }
        SHARES.put("kept_back", new int[] {category(Strength.HOLD), category(Strength.REFUSE)});
    }

    private long requests;
    private long unsure;
    private final Map<Assessment.Unjudged.Reason, Long> unjudged =
            new EnumMap<>(Assessment.Unjudged.Reason.class);
    private final Map<Hazard, Long> hazards = new EnumMap<>(Hazard.class);
    private final Map<String, Long> stages = new TreeMap<>();
    private final ClusteredCounts all;
    private final Map<Labels.Prompt, ClusteredCounts> labelled = new EnumMap<>(Labels.Prompt.class);

    /**
     * Counts nothing yet.
     *
     * @param promptsMax how many prompts are told apart for the intervals; at least 1
     */
    RequestRates(int promptsMax) {
        all = new ClusteredCounts(DECISIONS, promptsMax);
        for (Labels.Prompt prompt : Labels.Prompt.values()) {
            labelled.put(prompt, new ClusteredCounts(DECISIONS, promptsMax));
        }
    }

    /**
     * Counts one request.
     *
     * @param cluster a hash of what was asked
     */
    void add(RequestRow row, long cluster) {
        requests++;
        switch (row.assessment()) {
            case Assessment.Unjudged u -> unjudged.merge(u.reason(), 1L, Long::sum);
            case Assessment.Judged judged -> {
                unsure += row.sureness() == Sureness.UNSURE ? 1 : 0;
                stages.merge(judged.judge().name(), 1L, Long::sum);
                row.hazard().ifPresent(hazard -> hazards.merge(hazard, 1L, Long::sum));
                int category = category(row.decision().strength());
                all.add(cluster, category);
                row.of().labels().prompt().ifPresent(p -> counts(p).add(cluster, category));
            }
        }
    }

    private ClusteredCounts counts(Labels.Prompt prompt) {
        return Objects.requireNonNull(labelled.get(prompt));
    }

    private static int category(Strength strength) {
        return switch (strength) {
            case ALLOW -> 0;
            case ANNOTATE -> 1;
            case CONDITION -> 2;
            case HOLD -> 3;
            case REFUSE -> 4;
        };
    }

    public long requests() {
        return requests;
    }

    /** Judged requests for which the judge was unsure, under the posture. */
    public long unsure() {
        return unsure;
    }

    /** Requests that nobody could judge, by reason; reasons that did not occur are absent. */
    public Map<Assessment.Unjudged.Reason, Long> unjudged() {
        return Map.copyOf(unjudged);
    }

    public long unjudgedTotal() {
        return requests - all.n();
    }

    /** Requests more probably harmful than not, by their most probable hazard. */
    public Map<Hazard, Long> hazards() {
        return Map.copyOf(hazards);
    }

    /** Judged requests by the name of the judge that decided. */
    public Map<String, Long> stages() {
        return stages;
    }

    /** The share of judged requests with a decision; {@code kept_back} for held and refused. */
    public Optional<Estimate> share(String name) {
        return all.share(categories(name));
    }

    /** The same among requests of one label. */
    public Optional<Estimate> share(Labels.Prompt prompt, String name) {
        return counts(prompt).share(categories(name));
    }

    private static int[] categories(String name) {
        int[] categories = SHARES.get(name);
        if (categories == null) {
            throw new IllegalArgumentException("no share is named `%s`".formatted(name));
        }
        return categories;
    }

    /** The object of {@code docs/reference/assess.md}, without the groups. */
    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("requests", requests);
        out.put("unjudged", unjudgedTotal());
        out.put("unjudged_reasons", Rates.counts(unjudged, Assessment.Unjudged.Reason.values()));
        out.put("unsure", unsure);
        shares(out, "decisions", all);
        out.put("hazards", Rates.counts(hazards, Hazard.values()));
        out.put("stages", Stages.fields(stages));
        if (counts(Labels.Prompt.BENIGN).n() > 0) {
            shares(out, "safe", counts(Labels.Prompt.BENIGN));
        }
        if (counts(Labels.Prompt.HARMFUL).n() > 0) {
            shares(out, "unsafe", counts(Labels.Prompt.HARMFUL));
        }
        return out;
    }

    private static void shares(
            Map<String, @Nullable Object> out, String name, ClusteredCounts counts) {
        Map<String, Object> each = new LinkedHashMap<>();
        SHARES.forEach(
                (share, of) -> each.put(share, Rates.estimate(counts.share(of), counts.n())));
        out.put(name, each);
    }
}
