package io.demur.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Families of models: those whose manner of refusing is alike enough that a judge may be expected
 * to err on them alike. A family is told by a part of the model's name; {@code
 * docs/reference/metrics.md} has the table.
 */
public final class Families {

    /** The family of a model that is in none, or that may be in several. */
    public static final String NONE = "";

    private static final Map<String, List<String>> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("gpt-4", List.of("gpt-4", "gpt4"));
        PARTS.put("gpt-3.5", List.of("gpt-3.5", "gpt-35", "gpt3.5", "chatgpt"));
        PARTS.put("llama", List.of("llama"));
        PARTS.put("mistral", List.of("mistral", "mixtral"));
    }

    private Families() {}

    /** The names, in the order of the table. */
    public static List<String> names() {
        return List.copyOf(PARTS.keySet());
    }

    /** The family that a model's name tells, or {@link #NONE}. */
    public static String of(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        List<String> found =
                PARTS.entrySet().stream()
                        .filter(family -> family.getValue().stream().anyMatch(name::contains))
                        .map(Map.Entry::getKey)
                        .toList();
        return found.size() == 1 ? found.getFirst() : NONE;
    }
}
