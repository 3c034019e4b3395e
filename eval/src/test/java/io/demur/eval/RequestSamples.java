package io.demur.eval;

import io.demur.core.Labels;
import io.demur.core.Request;
import io.demur.core.Transcript;
import io.demur.core.Where;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Context;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Standing;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests and assessments for tests. */
final class RequestSamples {

    private RequestSamples() {}

    static Assessment judged(double pHarm, Severity severity, Map<Hazard, Double> hazards) {
        Consequence consequence =
                severity == Severity.NONE
                        ? Consequence.NONE
                        : new Consequence(
                                List.of("line workers", "their families"),
                                "The line runs faster than hands can.",
                                severity,
                                Consequence.Reversibility.PARTLY,
                                Consequence.Reach.MANY,
                                true);
        return new Assessment.Judged(pHarm, hazards, consequence, Samples.JUDGE);
    }

    static Assessment unjudged() {
        return new Assessment.Unjudged(Assessment.Unjudged.Reason.LATE, "no answer in 10 s");
    }

    static Transcript transcript(String id, Optional<Labels.Prompt> label) {
        return new Transcript(
                id,
                "samples",
                Where.line("samples.jsonl", 4),
                Optional.empty(),
                Request.of("Make the line of " + id + "\u001b run faster."),
                List.of(),
                new Labels(label, Optional.empty()),
                Map.of("category", "work"));
    }

    static RequestRow row(String id, Optional<Labels.Prompt> label, Assessment assessment) {
        Policy policy = Policy.at(Policy.defaultPosture());
        return new RequestRow(
                id,
                transcript(id, label),
                assessment,
                policy.sureness(assessment, Context.PLAIN, Standing.FRESH),
                policy.decide(assessment, Context.PLAIN, Standing.FRESH),
                Samples.JUDGE);
    }
}
