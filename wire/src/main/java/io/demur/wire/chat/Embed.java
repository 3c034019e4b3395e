package io.demur.wire.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Texts of which a caller asks the embeddings.
 *
 * @param protocol in which it came
 * @param single whether the caller wrote one text and not a list, which shows in some replies
 * @param dimensions how many numbers each is to have
 * @param rest fields that only its protocol knows
 */
public record Embed(
        Protocol protocol,
        String model,
        List<String> inputs,
        boolean single,
        Optional<Long> dimensions,
        Fields rest)
        implements Asked {

    public Embed {
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(model);
        inputs = List.copyOf(inputs);
        Objects.requireNonNull(dimensions);
        Objects.requireNonNull(rest);
    }

    /** The same texts for another model. */
    public Embed withModel(String other) {
        return new Embed(protocol, other, inputs, single, dimensions, rest);
    }

    @Override
    public List<String> strings() {
        List<String> strings = new ArrayList<>();
        rest.strings(Escapes.undone(strings::add));
        return List.copyOf(strings);
    }

    @Override
    public List<String> references() {
        List<String> references = new ArrayList<>();
        rest.references("", references::add);
        return List.copyOf(references);
    }

    @Override
    public boolean hasUnread() {
        return rest.hasUnread();
    }
}
