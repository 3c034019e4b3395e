package io.demur.eval.train;

import io.demur.core.harm.Bearer;
import io.demur.core.harm.Hazard;
import io.demur.files.corpus.CorpusReader;
import io.demur.files.corpus.CorpusRow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** The requests that the harm judges learn from; the same choice as {@code training/data.py}. */
final class HarmExamples {

    /**
     * One public source.
     *
     * @param trust in one row
     * @param enough how many rows; -1 for all
     */
    private record Source(String name, float trust, int enough) {}

    private static final List<Source> PUBLIC =
            List.of(
                    new Source("advbench", 0.6f, -1),
                    new Source("harmbench", 1, -1),
                    new Source("multijail", 1, -1),
                    new Source("catqa_english", 0.8f, -1),
                    new Source("harmfulqa", 0.5f, 1000),
                    new Source("dangerousqa", 0.8f, -1),
                    new Source("openai_moderation", 0.4f, -1),
                    new Source("mitre_frr", 0.4f, 400),
                    new Source("self_instruct", 0.6f, -1),
                    new Source("mt_bench", 0.6f, -1),
                    new Source("just_eval_general", 0.6f, 800),
                    new Source("coconot", 0.8f, -1),
                    new Source("med_safety", 0.4f, 450));

    private static final List<String> OWN =
            Stream.concat(
                            "abcdefghijkl".chars().mapToObj(c -> "harm_" + (char) c),
                            Stream.of("lookalikes"))
                    .toList();

    private static final float OWN_TRUST = 2;

    private final Tables tables;

    private HarmExamples(Tables tables) {
        this.tables = tables;
    }

    /**
     * All examples below a data folder that has {@code train/} and {@code own/}, and what was
     * written for the judge, in fixed order.
     */
    static List<HarmExample> load(Path folder) throws IOException {
        HarmExamples reader = new HarmExamples(Tables.read());
        List<HarmExample> examples = new ArrayList<>();
        for (Source source : PUBLIC) {
            Path file = folder.resolve("train").resolve(source.name() + ".jsonl");
            List<HarmExample> taken = reader.read(file, source.trust());
            examples.addAll(Lots.thin(taken, source.enough(), HarmExample::text));
        }
        for (String name : OWN) {
            Path file = folder.resolve("own").resolve(name + ".jsonl");
            examples.addAll(reader.read(file, OWN_TRUST));
        }
        examples.addAll(EverydayRequests.examples());
        return examples;
    }

    /** The labelled requests of a file, each once. */
    static List<HarmExample> read(Path file) throws IOException {
        return new HarmExamples(Tables.read()).read(file, 1);
    }

    private List<HarmExample> read(Path file, float trust) throws IOException {
        List<HarmExample> taken = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (CorpusRow row : CorpusReader.read(file)) {
            String text = row.request().prompt();
            Optional<Boolean> harmful = label(row);
            if (harmful.isPresent() && !text.isEmpty() && seen.add(text)) {
                taken.add(example(row, text, harmful.get(), trust));
            }
        }
        return taken;
    }

    private static Optional<Boolean> label(CorpusRow row) {
        Optional<Boolean> harmful = row.harmfulPrompt();
        if (row.source().equals("coconot")
                && harmful.orElse(false)
                && !row.category().contains("safety")) {
            return Optional.empty();
        }
        return row.source().equals("just_eval_general") && harmful.isEmpty()
                ? Optional.of(false)
                : harmful;
    }

    private HarmExample example(CorpusRow row, String text, boolean harmful, float trust) {
        Optional<Hazard> hazard =
                harmful ? tables.hazard(row.source(), row.category()) : Optional.empty();
        boolean told = harmful && !row.detail("severity").isEmpty();
        Set<Bearer> bearers = told ? tables.bearers(row.detail("bearers")) : Set.of();
        return new HarmExample(
                row.source(),
                Lots.group(row, text),
                text,
                harmful,
                hazard,
                told ? severity(row.detail("severity")) : OptionalInt.empty(),
                told ? degree(row.detail("externalised"), "false") : OptionalDouble.empty(),
                told ? degree(row.detail("reversible"), "") : OptionalDouble.empty(),
                bearers,
                trust);
    }

    private static OptionalInt severity(String told) {
        int severity = (int) Double.parseDouble(told);
        return severity >= 1 && severity <= 3 ? OptionalInt.of(severity) : OptionalInt.empty();
    }

    private static OptionalDouble degree(String told, String otherwise) {
        return switch (told.isEmpty() ? otherwise : told) {
            case "" -> OptionalDouble.empty();
            case "true" -> OptionalDouble.of(1);
            case "false" -> OptionalDouble.of(0);
            default -> OptionalDouble.of(Math.clamp(Double.parseDouble(told), 0, 1));
        };
    }
}
