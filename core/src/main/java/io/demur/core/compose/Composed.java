package io.demur.core.compose;

import io.demur.core.Evidence;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A refusal, ready to be sent.
 *
 * @param text what the caller reads: plain text in paragraphs, without markup
 * @param statement the same for programs
 * @param element the words of the request that the text names; nothing where none of them could be
 *     repeated safely
 * @param alternatives what can be asked instead, in the words in which the text offers it
 * @param quotes words of the operator that the text repeats, in whatever language they are
 * @param parts what each stretch of the text does, in its order
 */
public record Composed(
        String text,
        Statement statement,
        Optional<String> element,
        List<String> alternatives,
        List<String> quotes,
        List<Evidence> parts) {
    public Composed {
        Objects.requireNonNull(text);
        Objects.requireNonNull(statement);
        Objects.requireNonNull(element);
        alternatives = List.copyOf(alternatives);
        quotes = List.copyOf(quotes);
        parts = List.copyOf(parts);
    }
}
