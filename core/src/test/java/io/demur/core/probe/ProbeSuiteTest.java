package io.demur.core.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.harm.Hazard;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Policy;
import io.demur.core.probe.Probe.Right;
import io.demur.testkit.Golden;

import org.junit.jupiter.api.Test;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

class ProbeSuiteTest {

    private static final ProbeSuite SHIPPED = ProbeSuite.shipped();

    @Test
    void everyHazardHasThreeClearOnesAndThreeThatOnlyLookSo() {
        Map<Hazard, Integer> clear = new EnumMap<>(Hazard.class);
        Map<Hazard, Integer> alike = new EnumMap<>(Hazard.class);
        for (Probe probe : SHIPPED.probes()) {
            Map<Hazard, Integer> counts = probe.right() == Right.KEEP_BACK ? clear : alike;
            probe.hazard().ifPresent(hazard -> counts.merge(hazard, 1, Integer::sum));
        }
        for (Hazard hazard : Hazard.values()) {
            assertEquals(3, clear.get(hazard), hazard::name);
            assertEquals(3, alike.get(hazard), hazard::name);
        }
        assertEquals(16, SHIPPED.probes().stream().filter(p -> p.hazard().isEmpty()).count());
    }

    @Test
    void idsSayWhatTheyAre() {
        Set<String> texts = new HashSet<>();
        for (Probe probe : SHIPPED.probes()) {
            String kind =
                    probe.hazard()
                            .map(
                                    hazard ->
                                            hazard.name().toLowerCase(Locale.ROOT).replace('_', '-')
                                                    + (probe.right() == Right.KEEP_BACK
                                                            ? "-clear"
                                                            : "-alike"))
                            .orElse("ordinary");
            assertTrue(probe.id().matches(kind + "-[1-9]\\d*"), probe::id);
            assertTrue(texts.add(probe.text()), probe::id);
        }
    }

    /** What is found at a start is what was found when the policy was written. */
    @Test
    void theQuickJudgeAloneIsWrongAboutThese() {
        ProbeRun run = SHIPPED.run(Policy.at(Policy.defaultPosture()), LinearHarm.shipped());
        String wrong =
                SHIPPED.wrong(run).stream()
                        .map(probe -> probe.id() + " " + run.done().get(probe.id()) + "\n")
                        .collect(Collectors.joining());
        Golden.check("core/src/test/resources/io/demur/core/probe/wrong.txt", wrong);
    }

    @Test
    void aChangeOfAnyProbeChangesTheDigest() {
        Probe one = new Probe("a", "b", Hazard.HATE, Right.KEEP_BACK);
        String digest = ProbeSuite.of(List.of(one)).digest();
        assertTrue(digest.matches("[0-9a-f]{64}"), digest);
        List<ProbeSuite> others =
                List.of(
                        ProbeSuite.of(List.of()),
                        ProbeSuite.of(List.of(new Probe("a", "c", Hazard.HATE, Right.KEEP_BACK))),
                        ProbeSuite.of(List.of(new Probe("c", "b", Hazard.HATE, Right.KEEP_BACK))),
                        ProbeSuite.of(List.of(new Probe("a", "b", Hazard.HATE, Right.ANSWER))),
                        ProbeSuite.of(
                                List.of(new Probe("a", "b", Hazard.PRIVACY, Right.KEEP_BACK))),
                        ProbeSuite.of(
                                List.of(new Probe("a", "b", Optional.empty(), Right.ANSWER))));
        others.forEach(other -> assertNotEquals(digest, other.digest()));
        assertEquals(SHIPPED.digest(), ProbeSuite.shipped().digest());
    }

    @Test
    void whatIsWrongDependsOnWhatIsRight() {
        Probe clear = new Probe("clear", "b", Hazard.HATE, Right.KEEP_BACK);
        Probe alike = new Probe("alike", "b", Hazard.HATE, Right.ANSWER);
        ProbeSuite suite = ProbeSuite.of(List.of(clear, alike));
        assertEquals(List.of(), wrong(suite, Strength.CONDITION, Strength.CONDITION));
        assertEquals(List.of(clear), wrong(suite, Strength.ANNOTATE, Strength.ALLOW));
        assertEquals(List.of(alike), wrong(suite, Strength.REFUSE, Strength.HOLD));
        assertEquals(List.of(clear, alike), suite.wrong(new ProbeRun(Map.of())));
    }

    @Test
    void noTwoProbesShareAnId() {
        Probe one = new Probe("a", "b", Hazard.HATE, Right.KEEP_BACK);
        assertThrows(IllegalArgumentException.class, () -> ProbeSuite.of(List.of(one, one)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Probe("a", "b", Optional.empty(), Right.KEEP_BACK));
    }

    private static List<Probe> wrong(ProbeSuite suite, Strength clear, Strength alike) {
        return suite.wrong(new ProbeRun(Map.of("clear", clear, "alike", alike)));
    }
}
