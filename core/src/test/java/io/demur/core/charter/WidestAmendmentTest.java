package io.demur.core.charter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.charter.Models.Placement;
import io.demur.core.policy.Comparison;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Rule;
import io.demur.core.probe.ProbeRun;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Two documents that each may be signed, and what it takes to compare them. */
class WidestAmendmentTest {

    private static final ProbeRun NOTHING = new ProbeRun(Map.of());

    private static Draft named(String prefix, int roles, int purposes) {
        Draft draft = new Draft();
        draft.roles = names(prefix + "-role-", roles);
        draft.purposes = names(prefix + "-purpose-", purposes);
        return draft;
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private static Comparison table(Draft before, Draft after) {
        return Amendment.between(before.charter(), NOTHING, after.charter(), NOTHING).table();
    }

    @Test
    void sixtyFiveRolesBecomeSixtyFivePurposesInTwoStepsNotInOne() {
        Draft roles = named("old", 65, 0);
        Draft purposes = named("new", 0, 65);
        Draft neither = named("", 0, 0);
        IllegalArgumentException wide =
                assertThrows(IllegalArgumentException.class, () -> table(roles, purposes));
        assertEquals("16,465,680 cells are more than can be compared", wide.getMessage());
        assertTrue(table(roles, neither).isEqual());
        assertTrue(table(neither, purposes).isEqual());
    }

    @Test
    void whereEveryRoleGetsEveryPurposeUnderNewNamesTheWidestPairIsStillCompared() {
        Draft before = named("old", 7, 7);
        Draft after = named("new", 7, 7);
        after.posture = 4;
        for (Draft draft : List.of(before, after)) {
            Set<String> purposes = Set.copyOf(draft.purposes);
            for (String role : draft.roles) {
                draft.grants.put(role, new Grant(role, purposes, Set.of(ModelClass.HOSTED)));
            }
            for (int i = 0; i < 200; i++) {
                String purpose = draft.purposes.get(i % 7);
                String sha256 = "%064x".formatted(i + draft.posture * 1000);
                draft.prompts.put("p" + i, new RegisteredPrompt("p" + i, sha256, purpose));
                ModelClass stands = draft == before ? ModelClass.HOSTED : ModelClass.LOCAL;
                draft.placed.put("model-" + i, new Placement(stands, Optional.empty()));
            }
            draft.envelope = Optional.of(new Envelope(Rule.Match.ALL, Strength.CONDITION));
        }
        Amendment amendment =
                Amendment.between(before.charter(), NOTHING, after.charter(), NOTHING);
        assertEquals(Direction.WEAKER, amendment.direction());
        long cells =
                Comparison.cells(
                        before.charter().policy().table(), after.charter().policy().table());
        assertEquals(15 * 15 * 3_780, cells);
        assertTrue(amendment.table().weaker().size() > 700_000);
        assertTrue(amendment.settings().size() > 400);
    }
}
