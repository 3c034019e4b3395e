package io.demur.core.harm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.harm.Consequence.Reach;
import io.demur.core.harm.Consequence.Reversibility;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

class OutlookTest {

    @Test
    void composesWhoBearsWhat() {
        Consequence consequence = of(0.9, 0.8, 0.2).consequence();
        assertEquals(List.of("workers", "the environment"), consequence.bearers());
        assertEquals(
                "An answer would help to reach a goal that leaves out what it costs others, at the"
                        + " cost of workers and the environment.",
                consequence.pathway());
        assertEquals(Severity.SERIOUS, consequence.severity());
        assertEquals(Reversibility.NOT, consequence.reversibility());
        assertEquals(Reach.MANY, consequence.reach());
        assertTrue(consequence.externalised());
    }

    @Test
    void nobodyBearsWhatIsUnlikely() {
        assertEquals(Consequence.NONE, of(Outlook.HARMLESS_BELOW / 2, 0.8, 0.2).consequence());
    }

    @Test
    void theAskerAloneIsNoOther() {
        Outlook outlook =
                new Outlook(
                        0.9,
                        Map.of(Hazard.SUICIDE_AND_SELF_HARM, 0.9),
                        Map.of(Severity.GRAVE, 1.0),
                        Map.of(Bearer.ASKER, 0.9),
                        0.9,
                        0.1);
        assertFalse(outlook.consequence().externalised());
        assertEquals(Severity.GRAVE, outlook.consequence().severity());
    }

    @Test
    void composesAnything() {
        Property.check(
                200,
                gen -> {
                    Map<Hazard, Double> hazards = new EnumMap<>(Hazard.class);
                    for (Hazard hazard : Hazard.values()) {
                        hazards.put(hazard, gen.unit());
                    }
                    Map<Bearer, Double> bearers = new EnumMap<>(Bearer.class);
                    for (Bearer bearer : Bearer.values()) {
                        bearers.put(bearer, gen.unit());
                    }
                    Map<Severity, Double> severities =
                            Map.of(
                                    Severity.MINOR, gen.unit(),
                                    Severity.SERIOUS, gen.unit(),
                                    Severity.GRAVE, gen.unit());
                    double p = gen.unit();
                    Consequence consequence =
                            new Outlook(p, hazards, severities, bearers, gen.unit(), gen.unit())
                                    .consequence();
                    assertEquals(p < Outlook.HARMLESS_BELOW, consequence.bearers().isEmpty());
                    assertTrue(consequence.bearers().size() <= 3);
                });
    }

    @Test
    void needsSomethingToComposeOf() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Outlook(1, Map.of(), Map.of(), Map.of(), 0, 0));
    }

    private static Outlook of(double pHarm, double externalised, double reversible) {
        return new Outlook(
                pHarm,
                Map.of(Hazard.EXTERNALISED_HARM, 0.7, Hazard.PRIVACY, 0.2),
                Map.of(Severity.MINOR, 0.4, Severity.SERIOUS, 0.3, Severity.GRAVE, 0.3),
                Map.of(Bearer.WORKERS, 0.9, Bearer.ENVIRONMENT, 0.6, Bearer.VOTERS, 0.1),
                externalised,
                reversible);
    }
}
