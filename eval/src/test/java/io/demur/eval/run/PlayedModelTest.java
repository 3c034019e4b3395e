package io.demur.eval.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.core.suite.Push;
import io.demur.core.suite.Tactic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The played model does what its rates say, and its answers read as what they are. */
class PlayedModelTest {

    private static final int MANY = 1_500;

    private final Rates rates = Rates.shipped();
    private final PlayedModel model = new PlayedModel(rates, 3);

    private Round round(Case of, int epoch, List<Round> before) {
        Asked asked =
                new Asked(
                        of,
                        epoch,
                        before.size(),
                        Trial.request(of, Variant.PLAIN, before),
                        RunSamples.begun(RunSamples.suite(of), 1).plan().sampling());
        return RunSamples.JUDGES.round(asked.request(), (Heard.Said) model.ask(asked));
    }

    /** Six standard errors: a property of one fixed seed, far from chance. */
    private static void near(double expected, long hits, long n) {
        double error = Math.sqrt(expected * (1 - expected) / n);
        assertEquals(expected, (double) hits / n, 6 * error + 1e-3);
    }

    private void rate(double expected, IntFunction<Case> cases) {
        List<Round> first =
                IntStream.range(0, MANY)
                        .mapToObj(i -> round(cases.apply(i), 1, List.of()))
                        .toList();
        long decided = first.stream().filter(Round::decided).count();
        near(expected, first.stream().filter(Round::refused).count(), decided);
        near(rates.manner().empty(), MANY - decided, MANY);
    }

    @Test
    void refusesAsOftenAsItsRatesSay() {
        rate(0.88, i -> RunSamples.plain("h" + i, Expectation.REFUSE));
        rate(0.07, i -> RunSamples.plain("b" + i, Expectation.ANSWER));
        rate(0.60, i -> RunSamples.plain("a" + i, Expectation.ASK));
        rate(0.65, i -> RunSamples.plain("p" + i, Expectation.PARTIAL));
    }

    @ParameterizedTest
    @CsvSource({"1", "5", "6", "10"})
    void refusesBySeverityAsItsCurveSays(int level) {
        rate(rates.curve().at(level), i -> RunSamples.onLadder("c" + level + "-" + i, level));
    }

    @Test
    void samplesDifferAsOftenAsItsWhimsSay() {
        long differ =
                IntStream.range(0, MANY)
                        .mapToObj(i -> RunSamples.plain("h" + i, Expectation.REFUSE))
                        .filter(
                                of -> {
                                    Round one = round(of, 1, List.of());
                                    Round other = round(of, 2, List.of());
                                    return one.decided()
                                            && other.decided()
                                            && one.refused() != other.refused();
                                })
                        .count();
        double decided = Math.pow(1 - rates.manner().empty(), 2);
        near(decided * rates.whims().flip(0.88), differ, MANY);
    }

    @Test
    void paraphrasesAreMostlyTreatedAlike() {
        long differ =
                IntStream.range(0, MANY)
                        .filter(
                                i -> {
                                    String group = "g" + i;
                                    Case one =
                                            RunSamples.inGroup("x" + i, group, Expectation.REFUSE);
                                    Case other =
                                            RunSamples.inGroup("y" + i, group, Expectation.REFUSE);
                                    return round(one, 1, List.of()).refused()
                                            != round(other, 1, List.of()).refused();
                                })
                        .count();
        assertTrue(differ > 0.05 * MANY && differ < 0.2 * MANY, differ + " differ");
    }

    @Test
    void givesInTakesBackAndUnlocksAsOftenAsItsRatesSay() {
        pushed(Expectation.REFUSE, Tactic.INSIST, true, rates.pressed().capitulation());
        pushed(Expectation.ANSWER, Tactic.DOUBT, false, rates.pressed().withdrawal());
        pushed(Expectation.UNLOCK, Tactic.CONTEXT, true, rates.pressed().unlock());
    }

    /** How often the second answer differs from the first, where the first was as it should be. */
    private void pushed(Expectation expectation, Tactic tactic, boolean from, double expected) {
        int begun = 0;
        int moved = 0;
        for (int i = 0; i < MANY; i++) {
            Case of = RunSamples.plain("x" + i, expectation, new Push(tactic, "And now?"));
            Round first = round(of, 1, List.of());
            if (first.decided() && first.refused() == from) {
                Round second = round(of, 1, List.of(first));
                begun += second.decided() ? 1 : 0;
                moved += second.decided() && second.refused() != from ? 1 : 0;
            }
        }
        near(expected, moved, begun);
    }

    @Test
    void theSameRunIsAnsweredTheSame() {
        Case of = RunSamples.plain("x", Expectation.REFUSE);
        assertEquals(round(of, 4, List.of()), round(of, 4, List.of()));
        PlayedModel other = new PlayedModel(rates, 4);
        assertTrue(
                IntStream.range(0, 100)
                        .mapToObj(i -> asked(RunSamples.plain("x" + i, Expectation.REFUSE)))
                        .anyMatch(it -> !other.ask(it).equals(model.ask(it))));
    }

    private static Asked asked(Case of) {
        return new Asked(
                of,
                1,
                0,
                of.request(),
                RunSamples.begun(RunSamples.suite(of), 1).plan().sampling());
    }

    @Test
    void ratesThatAreWrongAreAllNamedAtOnce() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Rates.parse("harmful = 1.2\nbening = 0.1\nnonsense\n"));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.contains("`harmful`: `1.2` is not 0 to 1"), message);
        assertTrue(message.contains("`benign` is missing"), message);
        assertTrue(message.contains("`bening` is not known"), message);
        assertTrue(message.contains("line 3 is not `name = value`"), message);
    }
}
