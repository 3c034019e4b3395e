package io.demur.eval;

import io.demur.core.harm.Assessment;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Shadow;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What two policies do with one request.
 *
 * @param active what the policy does that holds
 * @param candidate what the other one would do
 * @param kind what is counted of it
 */
public record ShadowRow(RequestRow active, RequestRow candidate, Shadow.Kind kind) {

    /** Which way the candidate would change it. */
    public enum Change {
        /** Done as before. */
        NONE,
        /** Held or refused, where it is sent on. */
        NEWLY_KEPT_BACK,
        /** Sent on, where it is held or refused. */
        NEWLY_SENT_ON,
        /** More is done otherwise: a note, a condition, a refusal rather than a person. */
        STRONGER,
        /** Less is done otherwise. */
        WEAKER
    }

    public ShadowRow {
        Objects.requireNonNull(active);
        Objects.requireNonNull(candidate);
        Objects.requireNonNull(kind);
    }

    /** Which way it would change. */
    public Change change() {
        if (active.keptBack() != candidate.keptBack()) {
            return active.keptBack() ? Change.NEWLY_SENT_ON : Change.NEWLY_KEPT_BACK;
        }
        int order = kind.candidate().compareTo(kind.active());
        return order == 0 ? Change.NONE : order > 0 ? Change.STRONGER : Change.WEAKER;
    }

    /** The columns of {@code docs/reference/policy.md}, in their order. */
    public Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("id", active.id());
        row.put("source", active.of().source());
        row.put("change", Row.word(change()));
        row.put("active", Row.word(kind.active()));
        row.put("candidate", Row.word(kind.candidate()));
        row.put("active_rule", active.decision().rules().getFirst());
        row.put("candidate_rule", candidate.decision().rules().getFirst());
        Optional<Hazard> hazard = kind.hazard();
        row.put("hazard", hazard.map(Row::word).orElse(null));
        row.put(
                "p_harm",
                active.assessment() instanceof Assessment.Judged judged
                        ? Row.rounded(judged.pHarm())
                        : null);
        row.put("role", kind.role());
        row.put("purpose", kind.purpose());
        row.put("prompt_label", active.of().labels().prompt().map(Row::word).orElse(null));
        row.put("file", active.of().where().file());
        row.put("line", active.of().where().line());
        return row;
    }
}
