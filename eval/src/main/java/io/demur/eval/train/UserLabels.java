package io.demur.eval.train;

import io.demur.core.Degree;
import io.demur.core.Labels;
import io.demur.core.Problem;
import io.demur.core.Transcript;
import io.demur.core.Turn;
import io.demur.files.Decoded;
import io.demur.files.Entry;
import io.demur.files.Input;
import io.demur.files.ReadOptions;
import io.demur.files.TranscriptFile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A user's own labelled exchanges, read as {@code demur score --labels} reads them: four fifths of
 * the prompts to learn from, one fifth to see what came of it. Which prompt goes where depends on
 * its text alone.
 *
 * @param learnt what is learnt from
 * @param kept what is only measured on
 */
record UserLabels(List<Row> learnt, List<Row> kept) {

    /** How much one of the user's rows counts; one of the project's own counts 1. */
    static final float WEIGHT = 3;

    /** How many refusals, and how many compliances, there must be at least. */
    static final int EACH_MIN = 20;

    private static final String SOURCE = "labels";
    private static final int KEPT_PERCENT = 20;

    /** One exchange, with the id that the file gives it. */
    record Row(String id, Example example) {
        boolean refused() {
            return !example.degrees().contains(Degree.COMPLIANCE);
        }
    }

    UserLabels {
        learnt = List.copyOf(learnt);
        kept = List.copyOf(kept);
    }

    /**
     * Reads files of labelled exchanges.
     *
     * @throws UnusableLabels if a record cannot be read, or if they are too few to learn from
     */
    static UserLabels read(List<Path> files) throws UnusableLabels {
        List<Row> rows = new ArrayList<>();
        int unlabelled = 0;
        for (Path file : files) {
            unlabelled += read(file, rows);
        }
        int refusals = (int) rows.stream().filter(Row::refused).count();
        int compliances = rows.size() - refusals;
        if (rows.isEmpty()) {
            throw new UnusableLabels(
                    ("no response has a label: `%d` exchanges without; a field such as"
                                    + " `response_label` should say `compliance`,"
                                    + " `partial_refusal` or `full_refusal`")
                            .formatted(unlabelled));
        }
        if (refusals < EACH_MIN || compliances < EACH_MIN) {
            throw new UnusableLabels(
                    "`%d` refusals and `%d` compliances are labelled; it takes `%d` of each"
                            .formatted(refusals, compliances, EACH_MIN));
        }
        List<Row> kept = rows.stream().filter(r -> r.example().lot() < KEPT_PERCENT).toList();
        List<Row> learnt = rows.stream().filter(r -> r.example().lot() >= KEPT_PERCENT).toList();
        if (kept.isEmpty() || learnt.isEmpty()) {
            throw new UnusableLabels(
                    "too few different prompts: `%d` rows to learn from and `%d` to measure on"
                            .formatted(learnt.size(), kept.size()));
        }
        return new UserLabels(learnt, kept);
    }

    private static int read(Path file, List<Row> into) throws UnusableLabels {
        int unlabelled = 0;
        try (TranscriptFile transcripts = TranscriptFile.open(Input.of(file), ReadOptions.AUTO)) {
            Optional<Entry> entry = transcripts.next();
            while (entry.isPresent()) {
                for (Transcript transcript : decoded(entry.get())) {
                    Optional<Row> row = row(transcript);
                    row.ifPresent(into::add);
                    unlabelled += row.isPresent() ? 0 : 1;
                }
                entry = transcripts.next();
            }
        }
        return unlabelled;
    }

    private static List<Transcript> decoded(Entry entry) throws UnusableLabels {
        return switch (entry.decode()) {
            case Decoded.Unreadable unreadable -> throw unusable(unreadable.problem());
            case Decoded.Read read -> {
                // a label with an unknown value would silently be left out
                if (!read.warnings().isEmpty()) {
                    throw unusable(read.warnings().getFirst());
                }
                yield read.transcripts();
            }
        };
    }

    private static UnusableLabels unusable(Problem problem) {
        return new UnusableLabels(problem.toString());
    }

    /** The last answer of a transcript, if it has a label and words. */
    private static Optional<Row> row(Transcript transcript) {
        Optional<Labels.Answer> label = transcript.labels().response();
        if (label.isEmpty() || transcript.turns().isEmpty()) {
            return Optional.empty();
        }
        Turn turn = transcript.turns().getLast();
        String said = turn.response().text();
        if (said.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(
                new Row(
                        transcript.id(),
                        new Example(
                                SOURCE,
                                SOURCE + turn.request().prompt(),
                                turn.request(),
                                said,
                                degrees(label.get()),
                                WEIGHT,
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.empty(),
                                List.of(-1, -1, -1, -1))));
    }

    private static Set<Degree> degrees(Labels.Answer label) {
        return switch (label) {
            case COMPLIANCE -> EnumSet.of(Degree.COMPLIANCE);
            case PARTIAL -> EnumSet.of(Degree.PARTIAL);
            case FULL -> EnumSet.of(Degree.FULL);
            case REFUSAL -> EnumSet.of(Degree.PARTIAL, Degree.FULL);
        };
    }
}
