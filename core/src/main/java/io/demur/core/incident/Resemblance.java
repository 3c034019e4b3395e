package io.demur.core.incident;

import io.demur.core.JudgeId;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * That a later request is like a refused one.
 *
 * @param refused what it is like
 * @param method by what that was found
 * @param similarity how like it is, from 0 to 1; comparable within one method alone
 * @param parts attempts that make it up together, the latest last; for all methods but {@link
 *     Method#SPLIT} the later request alone
 * @param judge who has said so, for {@link Method#JUDGE}; the similarity is what it had before
 */
public record Resemblance(
        Refused refused,
        Method method,
        double similarity,
        List<String> parts,
        Optional<JudgeId> judge) {
    public Resemblance {
        Objects.requireNonNull(refused);
        Objects.requireNonNull(method);
        Objects.requireNonNull(judge);
        parts = List.copyOf(parts);
        if (!(similarity >= 0 && similarity <= 1)) {
            throw new IllegalArgumentException(
                    "a similarity of `%s` is not between 0 and 1".formatted(similarity));
        }
    }

    /** One that nobody was asked about. */
    public Resemblance(Refused refused, Method method, double similarity, List<String> parts) {
        this(refused, method, similarity, parts, Optional.empty());
    }

    /** The same, said by a judge. */
    public Resemblance by(JudgeId judge) {
        return new Resemblance(refused, Method.JUDGE, similarity, parts, Optional.of(judge));
    }
}
