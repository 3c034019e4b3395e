package io.demur.eval.teach;

import io.demur.stats.Estimate;
import io.demur.stats.Wilson;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what an audit finds, and keeps the first examples. Not safe for use by several threads.
 */
public final class AuditTally {

    private final int examplesMax;
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Map<Fault, List<Looked>> examples = new EnumMap<>(Fault.class);
    private final Map<Looked.Outcome, Long> outcomes = new EnumMap<>(Looked.Outcome.class);

    /**
     * @param examplesMax how many rows of each fault are kept
     */
    public AuditTally(int examplesMax) {
        this.examplesMax = examplesMax;
    }

    /** Counts a row. */
    public void add(Looked looked) {
        outcomes.merge(looked.outcome(), 1L, Long::sum);
        for (Fault fault : looked.faults()) {
            faults.merge(fault, 1L, Long::sum);
            List<Looked> kept = examples.computeIfAbsent(fault, f -> new ArrayList<>());
            if (kept.size() < examplesMax) {
                kept.add(looked);
            }
        }
    }

    /** How many rows there were. */
    public long rows() {
        return outcomes.values().stream().mapToLong(n -> n).sum();
    }

    /** How many came out so. */
    public long count(Looked.Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0L);
    }

    /** How many rows have a fault. */
    public long count(Fault fault) {
        return faults.getOrDefault(fault, 0L);
    }

    /** The first rows that have a fault. */
    public List<Looked> examples(Fault fault) {
        return List.copyOf(examples.getOrDefault(fault, List.of()));
    }

    /** The rows of which it could be said whether they are right. */
    public long decided() {
        return count(Looked.Outcome.WRONG) + count(Looked.Outcome.RIGHT);
    }

    /** The share of wrong rows among those decided; nothing where none was. */
    public Optional<Estimate> wrong() {
        return share(count(Looked.Outcome.WRONG));
    }

    /** The share of rows with a fault among those decided; nothing where none was. */
    public Optional<Estimate> share(Fault fault) {
        return share(count(fault));
    }

    private Optional<Estimate> share(long hits) {
        long n = decided();
        return n == 0
                ? Optional.empty()
                : Optional.of(Wilson.estimate((double) hits / n, n, (double) n));
    }

    /** The summary as {@code docs/reference/audit.md} has it. */
    public Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("rows", rows());
        fields.put("decided", decided());
        fields.put("unsure", count(Looked.Outcome.UNSURE));
        fields.put("undecided", count(Looked.Outcome.UNDECIDED));
        fields.put("wrong", estimate(count(Looked.Outcome.WRONG), wrong()));
        Map<String, @Nullable Object> each = new LinkedHashMap<>();
        for (Fault fault : Fault.values()) {
            each.put(fault.word(), estimate(count(fault), share(fault)));
        }
        fields.put("faults", each);
        return fields;
    }

    private static Map<String, @Nullable Object> estimate(long n, Optional<Estimate> share) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("n", n);
        fields.put("share", share.map(Estimate::rate).orElse(null));
        fields.put("low", share.map(Estimate::low).orElse(null));
        fields.put("high", share.map(Estimate::high).orElse(null));
        return fields;
    }
}
