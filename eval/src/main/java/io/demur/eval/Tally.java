package io.demur.eval;

import io.demur.core.JudgeId;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts rows as a whole, by model, and by any other fields of the records. Rows are to be given in
 * one thread. Memory is bounded, as that of {@link Groups} is.
 */
public final class Tally {

    /** How many prompts are told apart for the intervals of the whole. */
    private static final int PROMPTS_MAX = 1 << 16;

    private final JudgeId judge;
    private final Rates all;
    private final Groups<Rates> groups;
    private final Map<String, Long> stages = new TreeMap<>();
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
        this.all = new Rates(PROMPTS_MAX, known);
        List<String> fields = new ArrayList<>();
        fields.add("model");
        fields.addAll(by);
        this.groups = new Groups<>(fields, promptsMax -> new Rates(promptsMax, known));
    }

    /** Counts one answer. */
    public void add(Row row) {
        String asked = row.turn().request().opening();
        long cluster =
                Hashes.of(
                        asked.isBlank() ? row.of().source() + '\n' + row.of().id() : asked.strip());
        all.add(row, cluster);
        row.stage().ifPresent(stage -> stages.merge(stage, 1L, Long::sum));
        groups.count(field -> Groups.value(row.of(), field), rates -> rates.add(row, cluster));
    }

    /** Counts one record that could not be read. */
    public void addUnreadable() {
        unreadable++;
    }

    /** Counts one record that holds a request and no answer. */
    public void addUnanswered() {
        unanswered++;
    }

    public JudgeId judge() {
        return judge;
    }

    public Rates all() {
        return all;
    }

    /** The rates of each group, by field and then by value in alphabetical order. */
    public Map<String, Map<String, Rates>> groups() {
        return groups.byField();
    }

    public long unreadable() {
        return unreadable;
    }

    /** Decided answers by who decided them: the names of judges, or {@code provider}. */
    public Map<String, Long> stages() {
        return stages;
    }

    public long unanswered() {
        return unanswered;
    }

    /** Fields that were asked for and that no record had. */
    public List<String> unknownFields() {
        return groups.unknown().stream().filter(field -> !field.equals("model")).toList();
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
        out.put("stages", Stages.fields(stages));
        groups.put(out, Rates::fields);
        return out;
    }
}
