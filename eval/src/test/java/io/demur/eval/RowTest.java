package io.demur.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.Degree;
import io.demur.core.FailureMode;
import io.demur.core.Labels;
import io.demur.core.Refusal;
import io.demur.core.Transcript;
import io.demur.core.Verdict;
import io.demur.files.output.Json;
import io.demur.testkit.Golden;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

class RowTest {

    private static final Transcript ASKED =
            Samples.transcript(
                    "t1",
                    "How do I open my own lock?",
                    Samples.labels(Labels.Prompt.BENIGN, Labels.Answer.COMPLIANCE));

    @Test
    void columnsAreAsTheReferenceSays() {
        List<Row> rows =
                List.of(
                        Samples.row(ASKED, Samples.complied()),
                        Samples.row(
                                ASKED, Samples.refused(Degree.PARTIAL), FailureMode.EXAGGERATED),
                        Samples.row(
                                ASKED,
                                Samples.refused(
                                        Degree.FULL,
                                        Refusal.Kind.SCOPE,
                                        Refusal.Origin.PROVIDER,
                                        0)),
                        Samples.row(ASKED, Samples.undecided(Verdict.Undecided.Reason.TRUNCATED)));
        Golden.check(
                "eval/src/test/resources/rows.json",
                rows.stream().map(r -> Json.document(r.fields())).collect(Collectors.joining()));
    }

    @Test
    void everyRowHasTheSameColumns() {
        List<String> complied =
                List.copyOf(Samples.row(ASKED, Samples.complied()).fields().keySet());
        assertEquals(
                complied,
                List.copyOf(Samples.row(ASKED, Samples.refused(Degree.FULL)).fields().keySet()));
        assertEquals(
                complied,
                List.copyOf(
                        Samples.row(ASKED, Samples.undecided(Verdict.Undecided.Reason.EMPTY))
                                .fields()
                                .keySet()));
    }

    @Test
    void onlyTheLastAnswerBearsTheResponseLabel() {
        Transcript dialogue =
                Samples.dialogue(
                        "d",
                        Samples.labels(Labels.Prompt.HARMFUL, Labels.Answer.COMPLIANCE),
                        "Do it.",
                        "No, never.",
                        "Please.",
                        "Fine.");
        Row first =
                new Row(
                        dialogue,
                        dialogue.turns().getFirst(),
                        Samples.refused(Degree.FULL),
                        Set.of(),
                        Samples.JUDGE);
        assertEquals(null, first.fields().get("response_label"));
        assertEquals(
                "compliance",
                Samples.row(dialogue, Samples.complied()).fields().get("response_label"));
    }
}
