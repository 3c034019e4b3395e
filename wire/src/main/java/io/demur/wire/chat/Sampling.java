package io.demur.wire.chat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How the model is to choose its words, as far as more than one protocol knows of it. */
public record Sampling(
        Optional<Long> tokensMax,
        Optional<Double> temperature,
        Optional<Double> topP,
        Optional<Long> topK,
        Optional<Long> seed,
        Optional<Double> presencePenalty,
        Optional<Double> frequencyPenalty,
        List<String> stop) {

    /** As the server likes. */
    public static final Sampling DEFAULT =
            new Sampling(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of());

    public Sampling {
        Objects.requireNonNull(tokensMax);
        Objects.requireNonNull(temperature);
        Objects.requireNonNull(topP);
        Objects.requireNonNull(topK);
        Objects.requireNonNull(seed);
        Objects.requireNonNull(presencePenalty);
        Objects.requireNonNull(frequencyPenalty);
        stop = List.copyOf(stop);
    }
}
