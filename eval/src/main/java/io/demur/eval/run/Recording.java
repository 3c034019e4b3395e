package io.demur.eval.run;

import io.demur.core.Problem;
import io.demur.core.Response;
import io.demur.core.Transcript;
import io.demur.core.suite.Case;
import io.demur.eval.run.Heard.Again;
import io.demur.files.Decoded;
import io.demur.files.Entry;
import io.demur.files.Input;
import io.demur.files.ReadOptions;
import io.demur.files.TranscriptFile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Answers that were recorded elsewhere, in any format that transcripts are read in. A case is
 * answered by what was recorded for the same words or, where nothing was, under its id; samples by
 * further records of the same. Safe for use by several threads.
 */
public final class Recording implements Target {

    /** The answers of one conversation. */
    private record Answers(String model, List<Response> responses) {}

    private final Map<String, List<Answers>> byId = new HashMap<>();
    private final Map<String, List<Answers>> byPrompt = new HashMap<>();
    private final NavigableSet<String> models = new TreeSet<>();
    private final Optional<String> wanted;

    /**
     * Reads recorded answers.
     *
     * @param wanted the model whose answers count; nothing where all do
     * @param problems gets what could not be read
     */
    public static Recording read(
            Input input, ReadOptions options, Optional<String> wanted, List<Problem> problems) {
        Recording recording = new Recording(wanted);
        try (TranscriptFile file = TranscriptFile.open(input, options)) {
            for (Optional<Entry> next = file.next(); next.isPresent(); next = file.next()) {
                switch (next.get().decode()) {
                    case Decoded.Unreadable unreadable -> problems.add(unreadable.problem());
                    case Decoded.Read read -> read.transcripts().forEach(recording::add);
                }
            }
        }
        return recording;
    }

    private Recording(Optional<String> wanted) {
        this.wanted = Objects.requireNonNull(wanted);
    }

    private void add(Transcript transcript) {
        transcript.model().ifPresent(models::add);
        if (transcript.turns().isEmpty()
                || (wanted.isPresent() && !wanted.equals(transcript.model()))) {
            return;
        }
        Answers answers =
                new Answers(
                        transcript.model().orElse(""),
                        transcript.turns().stream().map(it -> it.response()).toList());
        byId.computeIfAbsent(transcript.id(), id -> new ArrayList<>()).add(answers);
        String asked = transcript.turns().getFirst().request().prompt();
        byPrompt.computeIfAbsent(plain(asked), prompt -> new ArrayList<>()).add(answers);
    }

    /** The models that it has answers of, whichever was wanted. */
    public List<String> models() {
        return List.copyOf(models);
    }

    @Override
    public Heard ask(Asked asked) {
        Case of = asked.of();
        List<Answers> samples =
                byPrompt.getOrDefault(
                        plain(of.request().prompt()), byId.getOrDefault(of.id(), List.of()));
        if (samples.size() < asked.epoch()) {
            return missing(
                    samples.isEmpty()
                            ? "no answer is recorded"
                            : "only `%d` answers are recorded".formatted(samples.size()));
        }
        Answers answers = samples.get(asked.epoch() - 1);
        if (answers.responses().size() <= asked.round()) {
            return missing("no answer to push `%d` is recorded".formatted(asked.round()));
        }
        return new Heard.Said(
                answers.responses().get(asked.round()),
                Optional.empty(),
                Duration.ZERO,
                answers.model(),
                Optional.empty(),
                true);
    }

    private static Heard missing(String message) {
        return new Heard.Nothing(
                new Failure(Failure.Kind.MISSING, 0, message),
                Again.NEVER,
                Optional.empty(),
                false);
    }

    private static String plain(String prompt) {
        return prompt.strip().replaceAll("\\s+", " ");
    }
}
