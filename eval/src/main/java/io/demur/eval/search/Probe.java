package io.demur.eval.search;

import java.util.List;

/**
 * A harmless request with a pattern in it, and the same without.
 *
 * @param with what is asked
 * @param without the same with the pattern, or one of its two parts, taken away; one or two
 */
public record Probe(String with, List<String> without) {

    public Probe {
        without = List.copyOf(without);
        if (with.isBlank() || without.isEmpty() || without.contains(with)) {
            throw new IllegalArgumentException("`%s` against `%s`".formatted(with, without));
        }
    }

    /** How many calls it takes to ask all of it. */
    int calls() {
        return 1 + without.size();
    }
}
