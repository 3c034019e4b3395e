package io.demur.core.charter;

import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is done about a request that was refused and comes again: it is decided as ever, and at
 * least so. Immutable.
 *
 * @param otherwise where the refused request is of none of these categories, or of none at all;
 *     from {@link Strength#ANNOTATE} on, and less is weaker
 * @param then for categories of the refused request; what is as otherwise is left out
 * @param pinned categories of which refused requests are compared by meaning before the reply too;
 *     fewer are weaker
 * @param sanctioned where what a model or a provider refused may be asked next; more is weaker
 */
public record Incidents(
        Strength otherwise,
        Map<Hazard, Strength> then,
        Set<Hazard> pinned,
        Set<Sanction> sanctioned) {

    /** All is annotated, nothing is pinned, and nobody goes anywhere with leave. */
    public static final Incidents USUAL =
            new Incidents(Strength.ANNOTATE, Map.of(), Set.of(), Set.of());

    /**
     * A way that is declared: who goes it is counted, and not asked why.
     *
     * @param hazards of the refused request; empty for all, and for requests of none
     * @param models classes of models that may be asked next
     * @param names of models that may be, whole or up to a {@code *} at the end
     */
    public record Sanction(Set<Hazard> hazards, Set<ModelClass> models, Set<String> names) {
        public Sanction {
            hazards = Set.copyOf(hazards);
            models = Set.copyOf(models);
            names = Set.copyOf(names);
            if (models.isEmpty() && names.isEmpty()) {
                throw new IllegalArgumentException("a way leads to `models` or to `names`");
            }
        }

        boolean covers(Optional<Hazard> refused, String name, ModelClass model) {
            boolean concerns = hazards.isEmpty() || refused.filter(hazards::contains).isPresent();
            return concerns
                    && (models.contains(model)
                            || names.stream().anyMatch(pattern -> isNamed(pattern, name)));
        }

        private static boolean isNamed(String pattern, String name) {
            return pattern.endsWith("*")
                    ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                    : name.equals(pattern);
        }
    }

    public Incidents {
        for (Strength step : steps(otherwise, then)) {
            if (step == Strength.ALLOW) {
                throw new IllegalArgumentException("what comes again is annotated at least");
            }
        }
        Map<Hazard, Strength> others = new EnumMap<>(Hazard.class);
        others.putAll(then);
        others.values().removeIf(otherwise::equals);
        then = Map.copyOf(others);
        pinned = Set.copyOf(pinned);
        sanctioned = Set.copyOf(sanctioned);
    }

    private static List<Strength> steps(Strength otherwise, Map<Hazard, Strength> then) {
        Objects.requireNonNull(otherwise);
        return Stream.concat(Stream.of(otherwise), then.values().stream()).toList();
    }

    /** What is done at least, by the category of the refused request. */
    public Strength then(Optional<Hazard> refused) {
        return refused.map(hazard -> then.getOrDefault(hazard, otherwise)).orElse(otherwise);
    }

    /** Whether a refused request is compared by meaning before the reply. */
    public boolean pins(Optional<Hazard> refused) {
        return refused.filter(pinned::contains).isPresent();
    }

    /**
     * Whether it is declared that such a request goes there next.
     *
     * @param refused the category of the refused request, where it has one
     * @param name of the model that is asked, as the installation has it
     */
    public boolean sanctions(Optional<Hazard> refused, String name, ModelClass model) {
        return sanctioned.stream().anyMatch(it -> it.covers(refused, name, model));
    }
}
