package io.demur.cli;

import io.demur.core.charter.Amendment;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Direction;
import io.demur.core.charter.Models;
import io.demur.core.charter.Settings;
import io.demur.core.compose.Wording;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Comparison;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Posture;
import io.demur.core.policy.Rule;
import io.demur.core.policy.Stage;
import io.demur.core.policy.Standing;
import io.demur.core.policy.Term;
import io.demur.core.probe.ProbeRun;
import io.demur.testkit.Golden;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people read before they sign. The dial is left out by rules that set lines of their own. */
class PolicyWordsTest {

    private static final String RESOURCES = "cli/src/test/resources/policy/";
    private static final Axes AXES = new Axes(List.of("audit", "team"), List.of("research"));

    @Test
    void anAmendmentSaysCellsSettingsAndProbes() {
        Charter before =
                charter(
                        rule("hate", match(Hazard.HATE), least(Strength.HOLD, 600_000)),
                        rule("law", match(Hazard.DEFAMATION), ask("cite", 300_000)),
                        rule("nobody", Rule.Match.ALL, new Rule.Effect.Unjudged(Strength.REFUSE)));
        Charter after =
                charter(
                        rule("hate", match(Hazard.HATE), least(Strength.HOLD, 600_000)),
                        rule("law", match(Hazard.DEFAMATION), ask("be-fair", 300_000)),
                        rule("team", team(), new Rule.Effect.AtMost(Strength.ANNOTATE)),
                        rule("adverse", stages(), least(Strength.REFUSE, 200_000)));
        Comparison table = Comparison.of(before.policy().table(), after.policy().table());
        Amendment amendment =
                new Amendment(
                        table,
                        table.weaker().stream()
                                .filter(it -> it.cell().stage() == Stage.COLLECT)
                                .filter(it -> it.cell().role().equals("team"))
                                .filter(it -> it.cell().hazard().isPresent())
                                .toList(),
                        List.of(
                                new Amendment.SettingChange(
                                        "retention.days", "183", "90", Direction.WEAKER),
                                new Amendment.SettingChange(
                                        "drills.per-hour", "1", "2", Direction.STRONGER),
                                new Amendment.SettingChange(
                                        "name", "Help", "Help desk", Direction.EQUAL)),
                        List.of(new ProbeRun.Flip("own-clear-1", Strength.REFUSE, Strength.ALLOW)));
        Golden.check(
                RESOURCES + "amendment.txt",
                String.join("\n", PolicyWords.amendment(amendment, before, after)) + "\n");
    }

    private static Charter charter(Rule... rules) {
        return new Charter(
                "Help desk",
                Policy.of(new Posture(5), List.of(rules), AXES),
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Models.NONE,
                Wording.NONE,
                Settings.USUAL,
                Optional.empty());
    }

    private static Rule rule(String id, Rule.Match match, Rule.Effect effect) {
        return new Rule(id, match, effect);
    }

    private static Rule.Effect least(Strength strength, int from) {
        return new Rule.Effect.AtLeast(strength, from);
    }

    private static Rule.Effect ask(String term, int from) {
        return new Rule.Effect.Ask(new Term(term, "say so"), from);
    }

    private static Rule.Match match(Hazard hazard) {
        return new Rule.Match(
                Set.of(hazard), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
    }

    private static Rule.Match team() {
        return new Rule.Match(
                Set.of(Hazard.HATE),
                Set.of(Severity.SERIOUS, Severity.MINOR),
                Set.of(ModelClass.LOCAL),
                Set.of("team"),
                Set.of(),
                Set.of(),
                Set.of(Standing.Kind.FRESH));
    }

    private static Rule.Match stages() {
        return new Rule.Match(
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(Axes.OTHER),
                Set.of(Axes.OTHER),
                Set.of(Stage.SCORE, Stage.ACT),
                Set.of());
    }
}
