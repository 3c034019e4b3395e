package io.demur.remote;

import io.demur.core.Request;

import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a model is asked.
 *
 * @param model as the server names it
 * @param request the conversation so far; the user speaks last
 * @param temperature nothing where it is left to the server
 * @param seed nothing where none is sent; servers without one are not sent it either
 * @param tokensMax how long the answer may be, at least 1
 */
public record ModelCall(
        String model,
        Request request,
        OptionalDouble temperature,
        OptionalLong seed,
        int tokensMax) {

    public ModelCall {
        Objects.requireNonNull(model);
        Objects.requireNonNull(temperature);
        Objects.requireNonNull(seed);
        if (tokensMax < 1 || request.messages().isEmpty()) {
            throw new IllegalArgumentException("nothing is asked, or no answer wanted");
        }
    }
}
