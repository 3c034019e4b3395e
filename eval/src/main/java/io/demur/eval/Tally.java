package io.demur.eval;

import io.demur.core.JudgeId;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts rows as a whole, by model, and by any other fields of the records. Rows are to be given in
 * one thread. A field with more than {@value #GROUPS_MAX} values has the rest in one group, so that
 * memory is bounded.
 */
public final class Tally {

    static final int GROUPS_MAX = 200;

    /** How many prompts are told apart for the intervals of the whole. */
    private static final int PROMPTS_MAX = 1 << 16;

    /** The same for one group, shared out over the fields that there are groups of. */
    private static final int GROUP_PROMPTS_MAX = 1_024;

    /** The group of rows whose record lacks the field. */
    static final String UNKNOWN = "(unknown)";

    /** The group of values beyond {@value #GROUPS_MAX}. */
    static final String OTHER = "(other)";

    private final JudgeId judge;
    private final Optional<JudgeErrors> known;
    private final Rates all;
    private final Map<String, Map<String, Rates>> groups = new LinkedHashMap<>();
    private final int groupPrompts;
    private long unreadable;
    private long unanswered;

    /**
     * Counts nothing yet.
     *
     * @param by further fields to group by, beside the model
     */
    public Tally(JudgeId judge, List<String> by) {
        this(judge, JudgeErrors.of(judge), by);
    }

    Tally(JudgeId judge, Optional<JudgeErrors> known, List<String> by) {
        this.judge = judge;
        this.known = known;
        this.all = new Rates(PROMPTS_MAX, known);
        groups.put("model", new TreeMap<>());
        by.forEach(field -> groups.put(field, new TreeMap<>()));
        groupPrompts = Math.max(1, GROUP_PROMPTS_MAX / groups.size());
    }

    /** Counts one answer. */
    public void add(Row row) {
        String asked = row.turn().request().opening();
        long cluster =
                Hashes.of(
                        asked.isBlank() ? row.of().source() + '\n' + row.of().id() : asked.strip());
        all.add(row, cluster);
        groups.forEach((field, rates) -> group(rates, value(row, field)).add(row, cluster));
    }

    /** Counts one record that could not be read. */
    public void addUnreadable() {
        unreadable++;
    }

    /** Counts one record that holds a request and no answer. */
    public void addUnanswered() {
        unanswered++;
    }

    private static String value(Row row, String field) {
        return switch (field) {
            case "model" -> row.of().model().orElse(UNKNOWN);
            case "source" -> row.of().source();
            case "file" -> row.of().where().file();
            case "prompt_label" -> row.of().labels().prompt().map(Row::word).orElse(UNKNOWN);
            default -> row.of().fields().getOrDefault(field, UNKNOWN);
        };
    }

    private Rates group(Map<String, Rates> rates, String value) {
        String name = rates.size() < GROUPS_MAX || rates.containsKey(value) ? value : OTHER;
        return rates.computeIfAbsent(name, v -> new Rates(groupPrompts, known));
    }

    public JudgeId judge() {
        return judge;
    }

    public Rates all() {
        return all;
    }

    /** The rates of each group, by field and then by value in alphabetical order. */
    public Map<String, Map<String, Rates>> groups() {
        return groups;
    }

    public long unreadable() {
        return unreadable;
    }

    public long unanswered() {
        return unanswered;
    }

    /** Fields that were asked for and that no record had. */
    public List<String> unknownFields() {
        List<String> unknown = new ArrayList<>();
        groups.forEach(
                (field, rates) -> {
                    if (!field.equals("model")
                            && all.responses() > 0
                            && rates.keySet().equals(Set.of(UNKNOWN))) {
                        unknown.add(field);
                    }
                });
        return unknown;
    }

    /**
     * The document of {@code docs/reference/score.md}.
     *
     * @param partial whether the run was interrupted
     */
    public Map<String, @Nullable Object> fields(boolean partial) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("judge", judge.toString());
        out.put("partial", partial);
        Map<String, @Nullable Object> whole = all.fields();
        whole.forEach(
                (name, value) -> {
                    out.put(name, value);
                    if (name.equals("undecided")) {
                        out.put("unreadable", unreadable);
                        out.put("without_response", unanswered);
                    }
                });
        groups.forEach(
                (field, rates) -> {
                    Map<String, Object> each = new LinkedHashMap<>();
                    rates.forEach((value, r) -> each.put(value, r.fields()));
                    out.put("by_" + field, each);
                });
        return out;
    }
}
