package io.demur.core.incident;

import java.util.List;
import java.util.Objects;

/**
 * That a later request is like a refused one.
 *
 * @param refused what it is like
 * @param method by what that was found
 * @param similarity how like it is, from 0 to 1; comparable within one method alone
 * @param parts attempts that make it up together, the latest last; for all methods but {@link
 *     Method#SPLIT} the later request alone
 */
public record Resemblance(Refused refused, Method method, double similarity, List<String> parts) {
    public Resemblance {
        Objects.requireNonNull(refused);
        Objects.requireNonNull(method);
        parts = List.copyOf(parts);
        if (!(similarity >= 0 && similarity <= 1)) {
            throw new IllegalArgumentException(
                    "a similarity of `%s` is not between 0 and 1".formatted(similarity));
        }
    }
}
