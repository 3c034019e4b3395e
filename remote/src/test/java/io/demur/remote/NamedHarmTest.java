package io.demur.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;

import org.junit.jupiter.api.Test;

import java.util.List;

class NamedHarmTest {

    @Test
    void aHazardThatWasNamedIsSaid() {
        assertEquals(
                "A model judged it harmful and named the hazard: hate.",
                NamedHarm.of(List.of(Hazard.HATE)).pathway());
        assertEquals(
                "A model judged it harmful and named the hazard: sex related crimes, privacy.",
                NamedHarm.of(List.of(Hazard.PRIVACY, Hazard.SEX_RELATED_CRIMES)).pathway());
    }

    @Test
    void whereNoneWasNamedThatIsSaid() {
        assertEquals(
                "A model judged it harmful and did not say in which way.",
                NamedHarm.of(List.of()).pathway());
        assertEquals(Severity.SERIOUS, NamedHarm.of(List.of()).severity());
    }
}
