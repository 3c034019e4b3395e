package io.demur.eval;

import io.demur.core.Transcript;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Counts told apart by the values of fields. A field with more than {@value #VALUES_MAX} values has
 * the rest in one group, so that memory is bounded. Not safe for use by several threads.
 *
 * @param <C> what is counted in each group
 */
final class Groups<C> {

    static final int VALUES_MAX = 200;

    /** How many prompts are told apart for the intervals of a group, over all fields. */
    private static final int PROMPTS_MAX = 1_024;

    /** The group of records that lack the field. */
    static final String UNKNOWN = "(unknown)";

    /** The group of values beyond {@value #VALUES_MAX}. */
    static final String OTHER = "(other)";

    private final Map<String, Map<String, C>> groups = new LinkedHashMap<>();
    private final IntFunction<C> make;
    private final int promptsMax;

    /**
     * No groups yet.
     *
     * @param fields to tell apart by
     * @param make makes the counts of a group, given how many prompts it may tell apart
     */
    Groups(List<String> fields, IntFunction<C> make) {
        this.make = make;
        fields.forEach(field -> groups.put(field, new TreeMap<>()));
        promptsMax = Math.max(1, PROMPTS_MAX / Math.max(1, groups.size()));
    }

    /**
     * Counts once for each field.
     *
     * @param value the value of a field
     * @param count what to do with the counts of its group
     */
    void count(Function<String, String> value, Consumer<C> count) {
        groups.forEach((field, values) -> count.accept(group(values, value.apply(field))));
    }

    private C group(Map<String, C> values, String value) {
        String name = values.size() < VALUES_MAX || values.containsKey(value) ? value : OTHER;
        return values.computeIfAbsent(name, v -> make.apply(promptsMax));
    }

    /** The value of a field that records of every kind have. */
    static String value(Transcript of, String field) {
        return switch (field) {
            case "model" -> of.model().orElse(UNKNOWN);
            case "source" -> of.source();
            case "file" -> of.where().file();
            case "prompt_label" -> of.labels().prompt().map(Row::word).orElse(UNKNOWN);
            default -> of.fields().getOrDefault(field, UNKNOWN);
        };
    }

    /** Puts the counts of each group into a document, as {@code by_} and the name of the field. */
    void put(Map<String, @Nullable Object> out, Function<C, Map<String, @Nullable Object>> fields) {
        groups.forEach(
                (field, values) -> {
                    Map<String, Object> each = new LinkedHashMap<>();
                    values.forEach((value, counts) -> each.put(value, fields.apply(counts)));
                    out.put("by_" + field, each);
                });
    }

    /** The counts of each group, by field and then by value in alphabetical order. */
    Map<String, Map<String, C>> byField() {
        return groups;
    }

    /** Fields that no record had, though there were records. */
    List<String> unknown() {
        List<String> unknown = new ArrayList<>();
        groups.forEach(
                (field, values) -> {
                    if (values.keySet().equals(Set.of(UNKNOWN))) {
                        unknown.add(field);
                    }
                });
        return unknown;
    }
}
