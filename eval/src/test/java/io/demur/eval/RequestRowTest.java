package io.demur.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.Labels;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.files.output.Json;
import io.demur.testkit.Golden;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

class RequestRowTest {

    private static final List<RequestRow> ROWS =
            List.of(
                    RequestSamples.row(
                            "r1",
                            Optional.of(Labels.Prompt.BENIGN),
                            RequestSamples.judged(0.0321, Severity.NONE, Map.of())),
                    RequestSamples.row(
                            "r2",
                            Optional.of(Labels.Prompt.HARMFUL),
                            RequestSamples.judged(
                                    0.987654,
                                    Severity.GRAVE,
                                    Map.of(
                                            Hazard.VIOLENT_CRIMES,
                                            0.95,
                                            Hazard.PRIVACY,
                                            0.1,
                                            Hazard.HATE,
                                            0.001))),
                    RequestSamples.row(
                            "r3",
                            Optional.empty(),
                            RequestSamples.judged(
                                    0.8, Severity.MINOR, Map.of(Hazard.EXTERNALISED_HARM, 0.9))),
                    RequestSamples.row("r4", Optional.empty(), RequestSamples.unjudged()));

    @Test
    void columnsAreAsTheReferenceSays() {
        Golden.check(
                "eval/src/test/resources/request-rows.json",
                ROWS.stream().map(r -> Json.document(r.fields())).collect(Collectors.joining()));
    }

    @Test
    void everyRowHasTheSameColumns() {
        for (RequestRow row : ROWS) {
            assertEquals(
                    List.copyOf(ROWS.getFirst().fields().keySet()),
                    List.copyOf(row.fields().keySet()));
        }
    }
}
