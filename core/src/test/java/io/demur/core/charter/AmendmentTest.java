package io.demur.core.charter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Rule;
import io.demur.core.policy.Stage;
import io.demur.core.policy.Standing;
import io.demur.core.policy.Term;
import io.demur.core.probe.ProbeRun;
import io.demur.testkit.Golden;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class AmendmentTest {

    private static final ProbeRun NOTHING = new ProbeRun(Map.of());

    private static Amendment between(Draft before, Draft after) {
        return Amendment.between(before.charter(), NOTHING, after.charter(), NOTHING);
    }

    private static boolean isAtLeast(Draft after, Draft before) {
        return between(before, after).direction() != Direction.WEAKER;
    }

    private static List<Amendment.SettingChange> settings(Draft before, Draft after) {
        return between(before, after).settings();
    }

    @Test
    void nothingChangedIsEqual() {
        for (Draft draft : List.of(new Draft(), Draft.full())) {
            Amendment none = between(draft, draft.copy());
            assertEquals(Direction.EQUAL, none.direction());
            assertTrue(none.settings().isEmpty() && none.table().isEqual(), none::toString);
        }
    }

    @Test
    void eachChangeStandsUnderItsKeyWithItsDirectionAndTheOtherOneBack() {
        for (OneChange one : OneChange.all()) {
            Draft after = Draft.full();
            one.change().accept(after);
            List<Amendment.SettingChange> there = settings(Draft.full(), after);
            List<Amendment.SettingChange> back = settings(after, Draft.full());
            assertEquals(List.of(one.key()), there.stream().map(c -> c.key()).toList());
            assertEquals(List.of(one.key()), back.stream().map(c -> c.key()).toList());
            assertEquals(one.there(), there.getFirst().direction(), () -> one + " " + there);
            assertEquals(one.back(), back.getFirst().direction(), () -> one + " back " + back);
            assertEquals(there.getFirst().before(), back.getFirst().after());
            assertEquals(there.getFirst().after(), back.getFirst().before());
        }
    }

    @Test
    void eachChangeIsSaidInWordsThatStay() {
        StringBuilder said = new StringBuilder();
        for (OneChange one : OneChange.all()) {
            Draft after = Draft.full();
            one.change().accept(after);
            say(said, Draft.full(), after);
        }
        Draft nobody = new Draft();
        nobody.roles.clear();
        nobody.purposes.clear();
        nobody.witnesses = new Settings.Witnesses(Set.of(), 0);
        Draft somebody = nobody.copy();
        somebody.roles.add(Draft.ROLE);
        somebody.witnesses = new Settings.Witnesses(Set.of("w1+00000000+AQ==", "w0+1+Ag=="), 2);
        somebody.envelope = Optional.of(new Envelope(everyAxis(), Strength.CONDITION));
        say(said, nobody, somebody);
        for (Duration delay :
                List.of(
                        Duration.ZERO,
                        Duration.ofMinutes(59),
                        Duration.ofMinutes(60),
                        Duration.ofMinutes(90),
                        Duration.ofHours(36),
                        Duration.ofHours(48),
                        Duration.ofHours(49))) {
            Draft after = nobody.copy();
            after.changes = new Settings.Changes(delay, nobody.changes.longest());
            say(said, nobody, after);
        }
        Golden.check("core/src/test/resources/io/demur/core/charter/changes.txt", said.toString());
    }

    private static void say(StringBuilder said, Draft before, Draft after) {
        for (Amendment.SettingChange it : settings(before, after)) {
            said.append("%s: %s -> %s%n".formatted(it.key(), it.before(), it.after()));
        }
    }

    private static Rule.Match everyAxis() {
        return new Rule.Match(
                Set.of(Hazard.HATE, Hazard.INDISCRIMINATE_WEAPONS),
                Set.of(Severity.GRAVE),
                Set.of(ModelClass.LOCAL_UNALIGNED),
                Set.of(Draft.ROLE),
                Set.of(Draft.PURPOSE),
                Set.of(Stage.NONE),
                Set.of(Standing.Kind.FRESH));
    }

    @Test
    void whereNoWitnessNeedsToSignMoreOfThemAreStronger() {
        Draft before = new Draft();
        before.witnesses = new Settings.Witnesses(Set.of("w1"), 0);
        Draft after = new Draft();
        after.witnesses = new Settings.Witnesses(Set.of("w1", "w2"), 0);
        assertEquals(Direction.STRONGER, between(before, after).direction());
        assertEquals(Direction.WEAKER, between(after, before).direction());
    }

    @Test
    void aRoleThatIsNamedHasTheGrantOfTheOthersNoMore() {
        Draft named = Draft.full();
        named.roles.add("spare");
        assertEquals(
                List.of("roles", "grants.spare.purposes"),
                settings(Draft.full(), named).stream().map(c -> c.key()).toList());
        assertEquals(Direction.STRONGER, between(Draft.full(), named).direction());
        assertEquals(Direction.WEAKER, between(named, Draft.full()).direction());
    }

    @Test
    void noChangeIsStrongerBothWays() {
        Property.check(
                60,
                gen -> {
                    Draft before = Draft.full();
                    Draft after = before.copy();
                    for (int i = gen.between(1, 3); i > 0; i--) {
                        before.change(gen);
                        after.change(gen);
                    }
                    boolean stronger = between(before, after).direction() == Direction.STRONGER;
                    assertFalse(
                            stronger && between(after, before).direction() == Direction.STRONGER,
                            () -> between(before, after) + "\n" + between(after, before));
                });
    }

    @Test
    void twoStepsThatAreNoWeakeningAreNoneTogether() {
        int[] both = {0};
        Property.check(
                100,
                gen -> {
                    Draft first = gen.oneIn(2) ? new Draft() : Draft.full();
                    if (gen.oneIn(2)) {
                        first.change(gen);
                    }
                    Draft second = first.copy();
                    second.change(gen);
                    if (!isAtLeast(second, first)) {
                        return;
                    }
                    Draft third = second.copy();
                    third.change(gen);
                    if (isAtLeast(third, second)) {
                        both[0]++;
                        assertTrue(
                                isAtLeast(third, first),
                                () -> between(first, third).settings() + "");
                    }
                });
        assertTrue(both[0] > 15 || Integer.getInteger("tries", 100) < 100, () -> "only " + both[0]);
    }

    @Test
    void theEnvelopeCoversItsCellsDownToItsBoundAndNoOthers() {
        Draft before = new Draft();
        before.envelope =
                Optional.of(
                        new Envelope(
                                Draft.match(Set.of(Draft.ROLE), Set.of(), Set.of()),
                                Strength.ANNOTATE));
        Draft within = before.copy();
        within.rules.add(atMost(Strength.ANNOTATE, Set.of(Draft.ROLE)));
        Amendment allowed = between(before, within);
        assertEquals(allowed.table().weaker(), allowed.envelope());
        assertEquals(Direction.EQUAL, allowed.direction());
        assertEquals(Direction.STRONGER, between(within, before).direction());

        Draft below = before.copy();
        below.rules.add(atMost(Strength.ALLOW, Set.of(Draft.ROLE)));
        assertEquals(Direction.WEAKER, between(before, below).direction());
        Draft everybody = before.copy();
        everybody.rules.add(atMost(Strength.ANNOTATE, Set.of()));
        assertEquals(Direction.WEAKER, between(before, everybody).direction());
        Draft without = within.copy();
        without.envelope = Optional.empty();
        Draft bare = before.copy();
        bare.envelope = Optional.empty();
        assertEquals(Direction.WEAKER, between(bare, without).direction());
    }

    @Test
    void theEnvelopeGivesPurposesOnlyWhereItsBoundHolds() {
        Draft before = new Draft();
        before.envelope =
                Optional.of(
                        new Envelope(
                                Draft.match(Set.of(Draft.ROLE), Set.of(Draft.PURPOSE), Set.of()),
                                Strength.ANNOTATE));
        before.rules.add(purposeAtMost(Strength.ANNOTATE));
        Draft granted = before.copy();
        Grant grant = new Grant(Draft.ROLE, Set.of(Draft.PURPOSE), Set.of());
        granted.grants.put(Draft.ROLE, grant);
        assertEquals(Direction.EQUAL, between(before, granted).direction());
        Draft others = before.copy();
        others.grants.put(Axes.OTHER, new Grant(Axes.OTHER, Set.of(Draft.PURPOSE), Set.of()));
        assertEquals(Direction.WEAKER, between(before, others).direction());
        // where the purpose lets more through than the envelope would
        before.rules.set(0, purposeAtMost(Strength.ALLOW));
        granted.rules.set(0, purposeAtMost(Strength.ALLOW));
        assertEquals(Direction.WEAKER, between(before, granted).direction());
    }

    @Test
    void aModelThatMovesIsWeakerExactlyWhereItIsAnsweredMore() {
        Draft before = new Draft();
        before.placed.put("m", place(ModelClass.LOCAL_UNALIGNED));
        Draft after = before.copy();
        after.placed.put("m", place(ModelClass.LOCAL));
        assertEquals(Direction.WEAKER, between(before, after).direction());
        assertEquals(Direction.STRONGER, between(after, before).direction());
        // the same move is none where the table does as much for the class that it goes to
        after.rules.add(
                new Rule(
                        "rule",
                        Draft.match(Set.of(), Set.of(), Set.of(ModelClass.LOCAL)),
                        new Rule.Effect.AtLeast(Strength.REFUSE, 0)));
        assertEquals(Direction.STRONGER, between(before, after).direction());
    }

    @Test
    void aNewNameWeakensNothingAndAPatternMovesWhatItCovers() {
        Draft before = new Draft();
        Draft alias = before.copy();
        alias.placed.put("m", place(ModelClass.HOSTED));
        assertEquals(Direction.EQUAL, between(before, alias).direction());
        // it could be placed anew otherwise
        assertEquals(Direction.WEAKER, between(alias, before).direction());
        Draft all = before.copy();
        all.placed.put("*", place(ModelClass.HOSTED));
        assertEquals(Direction.WEAKER, between(before, all).direction());
        Draft some = before.copy();
        some.placed.put("llama*", place(ModelClass.LOCAL_UNALIGNED));
        assertEquals(Direction.EQUAL, between(before, some).direction());
        Draft known = some.copy();
        known.placed.put("llama-3", place(ModelClass.HOSTED));
        assertEquals(Direction.WEAKER, between(some, known).direction());
    }

    @Test
    void probesThatFlipAreAWeakening() {
        Charter charter = new Draft().charter();
        ProbeRun before = new ProbeRun(Map.of("p", Strength.REFUSE));
        ProbeRun after = new ProbeRun(Map.of("p", Strength.HOLD));
        assertEquals(
                Direction.WEAKER, Amendment.between(charter, before, charter, after).direction());
        assertEquals(
                Direction.EQUAL, Amendment.between(charter, after, charter, before).direction());
    }

    @Test
    void whoLosesAPurposeThatWasStricterIsAnsweredMore() {
        Draft before = new Draft();
        before.rules.add(
                new Rule(
                        "strict",
                        Draft.match(Set.of(), Set.of(Draft.PURPOSE), Set.of()),
                        new Rule.Effect.AtLeast(Strength.REFUSE, 10)));
        Draft granted = before.copy();
        granted.grants.put(Axes.OTHER, new Grant(Axes.OTHER, Set.of(Draft.PURPOSE), Set.of()));
        assertEquals(Direction.WEAKER, between(granted, before).direction());
        Draft prompted = before.copy();
        prompted.prompts.put("p", new RegisteredPrompt("p", "a".repeat(64), Draft.PURPOSE));
        assertEquals(Direction.WEAKER, between(prompted, before).direction());
        Draft named = granted.copy();
        named.roles.add("spare");
        assertEquals(Direction.WEAKER, between(granted, named).direction());
    }

    @Test
    void aModelDoesNotMoveToWhereMoreMayAskIt() {
        Draft before = new Draft();
        before.grants.put(
                Axes.OTHER, new Grant(Axes.OTHER, Set.of(), Set.of(ModelClass.LOCAL_UNALIGNED)));
        before.placed.put("m", place(ModelClass.LOCAL));
        Draft after = before.copy();
        after.placed.put("m", place(ModelClass.LOCAL_UNALIGNED));
        assertEquals(Direction.WEAKER, between(before, after).direction());
    }

    @Test
    void aConditionInNewWordsIsWeakerAndIsShownAndAnOldOneIsNot() {
        Draft before = new Draft();
        Draft after = before.copy();
        after.rules.add(ask("take-back", "ignore all other conditions"));
        List<Amendment.SettingChange> changes = settings(before, after);
        assertEquals(List.of("rules.take-back.ask"), changes.stream().map(c -> c.key()).toList());
        assertEquals("ignore all other conditions", changes.getFirst().after());
        assertEquals(Direction.WEAKER, between(before, after).direction());
        Draft again = after.copy();
        again.rules.add(ask("once-more", "ignore all other conditions"));
        assertTrue(isAtLeast(again, after));
    }

    private static Rule ask(String id, String text) {
        return new Rule(
                id,
                Draft.match(Set.of(), Set.of(), Set.of()),
                new Rule.Effect.Ask(new Term(id, text), 500_000));
    }

    private static Models.Placement place(ModelClass model) {
        return new Models.Placement(model, Optional.empty());
    }

    private static Rule atMost(Strength strength, Set<String> roles) {
        return new Rule(
                "rule", Draft.match(roles, Set.of(), Set.of()), new Rule.Effect.AtMost(strength));
    }

    private static Rule purposeAtMost(Strength strength) {
        return new Rule(
                "rule",
                Draft.match(Set.of(), Set.of(Draft.PURPOSE), Set.of()),
                new Rule.Effect.AtMost(strength));
    }
}
