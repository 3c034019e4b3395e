package io.demur.core.compose;

import io.demur.core.JudgeId;
import io.demur.core.Refusal;
import io.demur.core.compose.Statement.Facts;
import io.demur.core.compose.Statement.Lasting;
import io.demur.core.compose.Statement.Means;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Bearer;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Grounds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws up the statement of reasons of an occasion. */
final class Statements {

    /** The rule by which what was refused before stays refused. */
    private static final String STICKS = "refused-before";

    private static final String RESENT = Grounds.RESENT.substring(0, Grounds.RESENT.length() - 1);

    private static final double MILLION = 1e6;

    private Statements() {}

    static Statement of(
            Occasion occasion, Optional<Hazard> hazard, Reference reference, Tongue tongue) {
        Decision decision = occasion.decision();
        boolean held = decision instanceof Decision.Hold;
        boolean sticks =
                decision.rules().contains(STICKS)
                        || (decision instanceof Decision.Refuse && decision.grounds().isResent());
        return new Statement(
                decision.strength(),
                kind(decision),
                decision instanceof Decision.Condition ? Occasion.Scope.ANSWER : occasion.scope(),
                held ? Lasting.UNTIL_REVIEWED : sticks ? Lasting.UNTIL_REOPENED : Lasting.ONCE,
                facts(occasion),
                Means.AUTOMATED,
                held ? Means.PERSON : Means.AUTOMATED,
                reason(occasion, hazard),
                rules(decision),
                reference,
                tongue.code());
    }

    /** Whose attempt it was that was refused before may be nobody's business. */
    private static List<String> rules(Decision decision) {
        return decision.rules().stream()
                .map(rule -> rule.startsWith(Grounds.RESENT) ? RESENT : rule)
                .toList();
    }

    /** Those of a consequence's bearers that have a code. */
    static List<Bearer> bearers(Consequence consequence) {
        List<Bearer> found = new ArrayList<>();
        for (String words : consequence.bearers()) {
            for (Bearer bearer : Bearer.values()) {
                if (bearer.words().equals(words)) {
                    found.add(bearer);
                }
            }
        }
        return found;
    }

    private static Optional<Refusal.Kind> kind(Decision decision) {
        return decision instanceof Decision.Refuse refuse
                ? Optional.of(refuse.kind())
                : Optional.empty();
    }

    private static ReasonCode reason(Occasion occasion, Optional<Hazard> hazard) {
        if (occasion.decision() instanceof Decision.Condition) {
            return ReasonCode.TERMS_UNMET;
        }
        if (occasion.decision() instanceof Decision.Refuse refuse) {
            if (refuse.kind() == Refusal.Kind.SCOPE) {
                return ReasonCode.OUT_OF_SCOPE;
            }
            if (refuse.kind() == Refusal.Kind.CAPABILITY) {
                return ReasonCode.NO_MEANS;
            }
        }
        if (occasion.decision().grounds().isResent()) {
            return ReasonCode.REFUSED_EARLIER;
        }
        if (occasion.assessment() instanceof Assessment.Unjudged) {
            return ReasonCode.UNJUDGED;
        }
        boolean harm =
                occasion.assessment() instanceof Assessment.Judged judged
                        && !judged.hazards().isEmpty();
        return hazard.map(ReasonCode::of)
                .orElse(harm ? ReasonCode.HARM_UNCLEAR : ReasonCode.POLICY_RULE);
    }

    private static Optional<Facts> facts(Occasion occasion) {
        boolean harmless =
                occasion.decision() instanceof Decision.Refuse refuse
                        && (refuse.kind() == Refusal.Kind.SCOPE
                                || refuse.kind() == Refusal.Kind.CAPABILITY);
        if (harmless || !(occasion.assessment() instanceof Assessment.Judged judged)) {
            return Optional.empty();
        }
        Consequence consequence = judged.consequence();
        JudgeId judge = judged.judge();
        return Optional.of(
                new Facts(
                        (int) Math.round(judged.pHarm() * MILLION),
                        consequence.severity(),
                        consequence.reversibility(),
                        consequence.reach(),
                        bearers(consequence),
                        judge.name() + "-" + judge.version()));
    }
}
