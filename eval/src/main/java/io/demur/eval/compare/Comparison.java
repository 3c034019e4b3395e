package io.demur.eval.compare;

import io.demur.core.suite.Case;
import io.demur.eval.metric.ByCategory;
import io.demur.eval.metric.Figure.Better;
import io.demur.eval.metric.Leakage;
import io.demur.eval.run.Round;
import io.demur.eval.run.Run;
import io.demur.eval.run.Trial;
import io.demur.stats.Holm;
import io.demur.stats.PairedAnswers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Two runs against each other, each under one variant, over the cases that both asked. A case
 * counts where both runs have a decided answer to it; the cases of a pair or of a group of
 * paraphrases are compared as one.
 *
 * @param first the one to be compared with
 * @param second the other
 * @param common how many cases both asked
 * @param overall both rates and leakage, each tested by itself
 * @param categories both rates by section, hazard and style, tested all together (Holm)
 * @param notes what has to be known before anything is made of a difference
 */
public record Comparison(
        Run first,
        Run second,
        int common,
        List<Difference> overall,
        List<Difference> categories,
        List<String> notes) {

    /** Fewer clusters cannot tell two runs apart, however they fall. */
    private static final int CLUSTERS_MIN = 2;

    public Comparison {
        overall = List.copyOf(overall);
        categories = List.copyOf(categories);
        notes = List.copyOf(notes);
    }

    /**
     * Why two runs cannot be compared; empty where they can.
     *
     * @param commonOnly whether cases that both asked are enough, whatever else was asked
     */
    public static Optional<String> obstacle(Run first, Run second, boolean commonOnly) {
        if (!commonOnly && !first.suiteDigest().equals(second.suiteDigest())) {
            return Optional.of(
                    "the runs asked different suites: `%s` %s (%s) and `%s` %s (%s)"
                            .formatted(
                                    first.suite().name(),
                                    first.suite().version(),
                                    first.suiteDigest().substring(0, 12),
                                    second.suite().name(),
                                    second.suite().version(),
                                    second.suiteDigest().substring(0, 12)));
        }
        return common(first, second).isEmpty()
                ? Optional.of("the runs have no case in common")
                : Optional.empty();
    }

    private static Map<String, Case> common(Run first, Run second) {
        Map<String, Case> common = new LinkedHashMap<>();
        first.suite().cases().forEach(each -> common.put(each.id(), each));
        // a case that asks something else now is another case, whatever it is called
        common.values().retainAll(second.suite().cases());
        return common;
    }

    /**
     * Compares.
     *
     * @param first under one variant
     * @param second under one variant; without an {@link #obstacle} to the first
     */
    public static Comparison of(Run first, Run second) {
        Map<String, Case> common = common(first, second);
        List<Difference> overall = new ArrayList<>();
        Pairing harmful = new Pairing("harmful.refusal", Better.HIGHER, Round::refused);
        Pairing benign = new Pairing("benign.refusal", Better.LOWER, Round::refused);
        Pairing leakage = new Pairing("harmful.leakage", Better.LOWER, Leakage::is);
        harmful.of(first, second, common, Case::isHarmful).ifPresent(overall::add);
        benign.of(first, second, common, Case::isBenign).ifPresent(overall::add);
        leakage.of(first, second, common, Case::isHarmful).ifPresent(overall::add);
        return new Comparison(
                first,
                second,
                common.size(),
                overall,
                adjusted(categories(first, second, common)),
                notes(first, second, common));
    }

    /** One rate, and how it is paired. */
    private record Pairing(String name, Better better, Predicate<Round> question) {

        Optional<Difference> of(
                Run first, Run second, Map<String, Case> common, Predicate<Case> wanted) {
            Map<String, int[]> one = counts(first, common, wanted);
            Map<String, int[]> other = counts(second, common, wanted);
            Map<String, List<PairedAnswers>> clusters = new LinkedHashMap<>();
            one.forEach(
                    (id, counts) -> {
                        int[] with = other.get(id);
                        if (with != null) {
                            Case of = Objects.requireNonNull(common.get(id));
                            clusters.computeIfAbsent(of.cluster(), c -> new ArrayList<>())
                                    .add(new PairedAnswers(counts[0], counts[1], with[0], with[1]));
                        }
                    });
            long all = common.values().stream().filter(wanted).count();
            return clusters.size() < CLUSTERS_MIN
                    ? Optional.empty()
                    : Optional.of(
                            Difference.of(name, better, clusters.values(), Math.toIntExact(all)));
        }

        /** Yes and all, of each case that was decided at least once. */
        private Map<String, int[]> counts(
                Run run, Map<String, Case> common, Predicate<Case> wanted) {
            Map<String, int[]> counts = new LinkedHashMap<>();
            for (Trial trial : run.trials()) {
                Optional<Round> answer = trial.first().filter(Round::decided);
                if (answer.isPresent()
                        && common.containsKey(trial.of().id())
                        && wanted.test(trial.of())) {
                    int[] each = counts.computeIfAbsent(trial.of().id(), id -> new int[2]);
                    each[0] += question.test(answer.get()) ? 1 : 0;
                    each[1]++;
                }
            }
            return counts;
        }
    }

    private static List<Difference> categories(Run first, Run second, Map<String, Case> common) {
        List<Difference> differences = new ArrayList<>();
        for (Map.Entry<String, Function<Case, Optional<String>>> by : ByCategory.of().entrySet()) {
            Map<String, List<Case>> groups = new TreeMap<>();
            for (Case each : common.values()) {
                by.getValue()
                        .apply(each)
                        .ifPresent(
                                group ->
                                        groups.computeIfAbsent(group, g -> new ArrayList<>())
                                                .add(each));
            }
            groups.forEach(
                    (group, cases) -> {
                        Map<String, Case> some = new LinkedHashMap<>();
                        cases.forEach(each -> some.put(each.id(), each));
                        String name = by.getKey() + "." + group;
                        new Pairing(name + ".harmful.refusal", Better.HIGHER, Round::refused)
                                .of(first, second, some, Case::isHarmful)
                                .ifPresent(differences::add);
                        new Pairing(name + ".benign.refusal", Better.LOWER, Round::refused)
                                .of(first, second, some, Case::isBenign)
                                .ifPresent(differences::add);
                    });
        }
        return differences;
    }

    private static List<Difference> adjusted(List<Difference> differences) {
        double[] p = Holm.adjusted(differences.stream().mapToDouble(Difference::p).toArray());
        List<Difference> adjusted = new ArrayList<>();
        for (int i = 0; i < p.length; i++) {
            adjusted.add(differences.get(i).adjusted(p[i]));
        }
        return adjusted;
    }

    private static List<String> notes(Run first, Run second, Map<String, Case> common) {
        List<String> notes = new ArrayList<>();
        long more = (long) first.suite().cases().size() + second.suite().cases().size();
        more -= 2L * common.size();
        if (more > 0) {
            notes.add(
                    "left out: %d cases that only one of the runs asked, or that changed"
                            .formatted(more));
        }
        if (!first.plan().judges().equals(second.plan().judges())) {
            notes.add("the runs were judged by different judges: a difference may be theirs");
        }
        if (!first.plan().sampling().equals(second.plan().sampling())) {
            notes.add("the runs were asked with different temperatures, seeds or lengths");
        }
        if (first.id().equals(second.id())
                && first.plan().variants().equals(second.plan().variants())) {
            notes.add("this is one run, compared with itself");
        }
        return notes;
    }

    /** Where the second run is worse by more than chance; empty where nowhere. */
    public List<Difference> regressions() {
        List<Difference> worse = new ArrayList<>();
        overall.stream().filter(Difference::isWorse).forEach(worse::add);
        categories.stream().filter(Difference::isWorse).forEach(worse::add);
        return worse;
    }
}
