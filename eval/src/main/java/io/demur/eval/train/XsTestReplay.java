package io.demur.eval.train;

import io.demur.core.Labels;
import io.demur.core.Problem;
import io.demur.core.Transcript;
import io.demur.core.suite.Case;
import io.demur.core.suite.Suite;
import io.demur.eval.run.Bill;
import io.demur.eval.run.Judges;
import io.demur.eval.run.Pace;
import io.demur.eval.run.Patience;
import io.demur.eval.run.Plan;
import io.demur.eval.run.Price;
import io.demur.eval.run.Recording;
import io.demur.eval.run.Round;
import io.demur.eval.run.Run;
import io.demur.eval.run.RunFile;
import io.demur.eval.run.Runner;
import io.demur.eval.run.Sampling;
import io.demur.eval.run.Trial;
import io.demur.eval.run.Variant;
import io.demur.files.Decoded;
import io.demur.files.Entry;
import io.demur.files.Input;
import io.demur.files.ReadOptions;
import io.demur.files.TranscriptFile;
import io.demur.files.suite.SuiteFile;
import io.demur.stats.Estimate;
import io.demur.stats.McNemar;
import io.demur.stats.PairedCounts;
import io.demur.stats.Wilson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The published completions of XSTest as {@code demur eval --replay} takes them, beside what people
 * said of the same answers: both rates of each model, and whether the models stand in one order.
 */
public final class XsTestReplay {

    /** The five models, as the published files name them. */
    public static final List<String> MODELS =
            List.of("gpt4", "llama2new", "llama2orig", "mistralguard", "mistralinstruct");

    private static final String PROMPTS = "xstest_prompts.csv";

    /** Two models are told apart where chance alone would differ as much this rarely. */
    private static final double LEVEL = 0.05;

    /** What was said of one answer, by the judge and by people. */
    private record Both(boolean judged, boolean people) {}

    /**
     * One side of one model's answers.
     *
     * @param judged the rate of refusals as the judge has it
     * @param people the same, of the same answers, as people have it
     * @param leftOut answers that could not be decided, or are not there
     */
    public record Side(Estimate judged, Estimate people, int leftOut) {}

    private final Map<String, Map<String, Both>> benign = new LinkedHashMap<>();
    private final Map<String, Map<String, Both>> harmful = new LinkedHashMap<>();
    private final Map<String, Integer> leftOut = new HashMap<>();

    private XsTestReplay() {}

    /**
     * Replays all five.
     *
     * @param folder has the prompts and the completions under their published names
     */
    public static XsTestReplay of(Path folder, Judges judges)
            throws IOException, InterruptedException {
        XsTestReplay replay = new XsTestReplay();
        List<Problem> problems = new ArrayList<>();
        byte[] prompts = Files.readAllBytes(folder.resolve(PROMPTS));
        Suite suite =
                SuiteFile.read(PROMPTS, prompts, Optional.empty(), problems)
                        .orElseThrow(() -> new IOException(problems.toString()));
        for (String model : MODELS) {
            Path file = folder.resolve("xstest_v2_completions_" + model + ".csv");
            replay.add(model, asked(suite, file, judges), labels(file));
        }
        return replay;
    }

    private static List<Trial> asked(Suite suite, Path file, Judges judges)
            throws IOException, InterruptedException {
        List<Problem> problems = new ArrayList<>();
        Recording recording =
                Recording.read(Input.of(file), ReadOptions.AUTO, Optional.empty(), problems);
        Plan plan =
                new Plan(
                        "replay",
                        "",
                        new Sampling(
                                OptionalDouble.empty(), OptionalLong.empty(), Sampling.TOKENS_MAX),
                        1,
                        List.of(Variant.PLAIN),
                        judges.ids());
        InstantSource clock = InstantSource.system();
        Run run =
                new Run(
                        "run_xstest",
                        suite,
                        suite.digest(),
                        plan,
                        clock.instant(),
                        Optional.empty(),
                        List.of());
        ConcurrentLinkedQueue<Trial> trials = new ConcurrentLinkedQueue<>();
        Path folder = Files.createTempDirectory("demur-xstest");
        Path kept = folder.resolve("xstest.run");
        try (RunFile to = RunFile.create(kept, run).orElseThrow()) {
            var unused =
                    new Runner(
                                    run,
                                    List.of(),
                                    recording,
                                    judges,
                                    new Pace(8),
                                    new Bill(Price.NONE, OptionalDouble.empty()),
                                    Patience.USUAL,
                                    trials::add,
                                    clock,
                                    () -> false)
                            .run(to);
        } finally {
            Files.deleteIfExists(kept);
            Files.delete(folder);
        }
        return List.copyOf(trials);
    }

    private static Map<String, Boolean> labels(Path file) {
        Map<String, Boolean> labels = new HashMap<>();
        try (TranscriptFile from = TranscriptFile.open(Input.of(file), ReadOptions.AUTO)) {
            for (Optional<Entry> next = from.next(); next.isPresent(); next = from.next()) {
                if (next.get().decode() instanceof Decoded.Read read) {
                    for (Transcript each : read.transcripts()) {
                        each.labels()
                                .response()
                                .map(Labels.Answer::refused)
                                .ifPresent(it -> labels.put(each.request().prompt().strip(), it));
                    }
                }
            }
        }
        return labels;
    }

    private void add(String model, List<Trial> trials, Map<String, Boolean> labels) {
        for (Trial trial : trials) {
            Case of = trial.of();
            String prompt = of.request().prompt().strip();
            Optional<Round> round = trial.first().filter(Round::decided);
            Optional<Boolean> people = Optional.ofNullable(labels.get(prompt));
            if (round.isEmpty() || people.isEmpty()) {
                leftOut.merge(model + of.isBenign(), 1, Integer::sum);
            } else {
                (of.isBenign() ? benign : harmful)
                        .computeIfAbsent(model, m -> new HashMap<>())
                        .put(prompt, new Both(round.get().refused(), people.get()));
            }
        }
    }

    /** The rates of a model on one side. */
    public Side side(String model, boolean ofBenign) {
        List<Both> answers = List.copyOf(of(ofBenign).getOrDefault(model, Map.of()).values());
        return new Side(
                rate(answers.size(), answers.stream().filter(Both::judged).count()),
                rate(answers.size(), answers.stream().filter(Both::people).count()),
                leftOut.getOrDefault(model + ofBenign, 0));
    }

    private Map<String, Map<String, Both>> of(boolean ofBenign) {
        return ofBenign ? benign : harmful;
    }

    private static Estimate rate(long n, long refused) {
        return Wilson.estimate((double) refused / n, n, (double) n);
    }

    /** The models from the least refusals to the most, by the judge or by people. */
    public List<String> order(boolean ofBenign, boolean byPeople) {
        return MODELS.stream()
                .sorted(
                        Comparator.comparingDouble(
                                it -> {
                                    Side side = side(it, ofBenign);
                                    return (byPeople ? side.people() : side.judged()).rate();
                                }))
                .toList();
    }

    /**
     * Pairs of models that people or the judge tell apart, and the other of the two has equal or
     * the other way round. Two models are told apart on the prompts that both answered (exact
     * McNemar at 5 %).
     */
    public List<String> disagreements(boolean ofBenign) {
        List<String> found = new ArrayList<>();
        for (String one : MODELS) {
            for (String other : MODELS.subList(MODELS.indexOf(one) + 1, MODELS.size())) {
                PairedCounts judged = paired(one, other, ofBenign, false);
                PairedCounts people = paired(one, other, ofBenign, true);
                boolean told = McNemar.exact(judged) <= LEVEL || McNemar.exact(people) <= LEVEL;
                if (told && judged.difference() * people.difference() <= 0) {
                    found.add("%s and %s: %s, people %s".formatted(one, other, judged, people));
                }
            }
        }
        return found;
    }

    private PairedCounts paired(String one, String other, boolean ofBenign, boolean byPeople) {
        Map<String, Both> second = of(ofBenign).getOrDefault(other, Map.of());
        long[] counts = new long[4];
        of(ofBenign)
                .getOrDefault(one, Map.of())
                .forEach(
                        (prompt, both) -> {
                            Both there = second.get(prompt);
                            if (there != null) {
                                boolean first = byPeople ? both.people() : both.judged();
                                boolean then = byPeople ? there.people() : there.judged();
                                counts[(first ? 0 : 2) + (then ? 0 : 1)]++;
                            }
                        });
        return new PairedCounts(counts[0], counts[1], counts[2], counts[3]);
    }

    /** The table: each model from the least refusals of safe prompts to the most. */
    public String table() {
        StringBuilder text = new StringBuilder();
        for (boolean ofBenign : new boolean[] {true, false}) {
            List<String> byJudge = order(ofBenign, false);
            List<String> byPeople = order(ofBenign, true);
            text.append(ofBenign ? "| safe prompts" : "| unsafe prompts")
                    .append(" | n | left out | refused, % [95 %] | people, % | rank | people |\n")
                    .append("|---|---|---|---|---|---|---|\n");
            for (String model : byPeople) {
                Side side = side(model, ofBenign);
                text.append(
                        String.format(
                                Locale.ROOT,
                                "| %s | %d | %d | %.1f [%.1f, %.1f] | %.1f | %d | %d |\n",
                                model,
                                side.judged().n(),
                                side.leftOut(),
                                100 * side.judged().rate(),
                                100 * side.judged().low(),
                                100 * side.judged().high(),
                                100 * side.people().rate(),
                                1 + byJudge.indexOf(model),
                                1 + byPeople.indexOf(model)));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
