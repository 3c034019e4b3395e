package io.demur.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.Degree;
import io.demur.core.Labels;
import io.demur.core.Refusal;
import io.demur.core.Transcript;
import io.demur.core.Verdict;
import io.demur.stats.Estimate;
import io.demur.stats.RoganGladen.Correction;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

class CorrectedTest {

    private static final JudgeErrors KNOWN = new JudgeErrors(JudgeErrorsTest.PLACES);

    private final Tally tally = new Tally(Samples.JUDGE, Optional.of(KNOWN), List.of());
    private int next;

    @Test
    void aRateIsCorrectedByWhatWasCountedOfTheFamily() {
        add("mistral-7b", 300, 100, Labels.NONE);
        Corrected.ByCounts corrected =
                assertInstanceOf(Corrected.ByCounts.class, tally.all().corrected());
        assertEquals("mistral", corrected.expected().family());
        double se = corrected.expected().sensitivity().rate();
        double sp = corrected.expected().specificity().rate();
        assertEquals((0.25 + sp - 1) / (se + sp - 1), corrected.estimate().rate(), 1e-9);
        Estimate counted = tally.all().share("refusal").orElseThrow();
        assertTrue(
                corrected.estimate().high() - corrected.estimate().low()
                        > counted.high() - counted.low());
        String text = SummaryText.of(tally, List.of());
        String range =
                String.format(
                        Locale.ROOT,
                        "if the judge erred as on other texts: %.1f to %.1f %%",
                        100 * corrected.estimate().low(),
                        100 * corrected.estimate().high());
        assertTrue(text.contains(range), text);
        assertTrue(text.contains("  errors allowed for"), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
    }

    @Test
    void anUnknownFamilyHasAWiderInterval() {
        add("mistral-7b", 300, 100, Labels.NONE);
        Estimate known = tally.all().corrected().interval().orElseThrow();
        Tally other = new Tally(Samples.JUDGE, Optional.of(KNOWN), List.of());
        rows("new-model", 300, 100, Labels.NONE).forEach(other::add);
        Estimate unknown = other.all().corrected().interval().orElseThrow();
        assertTrue(unknown.high() - unknown.low() > known.high() - known.low());
    }

    @Test
    void labelsOnAPartOfTheAnswersGoBeforeCounts() {
        // sixty labelled, of which the judge misses a third of the refusals, and fifty not
        add("mistral-7b", 30, 20, labels(null));
        addLabelled(Samples.refused(Degree.FULL), Labels.Answer.FULL, 20);
        addLabelled(Samples.complied(), Labels.Answer.FULL, 10);
        addLabelled(Samples.complied(), Labels.Answer.COMPLIANCE, 30);
        Corrected.ByLabels corrected =
                assertInstanceOf(Corrected.ByLabels.class, tally.all().corrected());
        assertEquals(60, corrected.labelled());
        assertTrue(corrected.weight() > 0);
        assertTrue(corrected.estimate().rate() > tally.all().share("refusal").orElseThrow().rate());
        assertEquals("prediction_powered", corrected.fields().get("method"));
        String text = SummaryText.of(tally, List.of());
        assertTrue(text.contains("corrected by people's labels on 60 of them: "), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
    }

    @Test
    void whereAllAreLabelledTheCorrectedRateIsPeoples() {
        addLabelled(Samples.refused(Degree.FULL), Labels.Answer.COMPLIANCE, 15);
        addLabelled(Samples.refused(Degree.FULL), Labels.Answer.FULL, 15);
        addLabelled(Samples.complied(), Labels.Answer.COMPLIANCE, 30);
        Estimate people = tally.all().corrected().interval().orElseThrow();
        assertEquals(0.25, people.rate(), 1e-12);
        String text = SummaryText.of(tally, List.of());
        assertTrue(text.contains("as people labelled them: 25.0 % ("), text);
    }

    @Test
    void aHandfulOfLabelsDoesNotReplaceTheCounts() {
        add("mistral-7b", 100, 50, Labels.NONE);
        addLabelled(Samples.complied(), Labels.Answer.COMPLIANCE, Corrected.LABELS_MIN - 1);
        assertInstanceOf(Corrected.ByCounts.class, tally.all().corrected());
    }

    @Test
    void whatAProviderRefusedNeedsNoCorrection() {
        Verdict blocked =
                Samples.refused(Degree.FULL, Refusal.Kind.POLICY, Refusal.Origin.PROVIDER, 0);
        for (int i = 0; i < 100; i++) {
            tally.add(Samples.row(transcript("mistral", Labels.NONE), blocked));
        }
        add("mistral", 100, 0, Labels.NONE);
        Estimate estimate = tally.all().corrected().interval().orElseThrow();
        assertEquals(0.5, estimate.rate(), 1e-12);
        assertEquals(0.5, estimate.low(), 1e-12);
    }

    @Test
    void otherWeightsGetNoCorrectionAndTheSummarySaysSo() {
        Tally unmeasured = new Tally(Samples.JUDGE, List.of());
        rows("mistral", 5, 5, Labels.NONE).forEach(unmeasured::add);
        Map<?, ?> fields =
                (Map<?, ?>) requireNonNull(unmeasured.fields(false).get("refusal_rate_corrected"));
        assertEquals("unmeasured", fields.get("reason"));
        assertTrue(
                SummaryText.of(unmeasured, List.of()).contains("no counts of them come with it"));
    }

    @Test
    void aJudgeThatTellsNothingApartSaysThatNothingCanBeSaid() {
        List<JudgeErrors.Place> useless =
                List.of("a", "b", "c").stream()
                        .map(
                                system ->
                                        new JudgeErrors.Place(
                                                "s", "", system, "any", 50, 50, 50, 50, 100, 100))
                        .toList();
        Tally hopeless = new Tally(Samples.JUDGE, Optional.of(new JudgeErrors(useless)), List.of());
        rows("x", 50, 50, Labels.NONE).forEach(hopeless::add);
        Corrected.Unknown unknown =
                assertInstanceOf(Corrected.Unknown.class, hopeless.all().corrected());
        assertEquals(Correction.Reason.UNINFORMATIVE, unknown.reason());
        assertTrue(SummaryText.of(hopeless, List.of()).contains("could be anything"));
    }

    private static Labels labels(Labels.@Nullable Answer answer) {
        return new Labels(Optional.empty(), Optional.ofNullable(answer));
    }

    private void addLabelled(Verdict verdict, Labels.Answer label, int times) {
        for (int i = 0; i < times; i++) {
            tally.add(Samples.row(transcript("mistral-7b", labels(label)), verdict));
        }
    }

    private void add(String model, int complied, int refused, Labels labels) {
        rows(model, complied, refused, labels).forEach(tally::add);
    }

    private List<Row> rows(String model, int complied, int refused, Labels labels) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < complied + refused; i++) {
            Verdict verdict = i < complied ? Samples.complied() : Samples.refused(Degree.FULL);
            rows.add(Samples.row(transcript(model, labels), verdict));
        }
        return rows;
    }

    private Transcript transcript(String model, Labels labels) {
        Transcript t = Samples.transcript("t" + next, "question " + next++, labels);
        return new Transcript(
                t.id(),
                t.source(),
                t.where(),
                Optional.of(model),
                t.request(),
                t.turns(),
                t.labels(),
                t.fields());
    }
}
