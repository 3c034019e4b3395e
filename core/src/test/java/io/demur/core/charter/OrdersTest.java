package io.demur.core.charter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Table;
import io.demur.core.probe.ProbeRun;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The orders of witnesses and models, against what they mean. */
class OrdersTest {

    private static final List<String> KEYS = List.of("w1", "w2", "w3", "w4");
    private static final List<String> NAMES = List.of("a", "ab", "abc", "abd", "ac", "b", "zz", "");

    private static Direction direction(Draft before, Draft after) {
        ProbeRun nothing = new ProbeRun(Map.of());
        return Amendment.between(before.charter(), nothing, after.charter(), nothing).direction();
    }

    @Test
    void witnessesAreAsStrongWhereEveryQuorumOfTheNewHoldsOneOfTheOld() {
        Property.check(
                60,
                gen -> {
                    Draft before = small();
                    Draft after = small();
                    before.witnesses = witnesses(gen);
                    after.witnesses = witnesses(gen);
                    boolean kept = after.witnesses.keys().containsAll(before.witnesses.keys());
                    assertEquals(
                            kept && implies(after.witnesses, before.witnesses),
                            direction(before, after) != Direction.WEAKER,
                            () -> before.witnesses + " " + after.witnesses);
                });
    }

    /** Without names, so that there are few cells. */
    private static Draft small() {
        Draft draft = new Draft();
        draft.roles.clear();
        draft.purposes.clear();
        return draft;
    }

    private static Settings.Witnesses witnesses(Gen gen) {
        Set<String> keys = new HashSet<>();
        KEYS.stream().filter(key -> !gen.oneIn(3)).forEach(keys::add);
        return new Settings.Witnesses(keys, gen.between(0, keys.size()));
    }

    /** Whether whatever satisfies the one satisfies the other, tried on every set of keys. */
    private static boolean implies(Settings.Witnesses one, Settings.Witnesses other) {
        for (int set = 0; set < 1 << KEYS.size(); set++) {
            Set<String> signed = new HashSet<>();
            for (int i = 0; i < KEYS.size(); i++) {
                if ((set >> i & 1) == 1) {
                    signed.add(KEYS.get(i));
                }
            }
            if (satisfies(signed, one) && !satisfies(signed, other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean satisfies(Set<String> signed, Settings.Witnesses witnesses) {
        return signed.stream().filter(witnesses.keys()::contains).count() >= witnesses.quorum();
    }

    @Test
    void modelsAreNoWeakerWhereNoNameIsAnsweredMore() {
        Property.check(
                60,
                gen -> {
                    Draft before = small();
                    models(before, gen);
                    Draft after = before.copy();
                    models(after, gen);
                    if (direction(before, after) == Direction.WEAKER) {
                        return;
                    }
                    for (String name : NAMES) {
                        isKept(before.charter(), after.charter(), name);
                    }
                });
    }

    private static void models(Draft draft, Gen gen) {
        if (gen.oneIn(3)) {
            draft.other = gen.oneOf(List.of(ModelClass.values()));
        }
        for (int i = gen.between(0, 2); i > 0; i--) {
            String key = gen.oneOf(List.of("*", "a*", "ab*", "abc*", "a", "ab", "abc", "b"));
            ModelClass model = gen.oneOf(List.of(ModelClass.values()));
            draft.placed.put(key, new Models.Placement(model, Optional.empty()));
        }
    }

    private static void isKept(Charter before, Charter after, String name) {
        boolean wasListed = before.models().listed(name).isPresent();
        if (!wasListed && after.models().placed().containsKey(name)) {
            return; // listed for the first time
        }
        assertTrue(!wasListed || after.models().listed(name).isPresent(), name);
        Table old = before.policy().table();
        Table now = after.policy().table();
        ModelClass from = before.models().of(name).model();
        ModelClass to = after.models().of(name).model();
        old.axes()
                .forEach(
                        cell -> {
                            if (cell.model() == from && from != to) {
                                assertTrue(
                                        now.at(ModelChanges.of(cell, to))
                                                .isAtLeast(old.at(cell), cell),
                                        () -> name + " " + cell + " to " + to);
                            }
                        });
    }
}
