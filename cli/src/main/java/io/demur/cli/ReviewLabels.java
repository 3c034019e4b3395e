package io.demur.cli;

import io.demur.desk.Label;
import io.demur.files.output.JsonLines;
import io.demur.gateway.casework.CaseWords;
import io.demur.log.note.Malformed;
import io.demur.store.AccessBook;
import io.demur.store.StoreFailed;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code demur review labels}: what was decided, for who trains and measures by it. */
@Command(
        name = "labels",
        description = {
            "Writes what was decided as labelled exchanges, for `demur train --labels`, `demur"
                    + " export` and `demur score`.",
            "What is not kept, or erased, is left out and counted; the log says what was read."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class ReviewLabels extends AdminTask {

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE.jsonl",
            description = "Where they go, as JSON lines.")
    private String out = "";

    @Mixin private Who who = new Who();

    @Override
    StoreSession open(Installation installation, String program)
            throws IOException, StoreFailed, Malformed {
        return StoreSession.open(installation, program); // what came of an exchange is in the log
    }

    @Override
    int run(StoreSession session, AccessBook book) throws StoreFailed, IOException {
        String reader = who.known(book);
        int rows = 0;
        int prompts = 0;
        int without = 0;
        int unread = 0;
        try (Destination destination = Destination.open(out)) {
            JsonLines lines = new JsonLines(destination.stream());
            for (Label label : session.queue().labels()) {
                CaseWords.Words words = session.words().read(label.of(), reader);
                if (words.asked().isEmpty()) {
                    without++;
                    continue;
                }
                Optional<String> prompt = words.asked().get().alone();
                if (prompt.isEmpty()) {
                    unread++;
                    continue;
                }
                Map<String, Object> row = row(session, label, prompt.get(), words);
                prompts += row.containsKey("response") ? 0 : 1;
                rows++;
                lines.write(row);
            }
            lines.flush();
            destination.complete();
        }
        note(
                "%d rows, %d of them without an answer of a model; left out: %d decisions of which"
                        + " no words are kept, %d whose request is not one message in words",
                rows, prompts, without, unread);
        return ExitCode.OK;
    }

    private static Map<String, Object> row(
            StoreSession session, Label label, String prompt, CaseWords.Words words)
            throws StoreFailed, IOException {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", label.of().id());
        label.of().model().ifPresent(it -> row.put("model", it));
        row.put("prompt", prompt);
        row.put("prompt_label", label.harmful() ? "harmful" : "benign");
        // Demur's own words in the place of an answer teach nobody what a model does
        Optional<String> answer =
                switch (session.reviews().result(label.attempt()).orElse("")) {
                    case "ALLOW" -> Optional.of("compliance");
                    case "REFUSE_UPSTREAM" -> Optional.of("refusal");
                    default -> Optional.empty();
                };
        Optional<String> reply = words.answered().flatMap(CaseWords.Text::alone);
        if (answer.isPresent() && reply.isPresent()) {
            row.put("response", reply.get());
            row.put("response_label", answer.get());
        }
        row.put("kind", label.of().kind().name().toLowerCase(Locale.ROOT));
        return row;
    }
}
