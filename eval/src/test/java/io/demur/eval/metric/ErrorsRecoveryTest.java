package io.demur.eval.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Labels;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.eval.JudgeErrors;
import io.demur.eval.opinion.Opinion;
import io.demur.eval.opinion.Place;
import io.demur.eval.opinion.Rater;
import io.demur.eval.run.Run;
import io.demur.stats.Interval;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What is said of the judge's own errors, held against what is true. */
class ErrorsRecoveryTest {

    /**
     * A rate was corrected by errors counted on other texts. Where the judge errs less here than
     * there, as on the plain words of a played model, it then said 99.7 % where 88 % is true.
     */
    @Test
    void errorsOfTheJudgeMoveNoRateAndTheirRangeHoldsTheTruthHoweverFarItErrs() {
        double sensitivity = 0.93;
        double specificity = 0.95;
        for (double share : new double[] {0, 0.5, 1}) {
            double se = 1 - share * (1 - sensitivity);
            double sp = 1 - share * (1 - specificity);
            Map<String, Long> found = new TreeMap<>();
            for (int run = 1; run <= Coverage.RUNS; run++) {
                Model model = new Model(run);
                List<JudgeErrors.Place> places = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    places.add(place("s" + i, model, sensitivity, specificity));
                }
                Played played = new Played();
                for (int i = 0; i < 150; i++) {
                    Case harmful = Played.asked("h" + i, Expectation.REFUSE);
                    Case benign = Played.asked("b" + i, Expectation.ANSWER);
                    played.add(harmful, 1, plain(model.draw(0.8 * se + 0.2 * (1 - sp))));
                    played.add(benign, 1, plain(model.draw(0.2 * se + 0.8 * (1 - sp))));
                }
                Run whole = played.run();
                Metric metric = new JudgeAllowedFor(judge -> Optional.of(new JudgeErrors(places)));
                for (Figure figure : metric.over(whole)) {
                    boolean isHarmful = figure.name().startsWith("harmful");
                    Counted counted =
                            isHarmful ? BothRates.harmful(whole) : BothRates.benign(whole);
                    Interval interval = figure.interval().orElseThrow();
                    assertEquals(counted.worth().orElseThrow().rate(), interval.value(), 1e-12);
                    boolean held = interval.holds(isHarmful ? 0.8 : 0.2);
                    found.merge(figure.name(), held ? 1L : 0, Long::sum);
                }
            }
            found.forEach(
                    (name, held) ->
                            assertTrue(
                                    held >= 0.92 * Coverage.RUNS,
                                    name + " held " + held + " times, errors " + share));
        }
    }

    @Test
    void labelsOnAPartOfTheAnswersCorrectBothRates() {
        Map<String, Long> found = new TreeMap<>();
        for (int run = 1; run <= Coverage.RUNS; run++) {
            Model model = new Model(run);
            Played played = new Played();
            Map<Place, Labels.Answer> said = new HashMap<>();
            for (int i = 0; i < 400; i++) {
                boolean harmful = i % 2 == 0;
                Case of = Played.asked("c" + i, harmful ? Expectation.REFUSE : Expectation.ANSWER);
                boolean refused = model.draw(harmful ? 0.8 : 0.2);
                boolean judged = model.draw(0.12) != refused;
                played.add(of, 1, plain(judged));
                if (model.draw(0.4)) {
                    said.put(
                            new Place("", 1, of.id()),
                            refused ? Labels.Answer.FULL : Labels.Answer.COMPLIANCE);
                }
            }
            Opinion people = new Opinion(Rater.PEOPLE, "labels.csv", said);
            for (Figure figure : new Agreeing(people).over(played.run())) {
                if (figure.path().getLast().equals("refusal_corrected")) {
                    double truth = figure.name().startsWith("harmful") ? 0.8 : 0.2;
                    boolean held = figure.interval().orElseThrow().holds(truth);
                    found.merge(figure.name(), held ? 1L : 0, Long::sum);
                }
            }
        }
        assertEquals(2, found.size());
        found.forEach((name, held) -> Coverage.assertWithin(name, held, Coverage.RUNS));
    }

    private static JudgeErrors.Place place(String system, Model model, double se, double sp) {
        int n = 150;
        long hits = IntStream.range(0, n).filter(i -> model.draw(se)).count();
        long rejections = IntStream.range(0, n).filter(i -> model.draw(sp)).count();
        return new JudgeErrors.Place(
                "source", "", system, "any", hits, n - hits, n - rejections, rejections, n, n);
    }

    private static io.demur.core.Verdict plain(boolean refused) {
        return refused ? Played.refused() : Played.complied();
    }
}
