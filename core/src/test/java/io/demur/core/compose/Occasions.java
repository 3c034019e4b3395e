package io.demur.core.compose;

import io.demur.core.JudgeId;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Bearer;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Cost;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Grounds;
import io.demur.core.policy.Term;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Occasions for tests. */
final class Occasions {

    static final Reference REFERENCE =
            new Reference(
                    "att_0190",
                    Optional.of("https://refusals.example/a/att_0190"),
                    Optional.empty());

    private static final Optional<Cost> COST = Optional.of(new Cost(3, 0.03));

    private Occasions() {}

    /** Every decision that keeps something back. */
    static List<Decision> decisions() {
        List<Decision> decisions = new ArrayList<>();
        for (Refusal.Kind kind : Refusal.Kind.values()) {
            decisions.add(refuse(kind));
        }
        decisions.add(new Decision.Hold(grounds("posture-5-serious-hold")));
        decisions.add(condition("count-harm"));
        decisions.add(condition("cite-sources"));
        Grounds again = grounds(Grounds.RESENT + "att_1", "posture-5-serious-allow");
        decisions.add(new Decision.Hold(again));
        decisions.add(new Decision.Refuse(Refusal.Kind.POLICY, again));
        return decisions;
    }

    static Decision.Refuse refuse(Refusal.Kind kind) {
        return new Decision.Refuse(kind, grounds("posture-5-serious-refuse", "unaligned"));
    }

    static Decision.Condition condition(String term) {
        return new Decision.Condition(
                List.of(new Term(term, "Do it with care.")), grounds("count-harm"));
    }

    /** That name no hazard of their own. */
    private static Grounds grounds(String... rules) {
        return new Grounds(List.of(rules), Optional.empty(), consequence(), COST);
    }

    static Assessment.Judged judged(Hazard hazard) {
        return new Assessment.Judged(
                0.97, Map.of(hazard, 0.9), consequence(), new JudgeId("harm", 3, "0".repeat(64)));
    }

    static Assessment unjudged() {
        return new Assessment.Unjudged(Assessment.Unjudged.Reason.LATE, "");
    }

    static Occasion of(String request, Hazard hazard, Decision decision) {
        return new Occasion(Request.of(request), judged(hazard), decision, Occasion.Scope.REQUEST);
    }

    static Composed compose(Occasion occasion, Tongue tongue) {
        return Composer.compose(occasion, Wording.NONE, REFERENCE, tongue);
    }

    private static Consequence consequence() {
        return new Consequence(
                List.of(Bearer.WORKERS.words(), Bearer.PUBLIC.words()),
                "people are hurt",
                Severity.SERIOUS,
                Consequence.Reversibility.PARTLY,
                Consequence.Reach.MANY,
                true);
    }
}
