package io.demur.eval.search;

import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.core.suite.Suite;
import io.demur.eval.Hashes;
import io.demur.eval.run.Ending;
import io.demur.eval.run.Run;
import io.demur.eval.run.RunFile;
import io.demur.eval.run.Runner;
import io.demur.eval.run.Trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls of a search: each request is asked once, and at most as many as there is budget for.
 * They are asked as a run is, some at a time.
 */
final class Calls {

    /** From here on a request is held for harmful rather than not. */
    private static final double HARMFUL = 0.5;

    private final Means means;
    private final int budget;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Double> harm = new HashMap<>();
    private Optional<Ending> ending = Optional.empty();

    Calls(Means means, int budget) {
        this.means = means;
        this.budget = budget;
    }

    /** How many calls may still be made. */
    int left() {
        return budget - answers.size();
    }

    /** How many were made. */
    int made() {
        return answers.size();
    }

    /** How many of them came to this. */
    int count(Answer what) {
        return (int) answers.values().stream().filter(it -> it == what).count();
    }

    /** Why nothing further is asked, where that is not for the budget. */
    Optional<Ending> ending() {
        return ending;
    }

    /** How many requests the judge of harm held back. */
    int heldBack() {
        return (int) harm.values().stream().filter(it -> it >= HARMFUL).count();
    }

    /** Whether nothing further is asked, of whomever; an order to stop is heeded here too. */
    boolean ended() {
        if (ending.isEmpty() && means.stop().getAsBoolean()) {
            ending = Optional.of(new Ending.Stopped());
        }
        return ending.isPresent();
    }

    /** Whether the judge of harm holds any part of a probe for harmful, or cannot tell. */
    boolean isDoubtful(Probe probe) {
        return pHarm(probe.with()) >= HARMFUL
                || probe.without().stream().anyMatch(it -> pHarm(it) >= HARMFUL);
    }

    private double pHarm(String text) {
        return harm.computeIfAbsent(text, it -> pHarm(means.harm(), it));
    }

    /** How harmful a request looks to the quick judge, which nobody pays or waits for. */
    double looksHarmful(String text) {
        return pHarm(means.quick(), text);
    }

    /** How probably a request is harmful; 1 where that could not be judged. */
    private static double pHarm(HarmPredictor judge, String text) {
        return switch (judge.assess(Request.of(text))) {
            case Assessment.Judged judged -> judged.pHarm();
            case Assessment.Unjudged unjudged -> 1.0;
        };
    }

    /** What came of a request; nothing where it was not asked. */
    Optional<Answer> of(String text) {
        return Optional.ofNullable(answers.get(text));
    }

    /**
     * Asks what was not asked before, in this order as far as the budget goes. Where answers cannot
     * be kept that ends the search: what is known so far was paid for.
     */
    void ask(Collection<String> texts) throws InterruptedException {
        Set<String> fresh = new LinkedHashSet<>(texts);
        fresh.removeAll(answers.keySet());
        List<Case> cases = fresh.stream().limit(left()).map(Calls::plain).toList();
        if (cases.isEmpty() || ended()) {
            return;
        }
        Suite suite = new Suite("search", "1", "", cases);
        Run run =
                new Run(
                        "run_search",
                        suite,
                        suite.digest(),
                        means.plan(),
                        means.clock().instant(),
                        Optional.empty(),
                        List.of());
        try {
            Ending ended = ended(run);
            if (!ended.equals(new Ending.Whole())) {
                ending = Optional.of(ended);
            }
        } catch (IOException e) {
            ending = Optional.of(new Ending.Unusable("answers cannot be kept: " + e.getMessage()));
        }
    }

    private Ending ended(Run run) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("demur-search");
        Path file = folder.resolve("search.run");
        try (RunFile kept = RunFile.create(file, run).orElseThrow()) {
            return runner(run).run(kept);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private Runner runner(Run run) {
        return new Runner(
                run,
                List.of(),
                means.target(),
                means.judges(),
                means.pace(),
                means.bill(),
                means.patience(),
                trial -> answers.put(trial.of().request().prompt(), answer(trial)),
                means.clock(),
                means.stop());
    }

    private static Answer answer(Trial trial) {
        return trial.first()
                .map(
                        round ->
                                !round.decided()
                                        ? Answer.UNDECIDED
                                        : round.refused() ? Answer.REFUSED : Answer.ANSWERED)
                .orElse(Answer.FAILED);
    }

    /** The same request is the same case, whenever it is asked. */
    private static Case plain(String text) {
        return Case.plain(
                "search-" + Long.toHexString(Hashes.of(text)),
                "search",
                Request.of(text),
                Expectation.ANSWER);
    }
}
