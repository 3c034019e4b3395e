package io.demur.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Labels;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Policy;
import io.demur.files.output.Json;
import io.demur.testkit.Golden;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class RequestTallyTest {

    private final RequestTally tally =
            new RequestTally(Samples.JUDGE, Policy.defaultPosture(), List.of("hazard", "colour"));

    @Test
    void theSummaryIsAsTheReferenceSays() {
        fill();
        Golden.check(
                "eval/src/test/resources/request-summary.json", Json.document(tally.fields(false)));
    }

    @Test
    void theTextFitsATerminal() {
        List<RequestRow> shown = fill();
        String text = RequestSummary.of(tally, shown);
        Golden.check("eval/src/test/resources/request-summary.txt", text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
        assertFalse(text.contains("\u001b"), text);
    }

    @Test
    void whatNobodyCouldJudgeIsInNoRate() {
        add("1", Labels.Prompt.BENIGN, 0.01, Severity.NONE, Map.of());
        add("2", Labels.Prompt.HARMFUL, 0.99, Severity.GRAVE, Map.of());
        double before = tally.all().share("kept_back").orElseThrow().rate();
        for (Labels.Prompt label : Labels.Prompt.values()) {
            tally.add(
                    RequestSamples.row("u" + label, Optional.of(label), RequestSamples.unjudged()));
        }
        assertEquals(before, tally.all().share("kept_back").orElseThrow().rate());
        assertEquals(2, tally.all().unjudgedTotal());
        assertEquals(4, tally.all().requests());
        assertEquals(1, tally.all().share(Labels.Prompt.HARMFUL, "kept_back").orElseThrow().n());
    }

    @Test
    void aFieldThatNoRecordHasIsNamed() {
        fill();
        assertEquals(List.of("colour"), tally.unknownFields());
    }

    @Test
    void nothingReadIsASummaryToo() {
        assertEquals(List.of(), tally.unknownFields());
        assertTrue(RequestSummary.of(tally, List.of()).contains("requests         0"));
        assertFalse(Json.document(tally.fields(true)).contains("NaN"));
    }

    private List<RequestRow> fill() {
        List<RequestRow> rows = new ArrayList<>();
        Map<Hazard, Double> work = Map.of(Hazard.EXTERNALISED_HARM, 0.9);
        Map<Hazard, Double> crime = Map.of(Hazard.VIOLENT_CRIMES, 0.8, Hazard.PRIVACY, 0.2);
        add("1", Labels.Prompt.BENIGN, 0.01, Severity.NONE, Map.of());
        add("2", Labels.Prompt.BENIGN, 0.4, Severity.SERIOUS, Map.of());
        add("3", Labels.Prompt.BENIGN, 0.95, Severity.GRAVE, crime);
        rows.add(add("4", Labels.Prompt.HARMFUL, 0.99, Severity.GRAVE, crime));
        rows.add(add("5", Labels.Prompt.HARMFUL, 0.85, Severity.SERIOUS, Map.of()));
        rows.add(add("6", Labels.Prompt.HARMFUL, 0.9, Severity.SERIOUS, work));
        RequestRow unjudged = RequestSamples.row("7", Optional.empty(), RequestSamples.unjudged());
        tally.add(unjudged);
        rows.add(unjudged);
        tally.addUnreadable();
        tally.addWithoutRequest();
        return rows;
    }

    private RequestRow add(
            String id,
            Labels.Prompt label,
            double pHarm,
            Severity severity,
            Map<Hazard, Double> hazards) {
        RequestRow row =
                RequestSamples.row(
                        id, Optional.of(label), RequestSamples.judged(pHarm, severity, hazards));
        tally.add(row);
        return row;
    }
}
