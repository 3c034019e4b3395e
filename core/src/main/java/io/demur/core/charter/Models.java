package io.demur.core.charter;

import io.demur.core.policy.ModelClass;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Where models stand. A name that is not placed has the class {@link #other}.
 *
 * @param placed by the name that callers ask for; a name that ends in {@code *} is for all that
 *     begin so, and the longest that fits wins
 * @param other the class of every other model
 */
public record Models(Map<String, Placement> placed, ModelClass other) {

    /** No model is known: each counts as one without refusals of its own. */
    public static final Models NONE = new Models(Map.of(), ModelClass.LOCAL_UNALIGNED);

    /** At the end of a name, for all that begin so. */
    static final String ALL = "*";

    /**
     * One model's place.
     *
     * @param base the address that it is asked at, where the policy fixes it
     */
    public record Placement(ModelClass model, Optional<String> base) {
        public Placement {
            Objects.requireNonNull(model);
            Objects.requireNonNull(base);
        }
    }

    public Models {
        placed = Map.copyOf(placed);
        Objects.requireNonNull(other);
    }

    /** The place of a model. */
    public Placement of(String name) {
        return listed(name).orElseGet(() -> new Placement(other, Optional.empty()));
    }

    /**
     * The place of one model that goes by several names, so that none of them undoes what is said
     * of another. What the policy says of any holds for it: of several classes the one of whom
     * least is known, and the address that any of them fixes. Where its own servers know it by a
     * name of which nothing is said, and nothing is said of just this name, it is any other model,
     * too.
     *
     * @param name that callers ask for
     * @param served the names that it has at the servers behind
     * @return nothing where its address is fixed in two ways
     */
    public Optional<Placement> of(String name, Collection<String> served) {
        Set<String> spellings = new LinkedHashSet<>(List.of(name));
        spellings.addAll(served);
        List<Placement> said = new ArrayList<>();
        for (String spelling : spellings) {
            besideAll(spelling).ifPresent(said::add);
            besideAll(spelling.toLowerCase(Locale.ROOT)).ifPresent(said::add);
            placed.forEach(
                    (listed, place) -> {
                        if (listed.equalsIgnoreCase(spelling)) {
                            said.add(place);
                        }
                    });
        }
        if (!placed.containsKey(name)) {
            boolean known = !served.isEmpty() && served.stream().anyMatch(it -> isListed(it));
            if (!known) {
                said.add(of(served.isEmpty() ? name : served.iterator().next()));
            }
        }
        List<String> bases = said.stream().flatMap(it -> it.base().stream()).distinct().toList();
        if (bases.size() > 1) {
            return Optional.empty();
        }
        ModelClass strictest =
                said.stream().map(Placement::model).max(Comparator.naturalOrder()).orElse(other);
        return Optional.of(new Placement(strictest, bases.stream().findFirst()));
    }

    /** Whether anything is said of just this model, by the name that callers ask for or another. */
    public boolean says(String name, Collection<String> served) {
        return isListed(name) || served.stream().anyMatch(this::isListed);
    }

    private boolean isListed(String name) {
        return besideAll(name).isPresent();
    }

    /** What is said of a name, but for what is said of every name. */
    private Optional<Placement> besideAll(String name) {
        Optional<Placement> listed = listed(name);
        boolean ofAll =
                !placed.containsKey(name)
                        && listed.isPresent()
                        && IntStream.rangeClosed(1, name.length())
                                .noneMatch(end -> placed.containsKey(name.substring(0, end) + ALL));
        return ofAll ? Optional.empty() : listed;
    }

    /** The place that the policy has given a model by its name, or by how that begins. */
    Optional<Placement> listed(String name) {
        Placement exact = name.endsWith(ALL) ? null : placed.get(name);
        for (int end = name.length(); exact == null && end >= 0; end--) {
            exact = placed.get(name.substring(0, end) + ALL);
        }
        return Optional.ofNullable(exact);
    }
}
