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
import io.demur.files.output.OutputFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * One search of {@code demur eval}: says what it can take, searches, and says what was found.
 *
 * @param judges who judges the answers
 * @param quick who judges at no cost what is asked
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
        HarmPredictor quick,
        HarmPredictor harm,
        int concurrency,
        EvalRun.Budget budget,
        int calls,
        long seed,
        PrintWriter out,
        PrintWriter err) {

    /** About as much as a short question is. */
    private static final int TOKENS_ASKED = 40;

    /**
     * Where to keep what is found.
     *
     * @param json as a document
     * @param cases as a suite
     */
    record Kept(Optional<Path> json, Optional<Path> cases) {

        /** Why it is not kept there; nothing where it can be. */
        Optional<String> problem() {
            if (json.isPresent() && json.equals(cases)) {
                return Optional.of("--save-cases: `%s` is what --out names".formatted(json.get()));
            }
            return taken("--out", json).or(() -> taken("--save-cases", cases));
        }

        private static Optional<String> taken(String option, Optional<Path> file) {
            return file.filter(Files::isRegularFile)
                    .map(it -> "%s: `%s` is there already".formatted(option, it));
        }
    }

    int search(Suite suite, Plan plan, Target target, Kept kept)
            throws IOException, InterruptedException {
        Bill bill = new Bill(budget.price(), budget.most());
        // all is written before an interrupted process may end, and can be before anything is paid
        try (Interrupt interrupt = interrupt();
                OutputFile json = begun(kept.json());
                OutputFile cases = begun(kept.cases())) {
            say(effort(plan));
            Means means =
                    new Means(
                            plan,
                            target,
                            judges,
                            quick,
                            harm,
                            new Pace(concurrency),
                            bill,
                            Patience.USUAL,
                            InstantSource.system(),
                            interrupt::stop);
            Findings findings = new Search(means, calls, seed, this::say).over(suite);
            out.print(FindingsText.of(findings));
            out.flush();
            write(json, FindingsJson.of(findings, plan, suite.name(), seed));
            write(cases, FoundCases.yaml(findings, plan.model()));
            return ended(findings);
        }
    }

    private Interrupt interrupt() {
        return Interrupt.whileAsking(err);
    }

    private static @Nullable OutputFile begun(Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return null;
        }
        try {
            return OutputFile.create(file.get());
        } catch (IOException e) {
            throw new IOException(Destination.problem(e), e);
        }
    }

    private static void write(@Nullable OutputFile file, String text) throws IOException {
        if (file != null) {
            file.stream().write(text.getBytes(StandardCharsets.UTF_8));
            file.complete();
        }
    }

    private String effort(Plan plan) {
        long tokens = (long) calls * plan.sampling().tokensMax();
        long system = plan.variants().getFirst().system().map(Bill::tokens).orElse(0L);
        long asked = calls * (TOKENS_ASKED + system);
        double cost = budget.price().of(new Usage(asked, tokens));
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

    private int ended(Findings findings) {
        Optional<Ending> early = findings.ending();
        if (early.isEmpty()) {
            return findings.base().isPresent() ? ExitCode.OK : ExitCode.INPUT_UNREADABLE;
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
