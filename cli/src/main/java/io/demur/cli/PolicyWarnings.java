package io.demur.cli;

import io.demur.core.Request;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Models;
import io.demur.core.charter.RegisteredPrompt;
import io.demur.core.charter.Scope;
import io.demur.core.compose.Alternatives;
import io.demur.core.compose.WordingTrial;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Context;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Rule;
import io.demur.core.policy.Standing;
import io.demur.core.probe.Probe;
import io.demur.core.probe.ProbeSuite;
import io.demur.encoder.Encoder;
import io.demur.encoder.EncoderScope;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a policy may say, and somebody should look at all the same. */
final class PolicyWarnings {

    private static final int SHOWN_MAX = 12;

    private PolicyWarnings() {}

    /**
     * One line for each.
     *
     * @param judge of the many requests that refusals offer
     * @param judges of the probes: those that policies are signed with
     */
    static List<String> of(Charter charter, HarmPredictor judge, HarmPredictor judges) {
        List<String> warnings = new ArrayList<>();
        everybody(warnings, charter.policy());
        models(warnings, charter.models());
        prompts(warnings, charter);
        charter.scope().ifPresent(scope -> unread(warnings, scope));
        for (String purpose : dead(charter)) {
            warnings.add(
                    ("purpose `%s`: no grant and no prompt gives it to anybody, so its rules"
                                    + " never hold")
                            .formatted(purpose));
        }
        for (WordingTrial.Breach breach : WordingTrial.of(charter.wording())) {
            warnings.add(
                    "wording `%s`: %s, as in “%s”"
                            .formatted(
                                    breach.tongue().code(),
                                    breach.criterion(),
                                    breach.text().replaceAll("\\s+", " ")));
        }
        List<Alternatives.Offer> all = Alternatives.all(charter.wording());
        List<String> kept =
                all.stream()
                        .filter(offer -> isKept(charter.policy(), judge, offer.text()))
                        .map(offer -> "`" + offer + "`")
                        .toList();
        if (!kept.isEmpty()) {
            warnings.add(
                    "%d of the %d requests that refusals offer would be held or refused: %s"
                            .formatted(kept.size(), all.size(), shown(kept)));
        }
        probes(warnings, charter.policy(), judges);
        return warnings;
    }

    /** Rules that lower what is done for people without a role and a purpose. */
    private static void everybody(List<String> warnings, Policy policy) {
        for (Rule rule : policy.rules()) {
            boolean lowers =
                    switch (rule.effect()) {
                        case Rule.Effect.Shift shift -> shift.factor() > 1;
                        case Rule.Effect.AtMost most ->
                                most.strength().compareTo(Strength.CONDITION) < 0;
                        case Rule.Effect.AtLeast least -> false;
                        case Rule.Effect.Ask ask -> false;
                        case Rule.Effect.CountHarm count -> false;
                        case Rule.Effect.Unjudged unjudged -> false;
                        case Rule.Effect.Stick stick -> false;
                    };
            if (lowers && isOther(rule.match().roles()) && isOther(rule.match().purposes())) {
                warnings.add(
                        "rule `%s`: `%s` holds for everybody, without a role or a purpose"
                                .formatted(rule.id(), PolicyWords.effect(rule.effect())));
            }
        }
    }

    private static boolean isOther(Set<String> names) {
        return names.isEmpty() || names.contains(Axes.OTHER);
    }

    private static void models(List<String> warnings, Models models) {
        Models.Placement all = models.placed().get("*");
        if (all != null && all.model() == ModelClass.HOSTED) {
            warnings.add("models: `*` counts every model that is not named as hosted");
        } else if (all == null && models.other() == ModelClass.HOSTED) {
            warnings.add("models: every model that is not named counts as hosted");
        }
    }

    /** Purposes that need no role, only words that anybody can send. */
    private static void prompts(List<String> warnings, Charter charter) {
        for (RegisteredPrompt prompt : charter.prompts()) {
            Optional<String> sent = Optional.of(prompt.sha256());
            String purpose = charter.context(Axes.OTHER, Optional.empty(), sent, "").purpose();
            if (!purpose.equals(Axes.OTHER)) {
                warnings.add(
                        ("purpose `%s`: whoever sends the words of prompt `%s` has it, with any"
                                        + " role or none")
                                .formatted(purpose, prompt.id()));
            }
        }
    }

    private static void unread(List<String> warnings, Scope scope) {
        List<String> unread = Encoder.isShipped() ? EncoderScope.unread(scope) : List.of();
        if (!unread.isEmpty()) {
            boolean none = unread.containsAll(scope.inside());
            warnings.add(
                    "scope: %d of %d examples are not English, and the judge cannot read them: %s%s"
                            .formatted(
                                    unread.size(),
                                    scope.inside().size() + scope.outside().size(),
                                    shown(unread.stream().map(it -> "“" + it + "”").toList()),
                                    none
                                            ? "; none of what is inside is left, so it cannot tell"
                                            : ""));
        }
    }

    private static void probes(List<String> warnings, Policy policy, HarmPredictor judges) {
        ProbeSuite suite = ProbeSuite.shipped();
        List<Probe> wrong = suite.wrong(suite.run(policy, judges));
        if (!wrong.isEmpty()) {
            warnings.add(
                    "%d of %d probes come out wrong: %s"
                            .formatted(
                                    wrong.size(),
                                    suite.probes().size(),
                                    shown(wrong.stream().map(it -> "`" + it.id() + "`").toList())));
        }
    }

    private static String shown(List<String> all) {
        String some = all.stream().limit(SHOWN_MAX).collect(Collectors.joining(", "));
        return all.size() > SHOWN_MAX
                ? "%s and %d more".formatted(some, all.size() - SHOWN_MAX)
                : some;
    }

    private static boolean isKept(Policy policy, HarmPredictor judge, String text) {
        return policy.decide(judge.assess(Request.of(text)), Context.PLAIN, Standing.FRESH)
                        .strength()
                        .compareTo(Strength.HOLD)
                >= 0;
    }

    /** Purposes that nothing gives to anybody. */
    private static List<String> dead(Charter charter) {
        return charter.policy().table().axes().purposes().stream()
                .filter(purpose -> !purpose.equals(Axes.OTHER))
                .filter(purpose -> !isGiven(charter, purpose))
                .toList();
    }

    private static boolean isGiven(Charter charter, String purpose) {
        return charter.grants().stream().anyMatch(it -> it.purposes().contains(purpose))
                || charter.prompts().stream().anyMatch(it -> it.purpose().equals(purpose));
    }
}
