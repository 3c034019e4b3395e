package io.demur.eval;

import io.demur.core.JudgeId;
import io.demur.core.policy.Shadow;
import io.demur.eval.ShadowRow.Change;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what a candidate policy would change of recorded traffic, and both rates before and after.
 * Rows are to be given in one thread. Memory is bounded.
 */
public final class ShadowTally {

    /** How many prompts are told apart for the intervals. */
    private static final int PROMPTS_MAX = 1 << 16;

    private final JudgeId judges;
    private final JudgeId candidates;
    private final Shadow shadow;
    private final RequestRates active = new RequestRates(PROMPTS_MAX);
    private final RequestRates candidate = new RequestRates(PROMPTS_MAX);
    private final Map<Change, Long> changes = new EnumMap<>(Change.class);
    private long unreadable;
    private long withoutRequest;

    /**
     * Counts nothing yet.
     *
     * @param judges who judges under the policy that holds
     * @param candidates who judges under the other one
     */
    public ShadowTally(JudgeId judges, JudgeId candidates, Shadow shadow) {
        this.judges = judges;
        this.candidates = candidates;
        this.shadow = shadow;
    }

    /** What counts the kinds of change. */
    public Shadow shadow() {
        return shadow;
    }

    /** Counts one request. */
    public void add(ShadowRow row) {
        String asked = row.active().of().request().opening();
        long cluster =
                Hashes.of(
                        asked.isBlank()
                                ? row.active().of().source() + '\n' + row.active().id()
                                : asked.strip());
        active.add(row.active(), cluster);
        candidate.add(row.candidate(), cluster);
        changes.merge(row.change(), 1L, Long::sum);
    }

    /** Counts one record that could not be read. */
    public void addUnreadable() {
        unreadable++;
    }

    /** Counts one record in which nothing is asked. */
    public void addWithoutRequest() {
        withoutRequest++;
    }

    /** The rates under the policy that holds. */
    public RequestRates active() {
        return active;
    }

    /** The rates under the other one. */
    public RequestRates candidate() {
        return candidate;
    }

    /** How many requests would change in one way. */
    public long changed(Change change) {
        return changes.getOrDefault(change, 0L);
    }

    public long unreadable() {
        return unreadable;
    }

    /**
     * The document of {@code docs/reference/policy.md}.
     *
     * @param partial whether the run was interrupted
     */
    public Map<String, @Nullable Object> fields(boolean partial) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("judge", judges.toString());
        out.put("candidate_judge", candidates.toString());
        out.put("partial", partial);
        out.put("requests", active.requests());
        out.put("unreadable", unreadable);
        out.put("without_request", withoutRequest);
        for (Change change : Change.values()) {
            out.put(change == Change.NONE ? "unchanged" : Row.word(change), changed(change));
        }
        List<Map<String, @Nullable Object>> kinds = new ArrayList<>();
        for (Shadow.Count count : shadow.counts()) {
            if (count.kind().isChange()) {
                kinds.add(fields(count));
            }
        }
        out.put("changes", kinds);
        out.put("active", active.fields());
        out.put("candidate", candidate.fields());
        return out;
    }

    private static Map<String, @Nullable Object> fields(Shadow.Count count) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("requests", count.requests());
        out.put("active", Row.word(count.kind().active()));
        out.put("candidate", Row.word(count.kind().candidate()));
        out.put("otherwise", count.kind().otherwise());
        out.put("hazard", count.kind().hazard().map(Row::word).orElse(null));
        out.put("role", count.kind().role());
        out.put("purpose", count.kind().purpose());
        return out;
    }
}
