package io.demur.remote;

import io.demur.core.harm.Hazard;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a guard said in one check.
 *
 * @param harmful whether it named harm; one that calls something controversial did
 * @param harm probability that what was asked about is harmful, 0 to 1
 * @param hazards probability of each hazard that the guard named; it says nothing of the others
 * @param refusal probability that the response refuses; empty where the guard does not say
 */
record Ruling(boolean harmful, double harm, Map<Hazard, Double> hazards, OptionalDouble refusal) {

    Ruling {
        hazards = Map.copyOf(hazards);
    }

    /** A ruling on harm alone. */
    static Ruling of(boolean harmful, double harm, Iterable<Hazard> named) {
        Map<Hazard, Double> hazards = new EnumMap<>(Hazard.class);
        named.forEach(hazard -> hazards.put(hazard, harm));
        return new Ruling(harmful, harm, hazards, OptionalDouble.empty());
    }

    Ruling withRefusal(double p) {
        return new Ruling(harmful, harm, hazards, OptionalDouble.of(p));
    }

    /** Two rulings on the same thing under different policies: the graver counts. */
    Ruling and(Ruling other) {
        Map<Hazard, Double> both = new EnumMap<>(Hazard.class);
        both.putAll(hazards);
        other.hazards.forEach((hazard, p) -> both.merge(hazard, p, Math::max));
        return new Ruling(
                harmful || other.harmful,
                Math.max(harm, other.harm),
                both,
                refusal.isPresent() ? refusal : other.refusal);
    }
}
