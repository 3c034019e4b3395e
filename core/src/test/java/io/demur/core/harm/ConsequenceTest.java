package io.demur.core.harm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.harm.Consequence.Reach;
import io.demur.core.harm.Consequence.Reversibility;

import org.junit.jupiter.api.Test;

import java.util.List;

class ConsequenceTest {

    @Test
    void severitiesAreOrderedFromNoneToGrave() {
        assertEquals(
                List.of(Severity.NONE, Severity.MINOR, Severity.SERIOUS, Severity.GRAVE),
                List.of(Severity.values()));
        assertTrue(Severity.GRAVE.compareTo(Severity.MINOR) > 0);
    }

    @Test
    void harmHasBearersAPathwayAndAReach() {
        refused(List.of(), "a faster line", Severity.SERIOUS, Reach.MANY);
        refused(List.of("line workers"), " ", Severity.SERIOUS, Reach.MANY);
        refused(List.of("line workers"), "a faster line", Severity.SERIOUS, Reach.NOBODY);
    }

    @Test
    void noHarmHasNone() {
        refused(List.of("line workers"), "", Severity.NONE, Reach.NOBODY);
        refused(List.of(), "a faster line", Severity.NONE, Reach.NOBODY);
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new Consequence(
                                List.of(),
                                "",
                                Severity.NONE,
                                Reversibility.FULLY,
                                Reach.NOBODY,
                                true));
    }

    private static void refused(
            List<String> bearers, String pathway, Severity severity, Reach reach) {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new Consequence(
                                bearers, pathway, severity, Reversibility.FULLY, reach, false));
    }
}
