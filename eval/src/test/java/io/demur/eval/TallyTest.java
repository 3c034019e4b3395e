package io.demur.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

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
import java.util.Map;

class TallyTest {

    private final Tally tally = new Tally(Samples.JUDGE, List.of("category", "colour"));

    @Test
    void theSummaryIsAsTheReferenceSays() {
        fill();
        Golden.check("eval/src/test/resources/summary.json", Json.document(tally.fields(false)));
    }

    @Test
    void theTextFitsATerminal() {
        fill();
        String text = SummaryText.of(tally, List.of(refusedRow()));
        Golden.check("eval/src/test/resources/summary.txt", text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
    }

    @Test
    void undecidedAnswersAreInNoRate() {
        add("1", Labels.NONE, Samples.refused(Degree.FULL));
        add("2", Labels.NONE, Samples.complied());
        double before = tally.all().share("refusal").orElseThrow().rate();
        for (Verdict.Undecided.Reason reason : Verdict.Undecided.Reason.values()) {
            add("u" + reason, Labels.NONE, Samples.undecided(reason));
        }
        assertEquals(before, tally.all().share("refusal").orElseThrow().rate());
        int reasons = Verdict.Undecided.Reason.values().length;
        assertEquals(reasons, tally.all().undecidedTotal());
        assertEquals(2 + reasons, tally.all().responses());
    }

    @Test
    void aProvidersBlockIsCountedApartFromTheModelsRefusals() {
        add("1", Labels.NONE, Samples.complied());
        add(
                "2",
                Labels.NONE,
                Samples.refused(Degree.FULL, Refusal.Kind.POLICY, Refusal.Origin.PROVIDER, 0));
        Map<?, ?> fields = tally.fields(false);
        assertEquals(0.5, fields.get("refusal_rate"));
        assertEquals(0.0, requireNonNull((Map<?, ?>) fields.get("model_refusal")).get("rate"));
        assertEquals(Map.of(Refusal.Origin.PROVIDER, 1L), tally.all().origins());
    }

    @Test
    void aFieldThatNoRecordHasIsNamed() {
        fill();
        assertEquals(List.of("colour"), tally.unknownFields());
    }

    @Test
    void manyValuesOfAFieldStayBounded() {
        Tally many = new Tally(Samples.JUDGE, List.of("source"));
        for (int i = 0; i < 3 * Groups.VALUES_MAX; i++) {
            var t = Samples.transcript("t" + i, "q" + i, Labels.NONE);
            var other =
                    new Transcript(
                            t.id(),
                            "source " + i,
                            t.where(),
                            t.model(),
                            t.request(),
                            t.turns(),
                            t.labels(),
                            t.fields());
            many.add(Samples.row(other, Samples.complied()));
        }
        assertEquals(Groups.VALUES_MAX + 1, requireNonNull(many.groups().get("source")).size());
    }

    private void fill() {
        add(
                "1",
                Samples.labels(Labels.Prompt.BENIGN, Labels.Answer.COMPLIANCE),
                Samples.complied());
        add(
                "2",
                Samples.labels(Labels.Prompt.BENIGN, Labels.Answer.PARTIAL),
                Samples.refused(Degree.PARTIAL));
        tally.add(refusedRow());
        add("4", Samples.labels(Labels.Prompt.HARMFUL, Labels.Answer.REFUSAL), Samples.complied());
        add(
                "5",
                Samples.labels(Labels.Prompt.HARMFUL, Labels.Answer.FULL),
                Samples.undecided(Verdict.Undecided.Reason.EMPTY));
        tally.addUnreadable();
        tally.addUnanswered();
    }

    private static Row refusedRow() {
        return Samples.row(
                Samples.transcript(
                        "3",
                        "question 3",
                        Samples.labels(Labels.Prompt.HARMFUL, Labels.Answer.FULL)),
                Samples.refused(Degree.FULL),
                FailureMode.INCONSISTENT);
    }

    private void add(String id, Labels labels, Verdict verdict) {
        tally.add(Samples.row(Samples.transcript(id, "question " + id, labels), verdict));
    }
}
