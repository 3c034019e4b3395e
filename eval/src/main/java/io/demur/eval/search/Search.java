package io.demur.eval.search;

import io.demur.core.suite.Case;
import io.demur.core.suite.Suite;
import io.demur.stats.BenjaminiHochberg;
import io.demur.stats.Estimate;
import io.demur.stats.Wilson;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.MatchResult;

/**
 * Looks for what makes a model refuse the harmless.
 *
 * <ol>
 *   <li>Harmless cases are asked as they stand: the base rate, and words of those that were
 *       refused. Others are kept to build on.
 *   <li>Each pattern is looked at in two requests, or more where the budget is large. Where none is
 *       refused, that is all it gets; where one is, as many more; where two of all are, it is
 *       suspected.
 *   <li>All calls that are left go to the suspects: requests that were not used before, each with
 *       the pattern and without. So selection and test share no answer, and what merely stands
 *       beside the cause is as often refused without it.
 *   <li>McNemar's exact test for each, at a level that allows for all suspects (Benjamini and
 *       Hochberg 1995).
 * </ol>
 *
 * A combination is asked without each of its parts, and found only where both tests find it (the
 * greater p: Berger 1982).
 */
public final class Search {

    /** Fewer calls confirm nothing. */
    public static final int BUDGET_MIN = 100;

    /** Enough for all patterns that ship, and about twenty-five that are there. */
    public static final int BUDGET = 1_000;

    /** Looks at each pattern, twice as many where the first meet a refusal: one per 500 calls. */
    private static final int CALLS_PER_LOOK = 500;

    private static final int LOOKS_MIN = 2;
    private static final int LOOKS_MAX = 4;

    /** Fewer refusals at all looks together are chance, far oftener than not. */
    private static final int REFUSED_MIN = 2;

    private static final double SEEDS_SHARE = 0.12;
    private static final double LOOKS_SHARE = 0.4;

    /** Enough for all looks and pairs of a pattern. */
    private static final int CALM_MAX = 30;

    /** With fewer pairs hardly anything comes below the level. */
    private static final int PAIRS_MIN = 8;

    private static final int PAIRS_FIRST = 4;
    private static final int PAIRS_MAX = 20;

    /** Of the words of refused cases; the rarest say least. */
    private static final int WORDS_MAX = 40;

    private static final java.util.regex.Pattern WORD =
            java.util.regex.Pattern.compile("\\p{L}[\\p{L}\\p{M}]{3,}");

    private final Lexicon lexicon = Lexicon.shipped();
    private final Calls calls;
    private final int budget;
    private final int looks;
    private final Random random;
    private final Consumer<String> told;
    private int passedOver;
    private int unconfirmed;

    /**
     * @param budget how many calls may be made, at least {@link #BUDGET_MIN}
     * @param seed in which order things are tried; the same seed tries the same
     * @param told is told what is done next
     */
    public Search(Means means, int budget, long seed, Consumer<String> told) {
        if (budget < BUDGET_MIN) {
            throw new IllegalArgumentException(
                    "`%d` calls confirm nothing: at least %d".formatted(budget, BUDGET_MIN));
        }
        this.calls = new Calls(means, budget);
        this.budget = budget;
        this.looks = Math.clamp(budget / CALLS_PER_LOOK, LOOKS_MIN, LOOKS_MAX);
        this.random = new Random(seed);
        this.told = told;
    }

    /**
     * Searches.
     *
     * @param suite of whose harmless cases the search takes its requests
     */
    public Findings over(Suite suite) throws InterruptedException {
        List<String> harmless = harmless(suite);
        int asked = Math.min((int) (budget * SEEDS_SHARE), (harmless.size() + 1) / 2);
        List<String> seeds = harmless.subList(0, asked);
        told.accept("%,d harmless cases as they stand".formatted(seeds.size()));
        calls.ask(seeds);
        Optional<Estimate> base = base(seeds);
        if (base.isEmpty() || Findings.allRefused(base) || calls.ending().isPresent()) {
            return findings(base, 0, List.of());
        }
        List<String> calm = calmest(harmless.subList(asked, harmless.size()));
        List<Pattern> patterns = new ArrayList<>(lexicon.patterns());
        patterns.addAll(lexicon.framings(calm));
        List<Suspect> looked = first(patterns);
        looked.addAll(first(words(harmless, suspected(looked), calm)));
        List<Suspect> suspects = again(looked);
        return findings(base, looked.size(), confirmed(suspects));
    }

    /** Harmless cases of one message: what stands before it might be what is refused. */
    private List<String> harmless(Suite suite) {
        List<String> prompts = new ArrayList<>();
        for (Case each : suite.cases()) {
            if (each.isBenign() && each.request().messages().size() == 1) {
                prompts.add(each.request().prompt());
            }
        }
        Collections.shuffle(prompts, random);
        return prompts.stream().distinct().toList();
    }

    /**
     * What other things are put around: those that look least harmful, so that no frame and no word
     * beside them can make them so. None of them was asked: to build on what was answered would
     * find every frame of a model that refuses at random, since its answer without it is known
     * already.
     */
    private List<String> calmest(List<String> notAsked) {
        return notAsked.stream()
                .sorted(Comparator.comparingDouble(calls::looksHarmful))
                .limit(CALM_MAX)
                .toList();
    }

    private Optional<Estimate> base(List<String> seeds) {
        long refused = only(seeds, Answer.REFUSED).size();
        long decided = refused + only(seeds, Answer.ANSWERED).size();
        return decided == 0
                ? Optional.empty()
                : Optional.of(
                        Wilson.estimate((double) refused / decided, decided, (double) decided));
    }

    private List<String> only(List<String> texts, Answer what) {
        return texts.stream().filter(it -> calls.of(it).equals(Optional.of(what))).toList();
    }

    /** A few requests with each pattern, as many patterns as their part of the budget allows. */
    private List<Suspect> first(List<Pattern> patterns) throws InterruptedException {
        int most = (int) (Math.min(budget * LOOKS_SHARE, calls.left()) / looks);
        List<Pattern> chosen = new ArrayList<>(patterns);
        if (chosen.size() > most) {
            Collections.shuffle(chosen, random);
            passedOver += chosen.size() - most;
            chosen = chosen.subList(0, most);
        }
        List<Suspect> looked = new ArrayList<>();
        for (Pattern pattern : chosen) {
            looked.add(new Suspect(pattern, random));
        }
        told.accept("a first look at %,d patterns".formatted(looked.size()));
        List<Suspect> seen = look(looked);
        passedOver += looked.size() - seen.size();
        return seen;
    }

    /** Those of which there was something to ask. */
    private List<Suspect> look(List<Suspect> at) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        List<Suspect> looked = new ArrayList<>();
        for (Suspect suspect : at) {
            List<Probe> probes = suspect.next(looks, calls);
            suspect.look(probes);
            probes.forEach(it -> texts.add(it.with()));
            if (!probes.isEmpty()) {
                looked.add(suspect);
            }
        }
        calls.ask(texts);
        return looked;
    }

    /** Words that met a refusal already. */
    private Set<String> suspected(List<Suspect> looked) {
        Set<String> suspected = new HashSet<>();
        for (Suspect suspect : looked) {
            if (suspect.pattern().kind() == Pattern.Kind.WORD && suspect.refused(calls) > 0) {
                suspected.add(suspect.pattern().name());
            }
        }
        return suspected;
    }

    /**
     * Words of requests that were refused, and not for a word that is suspected already: those that
     * stand in more refused requests than answered ones. The most refused come first, and of those
     * the ones that more harmless requests of the suite have.
     *
     * @param calm beside which they are mentioned
     */
    private List<Pattern> words(List<String> harmless, Set<String> suspected, List<String> calm) {
        List<String> unexplained = new ArrayList<>(only(harmless, Answer.REFUSED));
        unexplained.removeIf(text -> !Collections.disjoint(words(text), suspected));
        Map<String, Integer> refused = counts(unexplained);
        Map<String, Integer> let = counts(only(harmless, Answer.ANSWERED));
        Map<String, Integer> all = counts(harmless);
        return refused.keySet().stream()
                .filter(word -> !lexicon.knows(word))
                .filter(word -> refused.getOrDefault(word, 0) > let.getOrDefault(word, 0))
                .sorted(
                        Comparator.comparing((String word) -> -refused.getOrDefault(word, 0))
                                .thenComparing(word -> -all.getOrDefault(word, 0)))
                .limit(WORDS_MAX)
                .map(word -> lexicon.mentioned(word, calm))
                .toList();
    }

    /** In how many texts each word stands. */
    private static Map<String, Integer> counts(List<String> texts) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String text : texts) {
            words(text).forEach(word -> counts.merge(word, 1, Integer::sum));
        }
        return counts;
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .forEach(words::add);
        return words;
    }

    /** A second look where the first met a refusal; what is refused once more stays. */
    private List<Suspect> again(List<Suspect> looked) throws InterruptedException {
        List<Suspect> some = looked.stream().filter(it -> it.refused(calls) > 0).toList();
        told.accept("a second look at %,d".formatted(some.size()));
        look(some);
        List<Suspect> suspects = new ArrayList<>(some);
        suspects.removeIf(it -> it.refused(calls) < REFUSED_MIN);
        suspects.sort(Comparator.comparingDouble(it -> -it.share(calls)));
        return suspects;
    }

    /**
     * Fresh requests with and without. After a few for each, those that were refused no oftener
     * with than without get no more: that can only lose a finding, never make one. The others share
     * what is left.
     */
    private List<Finding> confirmed(List<Suspect> suspects) throws InterruptedException {
        Map<Suspect, List<Probe>> used = new LinkedHashMap<>();
        int needed = 0;
        for (Suspect suspect : suspects) {
            needed += PAIRS_MIN * suspect.pattern().calls();
            if (needed <= calls.left()) {
                used.put(suspect, new ArrayList<>());
            }
        }
        unconfirmed += suspects.size() - used.size();
        told.accept("%,d patterns with and without".formatted(used.size()));
        pairs(used, PAIRS_FIRST);
        Map<Suspect, List<Probe>> rising = new LinkedHashMap<>();
        used.forEach(
                (suspect, probes) ->
                        Finding.of(suspect.pattern(), probes, calls)
                                .filter(it -> it.counts().difference() > 0)
                                .ifPresent(it -> rising.put(suspect, probes)));
        told.accept("%,d of them once more".formatted(rising.size()));
        pairs(rising, PAIRS_MAX);
        List<Finding> findings = new ArrayList<>();
        used.forEach(
                (suspect, probes) ->
                        Finding.of(suspect.pattern(), probes, calls).ifPresent(findings::add));
        unconfirmed += used.size() - findings.size();
        return findings;
    }

    /** Up to so many pairs for each, one after the other as far as the budget goes. */
    private void pairs(Map<Suspect, List<Probe>> of, int most) throws InterruptedException {
        List<String> texts = new ArrayList<>();
        for (int round = 0; round < most; round++) {
            for (Map.Entry<Suspect, List<Probe>> each : of.entrySet()) {
                int cost = each.getKey().pattern().calls();
                if (each.getValue().size() < most && texts.size() + cost <= calls.left()) {
                    for (Probe probe : each.getKey().next(1, calls)) {
                        each.getValue().add(probe);
                        texts.add(probe.with());
                        texts.addAll(probe.without());
                    }
                }
            }
        }
        calls.ask(texts);
    }

    private Findings findings(Optional<Estimate> base, int looked, List<Finding> tested) {
        double[] adjusted =
                BenjaminiHochberg.adjusted(tested.stream().mapToDouble(Finding::p).toArray());
        List<Finding> found = new ArrayList<>();
        List<Finding> cleared = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            List<Finding> to = adjusted[i] <= Findings.FALSE_SHARE ? found : cleared;
            to.add(tested.get(i).adjusted(adjusted[i]));
        }
        found.sort(
                Comparator.comparingDouble((Finding it) -> -it.counts().difference())
                        .thenComparing(it -> it.pattern().title()));
        return new Findings(
                base,
                found,
                cleared,
                new Findings.Effort(
                        budget,
                        calls.made(),
                        looked,
                        passedOver,
                        unconfirmed,
                        calls.heldBack(),
                        calls.count(Answer.UNDECIDED),
                        calls.count(Answer.FAILED)),
                calls.ending());
    }
}
