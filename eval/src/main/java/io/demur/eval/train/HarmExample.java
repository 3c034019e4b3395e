package io.demur.eval.train;

import io.demur.core.harm.Bearer;
import io.demur.core.harm.Hazard;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One request to learn from.
 *
 * @param source the data set
 * @param group rows of one group never stand on both sides of a split
 * @param hazard of a harmful request, where its category names one
 * @param severity 1 to 3, where labelled
 * @param externalised whether the harm falls on others, where labelled: 0 or 1
 * @param reversible how far it can be put right, where labelled: 0 to 1
 * @param bearers who bears it; empty where not labelled
 * @param weight how much it counts, above 0
 */
record HarmExample(
        String source,
        String group,
        String text,
        boolean harmful,
        Optional<Hazard> hazard,
        OptionalInt severity,
        OptionalDouble externalised,
        OptionalDouble reversible,
        Set<Bearer> bearers,
        float weight) {
    HarmExample {
        Objects.requireNonNull(hazard);
        bearers = Set.copyOf(bearers);
    }

    boolean own() {
        return source.startsWith("own_");
    }

    /** Whether no weights were learnt from it, though its source is learnt from. */
    boolean heldOut() {
        return own() && Lots.heldOut(group);
    }

    /** The same request in other words around it. */
    HarmExample wrapped(String other, float otherWeight) {
        return new HarmExample(
                source,
                group,
                other,
                harmful,
                hazard,
                severity,
                externalised,
                reversible,
                bearers,
                otherWeight);
    }
}
