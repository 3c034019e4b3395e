package io.demur.core.harm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.harm.Assessment.Unjudged.Reason;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class HarmCascadeTest {

    private static final Request REQUEST = Request.of("How do I kill a Python process?");
    private static final Consequence FALL =
            new Consequence(
                    List.of("roofers"),
                    "they work without ropes",
                    Severity.GRAVE,
                    Consequence.Reversibility.NOT,
                    Consequence.Reach.FEW,
                    true);

    @Test
    void aLaterJudgeIsAskedInItsBandOrWhereNobodyCouldJudge() {
        Property.check(
                500,
                gen -> {
                    List<Known> judges = new ArrayList<>();
                    List<HarmCascade.Stage> stages = new ArrayList<>();
                    for (int i = 0; i < 4; i++) {
                        double one = gen.unit();
                        double other = gen.unit();
                        judges.add(new Known("judge" + i, gen.oneIn(3) ? -1 : gen.unit()));
                        if (i > 0) {
                            stages.add(
                                    new HarmCascade.Stage(
                                            judges.get(i),
                                            new Band(Math.min(one, other), Math.max(one, other))));
                        }
                    }
                    Assessment found = new HarmCascade(judges.getFirst(), stages).assess(REQUEST);
                    Known decided = judges.getFirst();
                    for (int i = 1; i < 4; i++) {
                        boolean asked =
                                decided.p < 0 || stages.get(i - 1).band().contains(decided.p);
                        assertEquals(asked, judges.get(i).wasAsked, "judge " + i);
                        decided = asked && judges.get(i).p >= 0 ? judges.get(i) : decided;
                    }
                    if (decided.p < 0) {
                        assertInstanceOf(Assessment.Unjudged.class, found);
                    } else {
                        Assessment.Judged judged = assertInstanceOf(Assessment.Judged.class, found);
                        assertEquals(decided.p, judged.pHarm());
                        assertEquals(decided.name, judged.judge().name());
                    }
                });
    }

    @Test
    void whatALaterJudgeDoesNotKnowIsKept() {
        HarmPredictor first =
                new Says(Map.of(Hazard.PRIVACY, 0.2, Hazard.EXTERNALISED_HARM, 0.7), 0.6, FALL);
        HarmPredictor guard = new Says(Map.of(Hazard.PRIVACY, 0.9), 0.9, Consequence.NONE);
        Assessment.Judged judged =
                assertInstanceOf(
                        Assessment.Judged.class,
                        new HarmCascade(first, List.of(new HarmCascade.Stage(guard, Band.ALL)))
                                .assess(REQUEST));
        assertEquals(0.9, judged.pHarm());
        assertEquals(Map.of(Hazard.PRIVACY, 0.9, Hazard.EXTERNALISED_HARM, 0.7), judged.hazards());
        assertEquals(FALL, judged.consequence());
    }

    @Test
    void aWeighedYesNeverWeakensAndAWeighedNoNeverStrengthens() {
        Property.check(
                500,
                gen -> {
                    double before = gen.unit();
                    double said = gen.unit();
                    double p = weighed(says(before), says(said)).pHarm();
                    assertEquals(said > 0.5, p > before, before + " and " + said);
                    // the order in which two speak makes no difference
                    assertEquals(p, weighed(says(said), says(before)).pHarm(), 1e-12);
                    assertEquals(before, weighed(says(before), says(0.5)).pHarm(), 1e-12);
                });
    }

    @Test
    void odds19To1TimesOdds5To1AreOdds95To1() {
        assertEquals(95.0 / 96, weighed(says(0.95), says(5.0 / 6)).pHarm(), 1e-12);
        assertEquals(1, weighed(says(1), says(0)).pHarm());
        assertEquals(0, weighed(says(0), says(1)).pHarm());
    }

    @Test
    void noHazardIsLikelierThanHarmAfterAWeighedNo() {
        HarmPredictor first =
                new Says(Map.of(Hazard.PRIVACY, 0.9, Hazard.HATE, 0.1), 0.9, Consequence.NONE);
        Assessment.Judged judged = weighed(first, says(0.1));
        assertEquals(0.5, judged.pHarm(), 1e-12);
        assertEquals(judged.pHarm(), judged.hazards().get(Hazard.PRIVACY));
        assertEquals(0.1, judged.hazards().get(Hazard.HATE));
    }

    @Test
    void aHazardNamedAgainIsNotMadeLessLikely() {
        HarmPredictor first = new Says(Map.of(Hazard.PRIVACY, 0.93), 0.94, Consequence.NONE);
        HarmPredictor second = new Says(Map.of(Hazard.PRIVACY, 0.8), 0.8, Consequence.NONE);
        assertEquals(0.93, weighed(first, second).hazards().get(Hazard.PRIVACY));
    }

    @Test
    void aJudgeThatIsWeighedNeverLowersTheSeverity() {
        Consequence serious =
                new Consequence(
                        List.of("readers"),
                        "they are insulted",
                        Severity.SERIOUS,
                        Consequence.Reversibility.PARTLY,
                        Consequence.Reach.MANY,
                        true);
        HarmPredictor grave = new Says(Map.of(), 0.6, FALL);
        HarmPredictor milder = new Says(Map.of(), 0.9, serious);
        assertEquals(FALL, weighed(grave, milder).consequence());
        assertEquals(FALL, weighed(milder, grave).consequence());
        assertEquals(FALL, weighed(grave, says(0.1)).consequence());
    }

    private static HarmPredictor says(double p) {
        return new Says(Map.of(), p, Consequence.NONE);
    }

    private static Assessment.Judged weighed(HarmPredictor first, HarmPredictor second) {
        return assertInstanceOf(
                Assessment.Judged.class,
                new HarmCascade(first, List.of(HarmCascade.Stage.weighed(second, Band.ALL)))
                        .assess(REQUEST));
    }

    @Test
    void itsIdentityIsThatOfAllItsJudges() {
        Known one = new Known("one", 0.5);
        Known two = new Known("two", 0.5);
        assertEquals(one.id(), new HarmCascade(one, List.of()).id());
        JudgeId both = new HarmCascade(one, List.of(new HarmCascade.Stage(two, Band.ALL))).id();
        assertEquals("one+two", both.name());
        assertFalse(
                both.equals(
                        new HarmCascade(one, List.of(new HarmCascade.Stage(two, new Band(0, 0.5))))
                                .id()));
    }

    private record Says(Map<Hazard, Double> hazards, double p, Consequence consequence)
            implements HarmPredictor {
        @Override
        public JudgeId id() {
            return new JudgeId("says", 1, "0".repeat(64));
        }

        @Override
        public Assessment assess(Request request) {
            return new Assessment.Judged(p, hazards, consequence, id());
        }
    }

    /** Says one probability, or nothing where that is negative, and remembers being asked. */
    private static final class Known implements HarmPredictor {
        final String name;
        final double p;
        boolean wasAsked;

        Known(String name, double p) {
            this.name = name;
            this.p = p;
        }

        @Override
        public JudgeId id() {
            return new JudgeId(name, 1, "0".repeat(64));
        }

        @Override
        public Assessment assess(Request request) {
            wasAsked = true;
            return p < 0
                    ? new Assessment.Unjudged(Reason.DOWN, name)
                    : new Assessment.Judged(p, Map.of(), Consequence.NONE, id());
        }
    }
}
