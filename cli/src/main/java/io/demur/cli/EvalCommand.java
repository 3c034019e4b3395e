package io.demur.cli;

import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.rehearsal.Rehearsal;
import io.demur.core.suite.Case;
import io.demur.core.suite.Suite;
import io.demur.eval.run.Judges;
import io.demur.eval.run.Plan;
import io.demur.eval.run.Price;
import io.demur.eval.run.Run;
import io.demur.eval.run.Sampling;
import io.demur.eval.run.Target;
import io.demur.eval.run.Variant;
import io.demur.eval.search.FrightenedModel;
import io.demur.files.Nearest;
import io.demur.files.TextFile;
import io.demur.files.suite.ShippedSuite;
import io.demur.record.entry.Ids;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/** {@code demur eval}: asks a suite of a model. Arguments and assembly only. */
@Command(
        name = "eval",
        description = {
            "Asks a suite of a model, judges the answers, and keeps both in a run file.",
            "Exits with 3 where the run is not whole; --resume goes on with it.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class EvalCommand implements Callable<Integer> {

    /** How a system prompt is named that is none. */
    private static final String NO_SYSTEM = "none";

    /** What a run keeps as it was begun. */
    private static final List<String> IN_THE_FILE =
            List.of(
                    "--suite",
                    "--format",
                    "--section",
                    "--limit",
                    "--target",
                    "--model",
                    "--out",
                    "--epochs",
                    "--system",
                    "--seed",
                    "--temperature",
                    "--max-tokens");

    @Option(
            names = "--suite",
            paramLabel = "SUITE",
            description =
                    "What to ask: a suite that ships (core), a file, or an address with its sum.")
    private @Nullable String suite;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            description = "What the suite is in, where its content does not tell.")
    private @Nullable String format;

    @Option(
            names = "--section",
            paramLabel = "NAME",
            description = "Ask the cases of this section alone; repeatable.")
    private List<String> sections = new ArrayList<>();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Ask N cases at most, evenly taken out of all.")
    private @Nullable Integer limit;

    @Mixin private TargetOptions target = new TargetOptions();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Keep the run there, as JSON lines; a file that is there is not touched.")
    private @Nullable Path out;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "Ask what this run lacks, as it was begun; nothing is asked twice.")
    private @Nullable Path resume;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many times to ask each case (default: 1).")
    private int epochs;

    @Option(
            names = "--system",
            paramLabel = "FILE",
            description =
                    "Ask under this system prompt; repeatable, to compare several; `none` is none.")
    private List<Path> systems = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Send this seed; the next epoch has the next one.")
    private @Nullable Long seed;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Send this temperature, 0 to 2 (default: none, the target's own holds).")
    private @Nullable Double temperature;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "" + Sampling.TOKENS_MAX,
            description = "How long an answer may be (default: ${DEFAULT-VALUE}).")
    private int tokensMax;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "32",
            description =
                    "How much to ask at once, at most (default: 32); less if the target says.")
    private int concurrency;

    @Option(
            names = "--price",
            paramLabel = "IN,OUT",
            description = "What a million tokens cost: of what is asked, and of answers.")
    private @Nullable String price;

    @Option(
            names = "--max-cost",
            paramLabel = "SUM",
            description = "Stop before the run can cost more (needs --price).")
    private @Nullable Double costMax;

    @Mixin private SearchOptions search = new SearchOptions();

    @Mixin private JudgeOptions judges = new JudgeOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        search.problem()
                .ifPresent(
                        it -> {
                            throw wrong(it);
                        });
        try {
            if (search.wanted()) {
                return search();
            }
            EvalRun run =
                    new EvalRun(judges.asked(), target, concurrency(), budget(), out(), err());
            Path former = resume;
            if (former != null) {
                return resume(run, former);
            }
            Optional<Run> begun = begun(run);
            return begun.isEmpty()
                    ? ExitCode.INPUT_UNREADABLE
                    : run.begin(begun.get(), Objects.requireNonNull(out));
        } catch (IOException e) {
            err().println("demur: " + Terminal.plain(Guarded.words(e)));
            return ExitCode.INTERNAL;
        }
    }

    private Optional<Run> begun(EvalRun run) {
        String named = suite;
        if (named == null) {
            throw wrong("--suite: what to ask? `core` ships");
        }
        if (out == null) {
            throw wrong("--out: where to keep the run?");
        }
        if (Files.exists(out)) {
            throw wrong(
                    "--out: `%s` is there already; --resume %s goes on with a run"
                            .formatted(out, out));
        }
        Plan plan = plan(run.judges());
        return new SuiteSource(Surroundings.ours(), err())
                .read(named, Optional.ofNullable(format))
                .map(
                        whole ->
                                new Run(
                                        new Ids(InstantSource.system(), new SecureRandom())
                                                .next("run"),
                                        chosen(whole),
                                        whole.digest(),
                                        plan,
                                        InstantSource.system()
                                                .instant()
                                                .truncatedTo(ChronoUnit.MICROS),
                                        Optional.empty(),
                                        List.of()));
    }

    private int search() throws IOException, InterruptedException {
        if (resume != null || epochs != 1 || limit != null || systems.size() > 1) {
            throw wrong(
                    "--search: asks once under one system prompt; leave --resume, --epochs, --limit"
                            + " and further --system out");
        }
        if (target.replays()) {
            throw wrong("--search: a recording answers nothing new; leave --replay out");
        }
        EvalSearch.Kept kept = new EvalSearch.Kept(Optional.ofNullable(out), search.cases());
        kept.problem()
                .ifPresent(
                        it -> {
                            throw wrong(it);
                        });
        Judges asked = judges.asked();
        Plan plan = plan(asked);
        String named = suite == null ? ShippedSuite.CORE.word() : suite;
        Optional<Suite> read =
                new SuiteSource(Surroundings.ours(), err())
                        .read(named, Optional.ofNullable(format));
        if (read.isEmpty()) {
            return ExitCode.INPUT_UNREADABLE;
        }
        long first = seed == null ? 0 : seed;
        Target model = target.open(plan.target(), plan.model(), first);
        boolean played = plan.target().equals(Rehearsal.MODEL);
        if (!played && !target.caches()) {
            err().println("demur: no --cache: a search that breaks off has to ask all of it again");
        }
        HarmPredictor quick = LinearHarm.shipped();
        return new EvalSearch(
                        asked,
                        quick,
                        judges.harm(quick),
                        concurrency(),
                        budget(),
                        search.budget(),
                        first,
                        out(),
                        err())
                .search(
                        chosen(read.get()),
                        plan,
                        played
                                ? new FrightenedModel(FrightenedModel.shipped(), first, model)
                                : model,
                        kept);
    }

    private Plan plan(Judges asked) {
        String place = target.place();
        try {
            return new Plan(
                    place,
                    target.model(place),
                    new Sampling(
                            temperature == null
                                    ? OptionalDouble.empty()
                                    : OptionalDouble.of(temperature),
                            seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                            tokensMax),
                    epochs,
                    variants(),
                    asked.ids());
        } catch (IllegalArgumentException e) {
            throw wrong("this cannot be asked: " + e.getMessage());
        }
    }

    private List<Variant> variants() {
        List<Variant> variants = new ArrayList<>();
        for (Path file : systems) {
            if (file.toString().equals(NO_SYSTEM)) {
                variants.add(new Variant(NO_SYSTEM, Optional.empty()));
                continue;
            }
            try {
                String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]{1,5}$", "");
                variants.add(new Variant(name, Optional.of(TextFile.read(file).strip())));
            } catch (IOException e) {
                throw wrong("--system: " + Guarded.words(e));
            }
        }
        return variants.isEmpty() ? List.of(Variant.PLAIN) : variants;
    }

    private Suite chosen(Suite whole) {
        for (String section : sections) {
            if (!whole.sections().contains(section)) {
                throw wrong(
                        "--section: `%s` is none of %s"
                                .formatted(
                                        section,
                                        Nearest.list(Nearest.first(section, whole.sections()))));
            }
        }
        Suite some = sections.isEmpty() ? whole : whole.only(it -> sections.contains(it.section()));
        Integer most = limit;
        if (most == null) {
            return some;
        }
        if (most < 1) {
            throw wrong("--limit: `%d` cases are none".formatted(most));
        }
        return evenly(some, most);
    }

    /** So many cases, from all parts of a suite, and the same ones each time. */
    private static Suite evenly(Suite of, int most) {
        List<Case> cases = of.cases();
        int count = Math.min(most, cases.size());
        List<Case> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(cases.get((int) ((long) i * cases.size() / count)));
        }
        return new Suite(of.name(), of.version(), of.description(), some);
    }

    private int resume(EvalRun run, Path former) throws IOException, InterruptedException {
        ParseResult given = Objects.requireNonNull(spec).commandLine().getParseResult();
        List<String> idle = IN_THE_FILE.stream().filter(given::hasMatchedOption).toList();
        if (!idle.isEmpty()) {
            throw wrong(
                    "--resume: goes on with what the run's file says; leave %s out"
                            .formatted(String.join(", ", idle)));
        }
        if (!Files.exists(former)) {
            throw wrong("--resume: there is no file `%s`".formatted(former));
        }
        return run.resume(former);
    }

    private int concurrency() {
        if (concurrency < 1 || concurrency > 1000) {
            throw wrong("--concurrency: `%d` is not between 1 and 1000".formatted(concurrency));
        }
        return concurrency;
    }

    private EvalRun.Budget budget() {
        if (costMax != null && (price == null || !(costMax > 0))) {
            throw wrong("--max-cost: needs --price, and is more than 0");
        }
        OptionalDouble most = costMax == null ? OptionalDouble.empty() : OptionalDouble.of(costMax);
        String given = price;
        if (given == null) {
            return new EvalRun.Budget(Price.NONE, most);
        }
        String refusal = "--price: `%s` is not IN,OUT, such as `0.15,0.60`".formatted(given);
        Price read = Price.parse(given).orElseThrow(() -> wrong(refusal));
        return new EvalRun.Budget(read, most);
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
