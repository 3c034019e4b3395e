package io.demur.core.charter;

import static io.demur.core.charter.Direction.EQUAL;
import static io.demur.core.charter.Direction.STRONGER;
import static io.demur.core.charter.Direction.WEAKER;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Rule;
import io.demur.core.probe.ProbeRun;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where models stand: which moves are weaker, and which are none. */
class ModelChangesTest {

    private static final ProbeRun NOTHING = new ProbeRun(Map.of());

    private static Amendment between(Draft before, Draft after) {
        return Amendment.between(before.charter(), NOTHING, after.charter(), NOTHING);
    }

    private static List<String> changes(Draft before, Draft after) {
        return between(before, after).settings().stream()
                .map(it -> it.key() + " " + it.direction())
                .toList();
    }

    @Test
    void whereAPatternFitsEveryNameTheClassOfAllOthersIsNobodys() {
        Draft before = new Draft();
        place(before, "*", ModelClass.LOCAL);
        Draft after = new Draft();
        after.other = ModelClass.HOSTED;
        assertEquals(List.of("models.* WEAKER", "models.other EQUAL"), changes(before, after));
    }

    @Test
    void aPatternIsJudgedByNamesThatNoLongerPatternFits() {
        Draft before = new Draft();
        place(before, "a*", ModelClass.LOCAL_UNALIGNED);
        place(before, "a**", ModelClass.LOCAL_UNALIGNED);
        Draft after = before.copy();
        place(after, "a*", ModelClass.HOSTED);
        assertEquals(List.of("models.a* WEAKER"), changes(before, after));
    }

    @Test
    void whatStaysInItsClassIsWeakerOnlyAsItsCellsAreAndAsWhoMayAskIt() {
        Draft before = new Draft();
        before.envelope =
                Optional.of(
                        new Envelope(
                                Draft.match(Set.of(Draft.ROLE), Set.of(), Set.of()),
                                Strength.ANNOTATE));
        before.grants.put(Draft.ROLE, new Grant(Draft.ROLE, Set.of(), Set.of(ModelClass.HOSTED)));
        Draft after = before.copy();
        place(after, "m*", before.other);
        after.rules.add(
                new Rule(
                        "rule",
                        Draft.match(Set.of(Draft.ROLE), Set.of(), Set.of()),
                        new Rule.Effect.AtMost(Strength.ANNOTATE)));
        assertEquals(List.of("models.m* EQUAL"), changes(before, after));
        assertEquals(EQUAL, between(before, after).direction());
        after.grants.clear();
        assertEquals(
                List.of("grants.red-team.models EQUAL", "models.m* EQUAL"), changes(before, after));
    }

    @Test
    void whoMayAskNeitherClassIsGivenNothingByTheMove() {
        Draft before = new Draft();
        before.grants.put(Draft.ROLE, new Grant(Draft.ROLE, Set.of(), Set.of(ModelClass.HOSTED)));
        place(before, "m", ModelClass.LOCAL);
        Draft after = before.copy();
        place(after, "m", ModelClass.LOCAL_UNALIGNED);
        assertEquals(STRONGER, between(before, after).direction());
    }

    @Test
    void oneWeakerCellIsEnoughAndTheCellsOfOtherClassesAreNoneOfIt() {
        Draft before = new Draft();
        before.rules.add(hazard(ModelClass.HOSTED, new Rule.Effect.AtLeast(Strength.REFUSE, 0)));
        place(before, "m", ModelClass.HOSTED);
        Draft after = before.copy();
        place(after, "m", ModelClass.LOCAL);
        assertEquals(WEAKER, between(before, after).direction());
        // and back, though in the cells of the unaligned more is done than here
        assertEquals(STRONGER, between(after, before).direction());
    }

    private static Rule hazard(ModelClass model, Rule.Effect effect) {
        return new Rule(
                "rule",
                new Rule.Match(
                        Set.of(Hazard.VIOLENT_CRIMES),
                        Set.of(),
                        Set.of(model),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of()),
                effect);
    }

    private static void place(Draft draft, String name, ModelClass model) {
        draft.placed.put(name, new Models.Placement(model, Optional.empty()));
    }
}
