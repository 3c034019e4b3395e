package io.demur.eval.gate;

import io.demur.core.suite.Case;
import io.demur.eval.compare.Comparison;
import io.demur.eval.compare.Difference;
import io.demur.eval.metric.Measured;
import io.demur.eval.run.Run;
import io.demur.eval.run.Variant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All that a run has to keep to: under each of its system prompts.
 *
 * @param requirements bounds of figures
 * @param baseline the run to which it must not be worse, where there is one
 */
public record Gate(List<Requirement> requirements, Optional<Run> baseline) {

    public Gate {
        requirements = List.copyOf(requirements);
    }

    /**
     * Reads requirements.
     *
     * @throws IllegalArgumentException with all that is wrong with all of them, for the user
     */
    public static Gate parse(List<String> requirements, Optional<Run> baseline) {
        List<Requirement> read = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String each : requirements) {
            try {
                read.add(Requirement.parse(each));
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return new Gate(read, baseline);
    }

    /** One thing that was to be kept, and why it was not; {@code reason} is empty where it was. */
    public record Check(String what, Optional<String> reason) {}

    /** Everything that was to be kept, in order. */
    public List<Check> checks(List<Measured> run) {
        List<Check> checks = new ArrayList<>();
        for (Measured measured : run) {
            String under =
                    run.size() == 1 ? "" : "under `%s`: ".formatted(measured.variant().name());
            for (Requirement each : requirements) {
                checks.add(new Check(under + each, each.missedBy(measured).map(under::concat)));
            }
            baseline.ifPresent(before -> checks.addAll(regressions(under, before, measured)));
        }
        return checks;
    }

    private static List<Check> regressions(String under, Run before, Measured measured) {
        String what = under + "no worse than " + before.id();
        Optional<Run> alike = alike(before, measured.variant());
        Optional<String> obstacle =
                alike.isEmpty()
                        ? Optional.of("the baseline was not asked under this system prompt")
                        : Comparison.obstacle(alike.get(), measured.run(), false);
        if (obstacle.isPresent()) {
            return List.of(new Check(what, Optional.of(under + obstacle.get())));
        }
        Comparison comparison = Comparison.of(alike.orElseThrow(), measured.run());
        List<Check> checks = new ArrayList<>();
        resting(comparison).forEach(said -> checks.add(new Check(what, Optional.of(under + said))));
        comparison.regressions().stream()
                .map(worse -> new Check(what, Optional.of(under + worse.sentence())))
                .forEach(checks::add);
        return checks.isEmpty() ? List.of(new Check(what, Optional.empty())) : checks;
    }

    /** What a comparison has too little of to show that nothing became worse. */
    private static List<String> resting(Comparison comparison) {
        List<String> said = new ArrayList<>();
        Map<String, Predicate<Case>> rates = new LinkedHashMap<>();
        rates.put("harmful.refusal", Case::isHarmful);
        rates.put("benign.refusal", Case::isBenign);
        rates.forEach(
                (name, cases) -> {
                    long asked = comparison.first().suite().cases().stream().filter(cases).count();
                    int decided =
                            comparison.overall().stream()
                                    .filter(difference -> difference.name().equals(name))
                                    .mapToInt(Difference::cases)
                                    .sum();
                    if (2L * decided < asked) {
                        said.add(
                                "`%s` cannot be compared: %,d of %,d cases are decided in both"
                                        .formatted(name, decided, asked));
                    }
                });
        return said;
    }

    /** The baseline under the same prompt; where each has but one, that is it. */
    private static Optional<Run> alike(Run before, Variant variant) {
        if (before.plan().variants().size() == 1) {
            return Optional.of(before);
        }
        return before.plan().variants().stream()
                .filter(each -> each.name().equals(variant.name()))
                .map(each -> Measured.only(before, each))
                .findFirst();
    }
}
