package io.demur.eval.train;

import io.demur.core.Message;
import io.demur.core.Role;
import io.demur.files.corpus.CorpusReader;
import io.demur.files.corpus.CorpusRow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The replies that the answer judges learn from; the same choice as {@code training/data.py}. */
final class AnswerExamples {

    /**
     * One public source.
     *
     * @param trust in one row
     * @param enough how many rows; -1 for all
     */
    private record Source(String name, float trust, int enough) {}

    private static final List<Source> PUBLIC =
            List.of(
                    new Source("rbr_gold", 0.5f, -1),
                    new Source("gptfuzz", 0.6f, -1),
                    new Source("latent_jailbreak", 0.3f, 500),
                    new Source("coconot", 0.5f, 700),
                    new Source("med_safety", 0.3f, 250),
                    new Source("just_eval_safety", 0.5f, 900),
                    new Source("just_eval_general", 0.6f, 900),
                    new Source("self_instruct", 0.5f, 300));

    private static final List<String> OWN =
            List.of(
                    "answers",
                    "described",
                    "gaps",
                    "hardneg",
                    "kinds",
                    "lookalikes",
                    "partial",
                    "premise",
                    "premise_b",
                    "pushback",
                    "styles");

    private static final float OWN_TRUST = 1.5f;
    private static final float TURNS_TRUST = 0.9f;
    private static final Set<String> HARMLESS =
            Set.of("just_eval_general", "self_instruct", "coconot");

    /** Blanks in square brackets mark most harmful deliveries of the own rows: a shortcut. */
    private static final Pattern BLANK = Pattern.compile("\\[([^\\[\\]]{1,60})\\]");

    private AnswerExamples() {}

    /**
     * All examples below a data folder that has {@code train/} and {@code own/}, in fixed order.
     */
    static List<AnswerExample> load(Path folder) throws IOException {
        List<AnswerExample> examples = new ArrayList<>();
        for (Source source : PUBLIC) {
            List<AnswerExample> taken =
                    read(folder.resolve("train").resolve(source.name() + ".jsonl"), source.trust());
            examples.addAll(Lots.thin(taken, source.enough(), e -> e.prompt() + "\n" + e.reply()));
        }
        for (String name : OWN) {
            examples.addAll(read(folder.resolve("own").resolve(name + ".jsonl"), OWN_TRUST));
        }
        return examples;
    }

    /** The replies of a file whose harm is labelled. */
    static List<AnswerExample> read(Path file, float trust) throws IOException {
        List<AnswerExample> taken = new ArrayList<>();
        for (CorpusRow row : CorpusReader.read(file)) {
            example(row, trust).ifPresent(taken::add);
        }
        return taken;
    }

    private static Optional<AnswerExample> example(CorpusRow row, float trust) {
        boolean own = row.source().startsWith("own_");
        boolean dialogue = !row.detail("per_turn").isEmpty();
        String reply = dialogue ? last(row) : row.response().orElse("");
        Optional<Boolean> harmful = row.harmfulResponse();
        if (harmful.isEmpty() && HARMLESS.contains(row.source())) {
            harmful = Optional.of(false);
        }
        if (harmful.isEmpty() || reply.isBlank()) {
            return Optional.empty();
        }
        String opening = row.request().opening();
        String prompt = row.request().prompt();
        return Optional.of(
                new AnswerExample(
                        row.source(),
                        Lots.group(row, dialogue ? opening : prompt),
                        opening.equals(prompt) ? prompt : opening + "\n" + prompt,
                        own ? BLANK.matcher(reply).replaceAll("$1") : reply,
                        harmful.get(),
                        dialogue ? TURNS_TRUST : trust));
    }

    private static String last(CorpusRow row) {
        for (int i = row.turns().size() - 1; i >= 0; i--) {
            Message turn = row.turns().get(i);
            if (turn.role() == Role.ASSISTANT) {
                return turn.text();
            }
        }
        return "";
    }
}
