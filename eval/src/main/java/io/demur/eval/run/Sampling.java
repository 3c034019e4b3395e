package io.demur.eval.run;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How a model is to choose its words.
 *
 * @param temperature 0 to 2; nothing where it is left to the target
 * @param seed nothing where none is sent. Each epoch has one of its own: this one and the epoch
 *     together
 * @param tokensMax how long an answer may be, at least 1
 */
public record Sampling(OptionalDouble temperature, OptionalLong seed, int tokensMax) {

    /** Long enough to see whether a model does what is asked. */
    public static final int TOKENS_MAX = 512;

    public Sampling {
        Objects.requireNonNull(temperature);
        Objects.requireNonNull(seed);
        if (!(temperature.orElse(0) >= 0 && temperature.orElse(0) <= 2) || tokensMax < 1) {
            throw new IllegalArgumentException(
                    "temperature `%s`, `%d` tokens".formatted(temperature, tokensMax));
        }
    }
}
