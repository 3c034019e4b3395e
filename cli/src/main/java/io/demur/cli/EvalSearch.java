package io.demur.cli;

import io.demur.core.harm.HarmPredictor;
import io.demur.core.suite.Suite;
import io.demur.eval.run.Bill;
import io.demur.eval.run.Ending;
import io.demur.eval.run.Judges;
import io.demur.eval.run.Pace;
import io.demur.eval.run.Patience;
import io.demur.eval.run.Plan;
import io.demur.eval.run.Target;
import io.demur.eval.run.Usage;
import io.demur.eval.search.Findings;
import io.demur.eval.search.FindingsJson;
import io.demur.eval.search.FindingsText;
import io.demur.eval.search.FoundCases;
import io.demur.eval.search.Means;
import io.demur.eval.search.Search;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * One search of {@code demur eval}: says what it can take, searches, and says what was found.
 *
 * @param judges who judges the answers
 * @param harm who judges what is asked
 * @param concurrency how much is asked at once, at most
 * @param budget what it may cost
 * @param calls how many calls it may make
 * @param seed in which order things are tried
 * @param out for what is found
 * @param err for everything else that is said
 */
record EvalSearch(
        Judges judges,
        HarmPredictor harm,
        int concurrency,
        EvalRun.Budget budget,
        int calls,
        long seed,
        PrintWriter out,
        PrintWriter err) {

    /** As long as an answer may take that is under way. */
    private static final Duration GRACE = Duration.ofMinutes(3);

    /** About as much as a short question is. */
    private static final int TOKENS_ASKED = 40;

    /**
     * Where to keep what is found.
     *
     * @param json as a document
     * @param cases as a suite
     */
    record Kept(Optional<Path> json, Optional<Path> cases) {}

    int search(Suite suite, Plan plan, Target target, Kept kept)
            throws IOException, InterruptedException {
        Bill bill = new Bill(budget.price(), budget.most());
        say(effort(plan));
        Findings findings;
        try (Interrupt interrupt =
                Interrupt.listen(GRACE, () -> err.println("demur: answers under way are lost"))) {
            Means means =
                    new Means(
                            plan,
                            target,
                            judges,
                            harm,
                            new Pace(concurrency),
                            bill,
                            Patience.USUAL,
                            InstantSource.system(),
                            interrupt::stop);
            findings = new Search(means, calls, seed, this::say).over(suite);
        }
        out.print(FindingsText.of(findings));
        out.flush();
        if (kept.json().isPresent()) {
            Files.writeString(
                    kept.json().get(), FindingsJson.of(findings, plan, suite.name(), seed));
        }
        if (kept.cases().isPresent()) {
            Files.writeString(kept.cases().get(), FoundCases.yaml(findings, plan.model()));
        }
        return ended(findings.ending());
    }

    private String effort(Plan plan) {
        long tokens = (long) calls * plan.sampling().tokensMax();
        double cost = budget.price().of(new Usage((long) calls * TOKENS_ASKED, tokens));
        return String.format(
                Locale.ROOT,
                "at most %,d calls of %s (%s), and %,d tokens out%s",
                calls,
                plan.model(),
                plan.target(),
                tokens,
                cost > 0 ? String.format(Locale.ROOT, ", which is about %.2f", cost) : "");
    }

    private void say(String what) {
        err.println(Terminal.plain(what));
        err.flush();
    }

    private int ended(Optional<Ending> early) {
        if (early.isEmpty()) {
            return ExitCode.OK;
        }
        String words =
                switch (early.get()) {
                    case Ending.Whole whole -> "ended";
                    case Ending.Stopped stopped -> "interrupted";
                    case Ending.TooDear dear -> "stopped before it costs more than --max-cost";
                    case Ending.Unusable unusable -> "stopped: " + unusable.message();
                };
        say("demur: " + words + "; with --cache the same search asks nothing twice");
        return early.get() instanceof Ending.Stopped
                ? ExitCode.INTERRUPTED
                : ExitCode.INPUT_UNREADABLE;
    }
}
