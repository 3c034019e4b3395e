package io.demur.eval.run;

import io.demur.core.JudgeId;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Of whom a suite is asked, and how.
 *
 * @param target where it is reached: an address, {@code gateway}, {@code rehearsal} or {@code
 *     replay}
 * @param model as the target names it
 * @param epochs how many times each case is asked, at least 1
 * @param variants the system prompts under which each case is asked; at least one, with names of
 *     their own
 * @param judges who judges the answers: the one of refusals first, then, if there is one, that of
 *     harm
 */
public record Plan(
        String target,
        String model,
        Sampling sampling,
        int epochs,
        List<Variant> variants,
        List<JudgeId> judges) {

    public Plan {
        Objects.requireNonNull(target);
        Objects.requireNonNull(model);
        Objects.requireNonNull(sampling);
        variants = List.copyOf(variants);
        judges = List.copyOf(judges);
        if (epochs < 1 || variants.isEmpty()) {
            throw new IllegalArgumentException(
                    "`%d` epochs under `%d` variants".formatted(epochs, variants.size()));
        }
        Set<String> names = new HashSet<>();
        for (Variant variant : variants) {
            if (!names.add(variant.name())) {
                throw new IllegalArgumentException(
                        "there are two variants `%s`".formatted(variant.name()));
            }
        }
    }

    /** Whether recorded answers are taken, for which nobody is paid. */
    boolean isReplayed() {
        return target.equals("replay");
    }

    /** The system prompt of a name. */
    Optional<Variant> variant(String name) {
        return variants.stream().filter(it -> it.name().equals(name)).findFirst();
    }
}
