package io.demur.eval.train;

import io.demur.core.Degree;
import io.demur.core.Refusal;
import io.demur.core.Request;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One reply to learn from.
 *
 * @param source the data set
 * @param group rows of one group never stand on both sides of a split
 * @param request the conversation before the reply
 * @param degrees the degrees that the label leaves open; never empty
 * @param weight how much it counts, above 0
 * @param kind of the refusal, where labelled
 * @param forms of the refusal, where labelled
 * @param leakage 1 if it refuses and gives it anyway, 0 if not; empty where not labelled
 * @param craft acknowledge, explain, redirect, respect: 1, 0, or -1 where not labelled
 */
record Example(
        String source,
        String group,
        Request request,
        String response,
        Set<Degree> degrees,
        float weight,
        Optional<Refusal.Kind> kind,
        Optional<Set<Refusal.Form>> forms,
        OptionalInt leakage,
        List<Integer> craft) {

    Example {
        Objects.requireNonNull(source);
        if (degrees.isEmpty() || !(weight > 0)) {
            throw new IllegalArgumentException("example of `%s` says nothing".formatted(source));
        }
    }

    /** The last thing that was asked. */
    String prompt() {
        return request.prompt();
    }

    boolean only(Degree degree) {
        return degrees.size() == 1 && degrees.contains(degree);
    }

    /**
     * Whether it is kept back from training, to be measured on: a fifth of the project's own groups
     * and of the questions of gptfuzz.
     */
    boolean heldOut() {
        boolean divided = source.startsWith("own_") || source.equals("gptfuzz");
        return divided && Lots.heldOut(group);
    }

    /** A number below 100 that is the same for all of a group, whatever else is there. */
    int lot() {
        return Lots.lot(group);
    }
}
