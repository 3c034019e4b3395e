package io.demur.core.charter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.core.harm.Severity;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Cell;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Stage;
import io.demur.core.policy.Standing;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one person may add alone reaches those whom it names, and nobody else. */
class EnvelopeTest {

    private static final String ROLE = "red-team";
    private static final String PURPOSE = "audit";

    private static void covers(
            boolean expected,
            Set<String> roles,
            Set<String> purposes,
            String role,
            String purpose) {
        Envelope envelope =
                new Envelope(
                        Draft.match(roles, purposes, Set.of(ModelClass.HOSTED)), Strength.ANNOTATE);
        for (ModelClass model : List.of(ModelClass.HOSTED, ModelClass.LOCAL)) {
            Cell cell =
                    new Cell(
                            Optional.empty(),
                            Severity.NONE,
                            model,
                            role,
                            purpose,
                            Stage.NONE,
                            Standing.Kind.FRESH);
            assertEquals(
                    expected && model == ModelClass.HOSTED, envelope.covers(cell), cell::toString);
        }
    }

    @Test
    void aCellIsInsideWhereItsRoleOrItsPurposeIsNamed() {
        covers(true, Set.of(ROLE), Set.of(), ROLE, PURPOSE);
        covers(true, Set.of(ROLE), Set.of(), ROLE, Axes.OTHER);
        covers(true, Set.of(), Set.of(PURPOSE), ROLE, PURPOSE);
        covers(true, Set.of(), Set.of(PURPOSE), Axes.OTHER, PURPOSE);
        covers(false, Set.of(ROLE), Set.of(), Axes.OTHER, PURPOSE);
        covers(false, Set.of(ROLE), Set.of(PURPOSE), ROLE, Axes.OTHER);
    }

    @Test
    void whoeverElseIsNotNamedByBeingCalledOther() {
        covers(false, Set.of(Axes.OTHER), Set.of(), Axes.OTHER, PURPOSE);
        covers(false, Set.of(), Set.of(Axes.OTHER), ROLE, Axes.OTHER);
        covers(false, Set.of(), Set.of(), ROLE, PURPOSE);
        covers(true, Set.of(Axes.OTHER), Set.of(PURPOSE), Axes.OTHER, PURPOSE);
    }

    @Test
    void aNameThatEndsInAStarIsPlacedByWhatBeginsSo() {
        Models.Placement local = new Models.Placement(ModelClass.LOCAL, Optional.empty());
        Models.Placement hosted = new Models.Placement(ModelClass.HOSTED, Optional.empty());
        Models models = new Models(Map.of("a*", local, "a**", hosted), ModelClass.LOCAL_UNALIGNED);
        assertEquals(hosted, models.of("a*"));
        assertEquals(local, models.of("ab"));
    }

    @Test
    void aScopeHasAPurposeAndAnExample() {
        assertThrows(
                IllegalArgumentException.class, () -> new Scope(" ", List.of("in"), List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Scope("desk", List.of(), List.of()));
        Scope scope = new Scope("desk", List.of("in"), List.of("out"));
        assertEquals("desk", scope.forRefusals().words());
    }
}
