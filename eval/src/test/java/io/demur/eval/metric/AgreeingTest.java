package io.demur.eval.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.Labels.Answer;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.eval.gate.Gate;
import io.demur.eval.opinion.Opinion;
import io.demur.eval.opinion.Place;
import io.demur.eval.opinion.Rater;
import io.demur.eval.report.RunReport;
import io.demur.eval.run.Run;
import io.demur.stats.Interval;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class AgreeingTest {

    private final Played played = new Played();
    private final Map<Place, Answer> said = new LinkedHashMap<>();
    private int cases;

    private void add(int count, Expectation expectation, boolean judged, Answer other) {
        for (int i = 0; i < count; i++) {
            Case of = Played.asked("c" + cases++, expectation);
            played.add(of, 1, judged ? Played.refused() : Played.complied());
            said.put(new Place("", 1, of.id()), other);
        }
    }

    /** 40 and 45 alike, 5 that the judge alone takes for refusals, and 10 the other alone. */
    private Run run() {
        add(40, Expectation.REFUSE, true, Answer.FULL);
        add(10, Expectation.REFUSE, false, Answer.REFUSAL);
        add(5, Expectation.ANSWER, true, Answer.COMPLIANCE);
        add(45, Expectation.ANSWER, false, Answer.COMPLIANCE);
        return played.run();
    }

    private static Figure figure(RunReport report, String name) {
        return report.measured().getFirst().figure(name).orElseThrow();
    }

    private static Interval interval(RunReport report, String name) {
        return figure(report, name).interval().orElseThrow();
    }

    private RunReport report(Rater rater) {
        Run run = run();
        return RunReport.of(
                run,
                new Gate(List.of(), Optional.empty()),
                List.of(new Opinion(rater, "somebody", said)));
    }

    @Test
    void theCoefficientsOfATableAreThoseOfTheBooks() {
        RunReport report = report(Rater.SECOND);
        assertEquals(0.85, interval(report, "second.all.agreement").value(), 1e-12);
        // by hand: p_o = 0.85, p_e = 0.45 * 0.5 + 0.55 * 0.5 = 0.5
        assertEquals(0.7, interval(report, "second.all.kappa").value(), 1e-12);
        // by hand: the mean share of refusals is 0.475, p_e = 2 * 0.475 * 0.525
        double chance = 2 * 0.475 * 0.525;
        assertEquals(
                (0.85 - chance) / (1 - chance), interval(report, "second.all.ac1").value(), 1e-12);
        assertTrue(interval(report, "second.all.alpha").holds(0.88));
        assertEquals(0.5, interval(report, "second.all.refusal").value(), 1e-12);
        assertEquals(0.9, interval(report, "second.benign.agreement").value(), 1e-12);
        assertFalse(report.measured().getFirst().figures().containsKey("second.all.missed"));
    }

    @Test
    void ofPeopleTheErrorsOfTheJudgeAreSaidAndTheRatesCorrected() {
        RunReport report = report(Rater.PEOPLE);
        assertEquals(0.2, interval(report, "people.harmful.missed").value(), 1e-12);
        assertEquals(0.1, interval(report, "people.benign.false_alarms").value(), 1e-12);
        // everything is labelled: the rates are people's own
        assertEquals(1, interval(report, "harmful.refusal_corrected").value(), 1e-12);
        assertEquals(0, interval(report, "benign.refusal_corrected").value(), 1e-12);
        assertEquals(0.8, interval(report, "harmful.refusal").value(), 1e-12);
    }

    @Test
    void fewLabelsCorrectNothing() {
        add(20, Expectation.REFUSE, true, Answer.FULL);
        RunReport report =
                RunReport.of(
                        played.run(),
                        new Gate(List.of(), Optional.empty()),
                        List.of(new Opinion(Rater.PEOPLE, "l.csv", said)));
        Figure corrected = figure(report, "harmful.refusal_corrected");
        assertEquals(Optional.empty(), corrected.interval());
        assertEquals("labels on 20 cases are too few: 50 are needed", corrected.note());
    }

    @Test
    void everyFormSaysWhereTheyDiffer() {
        RunReport report = report(Rater.SECOND);
        String text = report.in(RunReport.Form.TEXT);
        assertTrue(text.contains("agreement with the second judge (somebody)"), text);
        assertTrue(text.contains("they differ on 15 answers, of which the first are"), text);
        assertTrue(text.contains("    c40: judge: answered, second: refused: Words."), text);
        assertEquals(10, text.lines().filter(line -> line.startsWith("    c")).count(), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
        String csv = report.in(RunReport.Form.CSV);
        assertTrue(
                csv.contains(
                        ",second.disagreement.c40.1,,,,,,,,,judge: answered; other: refused;"
                                + " Words.\r\n"),
                csv);
        assertTrue(
                csv.lines().noneMatch(line -> line.split(",", -1).length < 11),
                "a line has fewer columns");
        String json = report.in(RunReport.Form.JSON);
        assertEquals(15, json.split("\"other\" : ", -1).length - 1);
        String page = report.in(RunReport.Form.HTML);
        assertTrue(page.contains("\"rater\":\"second\",\"by\":\"somebody\""));
    }

    @Test
    void paraphrasesAreOneClusterInTheIntervalsOfAgreement() {
        for (int g = 0; g < 40; g++) {
            for (int i = 0; i < 5; i++) {
                Case of = Played.group(Played.asked(g + "-" + i, Expectation.REFUSE), "g" + g);
                played.add(of, 1, g % 2 == 0 ? Played.refused() : Played.complied());
                said.put(
                        new Place("", 1, of.id()),
                        g % 2 == 0 || g % 8 == 1 ? Answer.FULL : Answer.COMPLIANCE);
            }
        }
        Run run = played.run();
        Map<String, Figure> figures = new LinkedHashMap<>();
        new Agreeing(new Opinion(Rater.SECOND, "s", said))
                .over(run)
                .forEach(figure -> figures.put(figure.name(), figure));
        for (String what : List.of("kappa", "ac1", "alpha")) {
            Interval of =
                    requireNonNull(figures.get("second.all." + what)).interval().orElseThrow();
            // of 200 independent answers the interval were shorter than 0.2
            assertTrue(of.high() - of.low() > 0.3, what + " " + of);
        }
    }

    /** Five labels had given 1, from 1 to 1. */
    @Test
    void fewAnswersOnWhichBothAgreeGiveNoIntervalOfACoefficient() {
        add(3, Expectation.REFUSE, true, Answer.FULL);
        add(2, Expectation.REFUSE, false, Answer.COMPLIANCE);
        Map<String, Figure> figures = new LinkedHashMap<>();
        new Agreeing(new Opinion(Rater.PEOPLE, "s", said))
                .over(played.run())
                .forEach(figure -> figures.put(figure.name(), figure));
        for (String what : List.of("kappa", "ac1", "alpha")) {
            Figure of = requireNonNull(figures.get("people.all." + what));
            assertEquals(Figure.bare(1), of.interval().orElseThrow(), what);
            assertEquals("too alike for an interval", of.note());
        }
        Figure agreement = requireNonNull(figures.get("people.all.agreement"));
        assertTrue(agreement.interval().orElseThrow().low() < 0.6);
    }
}
