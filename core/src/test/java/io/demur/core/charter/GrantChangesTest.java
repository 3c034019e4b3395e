package io.demur.core.charter;

import static io.demur.core.charter.Direction.EQUAL;
import static io.demur.core.charter.Direction.STRONGER;
import static io.demur.core.charter.Direction.WEAKER;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.policy.Axes;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Rule;
import io.demur.core.probe.ProbeRun;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may ask for what, and under which prompts: where more of that is weaker, and where not. */
class GrantChangesTest {

    private static final ProbeRun NOTHING = new ProbeRun(Map.of());
    private static final String SPARE = "spare";

    private static Amendment between(Draft before, Draft after) {
        return Amendment.between(before.charter(), NOTHING, after.charter(), NOTHING);
    }

    private static List<String> changes(Draft before, Draft after) {
        return between(before, after).settings().stream()
                .map(it -> it.key() + " " + it.direction())
                .toList();
    }

    @Test
    void theEnvelopeGivesClassesOfModelsOnlyWhereItCoversAllOfThem() {
        Draft before = new Draft();
        before.envelope =
                envelope(Set.of(Draft.ROLE), Set.of(), Set.of(ModelClass.HOSTED, ModelClass.LOCAL));
        grant(before, Set.of(), ModelClass.HOSTED);
        Draft within = before.copy();
        grant(within, Set.of(), ModelClass.HOSTED, ModelClass.LOCAL);
        assertEquals(List.of("grants.red-team.models EQUAL"), changes(before, within));
        Draft beyond = before.copy();
        grant(beyond, Set.of(), ModelClass.HOSTED, ModelClass.LOCAL_UNALIGNED);
        assertEquals(List.of("grants.red-team.models WEAKER"), changes(before, beyond));
        Draft both = before.copy();
        grant(both, Set.of());
        assertEquals(List.of("grants.red-team.models WEAKER"), changes(before, both));
    }

    @Test
    void theEnvelopeRegistersPromptsOnlyForPurposesThatItCoversForEverybody() {
        Draft before = new Draft();
        before.rules.add(atMost(Set.of(), Set.of(Draft.PURPOSE)));
        before.envelope = envelope(Set.of(), Set.of(Draft.PURPOSE), Set.of());
        Draft after = before.copy();
        prompt(after, "tutor", Draft.PURPOSE);
        assertEquals(List.of("prompts.tutor EQUAL"), changes(before, after));
        before.envelope = envelope(Set.of(Draft.ROLE), Set.of(Draft.PURPOSE), Set.of());
        after.envelope = before.envelope;
        assertEquals(List.of("prompts.tutor WEAKER"), changes(before, after));
    }

    @Test
    void thePromptUnderAnotherNameIsNoOther() {
        Draft before = Draft.full();
        Draft after = Draft.full();
        after.prompts.clear();
        prompt(after, "coach", Draft.PURPOSE);
        assertEquals(List.of("prompts.coach EQUAL", "prompts.tutor EQUAL"), changes(before, after));
        assertEquals(EQUAL, between(before, after).direction());
    }

    @Test
    void aPromptForAPurposeThatThePolicyDoesNotNameIsShownAndChangesNothing() {
        Draft before = new Draft();
        Draft after = new Draft();
        prompt(after, "tutor", "unheard-of");
        assertEquals(List.of("prompts.tutor EQUAL"), changes(before, after));
        assertEquals(List.of("prompts.tutor EQUAL"), changes(after, before));
    }

    @Test
    void aPromptThatStaysCountsAsNewWhereItsPurposeIsNamedForTheFirstTime() {
        Draft before = new Draft();
        prompt(before, "tutor", Draft.PURPOSE);
        before.purposes = new ArrayList<>();
        Draft after = before.copy();
        after.purposes = new ArrayList<>(List.of(Draft.PURPOSE));
        after.rules.add(atMost(Set.of(), Set.of(Draft.PURPOSE)));
        assertEquals(List.of("purposes EQUAL", "prompts.tutor WEAKER"), changes(before, after));
    }

    @Test
    void whatARoleKeepsIsNotLostThoughItWouldBeAWeakeningToLoseIt() {
        Draft before = new Draft();
        before.purposes.add(SPARE);
        before.rules.add(
                new Rule(
                        "strict",
                        Draft.match(Set.of(), Set.of(Draft.PURPOSE), Set.of()),
                        new Rule.Effect.AtLeast(Strength.REFUSE, 10)));
        grant(before, Set.of(Draft.PURPOSE, SPARE));
        Draft after = before.copy();
        grant(after, Set.of(Draft.PURPOSE));
        assertEquals(STRONGER, between(before, after).direction());
        grant(after, Set.of(SPARE));
        assertEquals(WEAKER, between(before, after).direction());
    }

    @Test
    void whoIsNotNamedIsTheOtherOfTheEnvelope() {
        Draft before = new Draft();
        before.envelope = envelope(Set.of(Axes.OTHER), Set.of(Draft.PURPOSE), Set.of());
        Draft after = before.copy();
        after.roles.add(SPARE);
        after.rules.add(atMost(Set.of(SPARE), Set.of(Draft.PURPOSE)));
        assertEquals(EQUAL, between(before, after).direction());
        before.envelope = envelope(Set.of(Draft.ROLE), Set.of(Draft.PURPOSE), Set.of());
        after.envelope = before.envelope;
        assertEquals(WEAKER, between(before, after).direction());
    }

    @Test
    void whatUsesTheEnvelopeIsNotStrongerThoughSomethingElseOfItIs() {
        Draft before = new Draft();
        before.envelope = envelope(Set.of(Draft.ROLE), Set.of(), Set.of());
        Draft after = before.copy();
        after.drills++;
        assertEquals(STRONGER, between(before, after).direction());
        after.rules.add(atMost(Set.of(Draft.ROLE), Set.of()));
        assertEquals(EQUAL, between(before, after).direction());
    }

    private static Optional<Envelope> envelope(
            Set<String> roles, Set<String> purposes, Set<ModelClass> models) {
        return Optional.of(new Envelope(Draft.match(roles, purposes, models), Strength.ANNOTATE));
    }

    private static void grant(Draft draft, Set<String> purposes, ModelClass... models) {
        draft.grants.put(Draft.ROLE, new Grant(Draft.ROLE, purposes, Set.of(models)));
    }

    private static void prompt(Draft draft, String id, String purpose) {
        draft.prompts.put(id, new RegisteredPrompt(id, "c".repeat(64), purpose));
    }

    private static Rule atMost(Set<String> roles, Set<String> purposes) {
        return new Rule(
                "rule",
                Draft.match(roles, purposes, Set.of()),
                new Rule.Effect.AtMost(Strength.ANNOTATE));
    }
}
