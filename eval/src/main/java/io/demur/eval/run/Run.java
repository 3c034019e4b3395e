package io.demur.eval.run;

import io.demur.core.suite.Case;
import io.demur.core.suite.Suite;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A suite that was asked of a model, once or several times over, and what came. Immutable.
 *
 * @param id unique, beginning with {@code run_}
 * @param suite the cases that were to be asked, which may be fewer than the suite has
 * @param suiteDigest of the suite as a whole, by which two runs are known to have asked the same
 * @param plan of whom it was asked, and how
 * @param started when
 * @param finished when the last trial was done; nothing where some are missing
 * @param trials at most one for each case, epoch and variant; by variant, then by epoch, then in
 *     the order of the cases
 */
public record Run(
        String id,
        Suite suite,
        String suiteDigest,
        Plan plan,
        Instant started,
        Optional<Instant> finished,
        List<Trial> trials) {

    public Run {
        Objects.requireNonNull(suite);
        Objects.requireNonNull(plan);
        Objects.requireNonNull(started);
        Objects.requireNonNull(finished);
        trials = List.copyOf(trials);
        if (!id.startsWith("run_") || !suiteDigest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("run `%s` of `%s`".formatted(id, suiteDigest));
        }
    }

    /** How many trials it has once it is whole. */
    public long trialsMax() {
        return (long) suite.cases().size() * plan.epochs() * plan.variants().size();
    }

    /** The trials under one system prompt, in their order. */
    public List<Trial> under(Variant variant) {
        return trials.stream().filter(it -> it.variant().equals(variant.name())).toList();
    }

    /** Those of one case, whichever the epoch and the variant. */
    public List<Trial> of(Case wanted) {
        return trials.stream().filter(it -> it.of().equals(wanted)).toList();
    }
}
