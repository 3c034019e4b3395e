package io.demur.core.compose;

import java.util.List;

/**
 * What a service is for, as its operator says it. A refusal of scope repeats these words as they
 * are, in whatever language they were written.
 *
 * @param words a sentence
 * @param examples what can be asked of it; at least one
 */
public record Purpose(String words, List<String> examples) {

    /** Longer words are not repeated in a refusal. */
    public static final int LENGTH_MAX = 200;

    public Purpose {
        words = words.strip().replaceAll("\\s+", " ");
        examples = examples.stream().map(it -> it.strip().replaceAll("\\s+", " ")).toList();
        if (words.isEmpty() || examples.isEmpty()) {
            throw new IllegalArgumentException("a purpose has words and an example");
        }
    }

    /** Whether it is short enough to be repeated. */
    boolean isShort() {
        return words.length() <= LENGTH_MAX;
    }

    /** The examples that are short enough to be repeated, in their order. */
    List<String> shortExamples() {
        return examples.stream().filter(it -> it.length() <= LENGTH_MAX).toList();
    }
}
