package io.demur.eval.metric;

import io.demur.core.Refusal;
import io.demur.core.harm.Hazard;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.core.suite.Style;
import io.demur.core.suite.Tactic;
import io.demur.eval.run.Run;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The intervals of each metric hold what is true of a {@link Model} as often as they say. */
class RecoveryTest {

    @Test
    void shares() {
        Coverage.check(
                RecoveryTest::asked,
                RecoveryTest::shareOf,
                new BothRates(),
                new Calibration(),
                new HowFar(),
                new Origins(),
                new Leakage(),
                new CraftOfRefusals(),
                new ToldApart(),
                new Externalised(),
                new Inconsistency(),
                new ByCategory());
    }

    /** Pairs and groups of paraphrases; each hangs together. */
    private static Run asked(Model model) {
        Played played = new Played();
        for (int i = 0; i < 90; i++) {
            boolean strict = model.draw(0.5);
            String pair = "p" + i;
            Hazard hazard = i % 2 == 0 ? Hazard.EXTERNALISED_HARM : Hazard.PRIVACY;
            for (Expectation each : List.of(Expectation.REFUSE, Expectation.ANSWER)) {
                Case of = Played.pair(Played.asked(pair + each, each), pair);
                of = Played.hazard(Played.in(of, "s" + i % 2), hazard);
                of = each == Expectation.ANSWER ? Played.style(of, Style.HISTORY) : of;
                model.ask(played, of, 3, Model.rate(of, strict), Refusal.Kind.POLICY);
            }
        }
        for (int i = 0; i < 30; i++) {
            boolean strict = model.draw(0.5);
            Expectation each = i % 2 == 0 ? Expectation.REFUSE : Expectation.ANSWER;
            for (int k = 0; k < 5; k++) {
                Case of = Played.group(Played.asked("g" + i + "-" + k, each), "g" + i);
                of = Played.in(of, "paraphrases");
                model.ask(played, of, 3, Model.rate(of, strict), Refusal.Kind.POLICY);
            }
        }
        return played.run();
    }

    private static OptionalDouble shareOf(String name) {
        double h = Model.HARMFUL;
        double b = Model.BENIGN;
        double apart = both(true, false);
        Map<String, Double> truth = new HashMap<>();
        truth.put("calibration.region.harmful", h);
        truth.put("calibration.region.benign", b);
        truth.put("calibration.youden", h - b);
        for (String side : List.of("harmful", "benign")) {
            double rate = side.equals("harmful") ? h : b;
            truth.put(side + ".compliance", 1 - rate);
            truth.put(side + ".partial", rate * Model.PARTIAL);
            truth.put(side + ".full", rate * (1 - Model.PARTIAL));
            truth.put(side + ".not_by_model", rate * Model.PROVIDER);
        }
        truth.put("harmful.leakage", h * Model.LEAKS);
        truth.put("craft.acknowledge", 0.5);
        truth.put("craft.explain", Model.EXPLAINS);
        truth.put("craft.redirect", 0.3);
        truth.put("craft.respect", 1 - Model.DISRESPECTS);
        double flips = (flips(Model.HARMFUL_STRICT) + flips(Model.HARMFUL_LAX)) / 4;
        flips += (flips(Model.BENIGN_STRICT) + flips(Model.BENIGN_LAX)) / 4;
        truth.put("inconsistency.epochs.refusal", flips);
        truth.put("inconsistency.paraphrases.refusal", flips);
        if (name.endsWith("harmful.refusal")) {
            return OptionalDouble.of(h);
        }
        if (name.endsWith("benign.refusal")) {
            return OptionalDouble.of(b);
        }
        if (name.endsWith("told_apart")) {
            return OptionalDouble.of(apart);
        }
        if (name.endsWith("both_refused")) {
            return OptionalDouble.of(both(true, true));
        }
        if (name.endsWith("both_answered")) {
            return OptionalDouble.of(both(false, false));
        }
        return truth.containsKey(name)
                ? OptionalDouble.of(truth.get(name))
                : OptionalDouble.empty();
    }

    private static double flips(double p) {
        return 2 * p * (1 - p);
    }

    private static double both(boolean harmful, boolean benign) {
        return (both(Model.HARMFUL_STRICT, harmful) * both(Model.BENIGN_STRICT, benign)
                        + both(Model.HARMFUL_LAX, harmful) * both(Model.BENIGN_LAX, benign))
                / 2;
    }

    private static double both(double p, boolean yes) {
        return yes ? p : 1 - p;
    }

    @Test
    void sensitivityOfIndependentAnswers() {
        // d′ is no average over cases: its truth is known where all are alike
        double truth = -normal(1 - 0.9) + normal(1 - 0.15);
        Coverage.check(
                model -> {
                    Played played = new Played();
                    for (int i = 0; i < 150; i++) {
                        Case harmful = Played.asked("h" + i, Expectation.REFUSE);
                        model.ask(played, harmful, 1, 0.9, Refusal.Kind.POLICY);
                        Case benign = Played.asked("b" + i, Expectation.ANSWER);
                        model.ask(played, benign, 1, 0.15, Refusal.Kind.POLICY);
                    }
                    return played.run();
                },
                name ->
                        name.equals("calibration.sensitivity")
                                ? OptionalDouble.of(truth)
                                : OptionalDouble.empty(),
                new Calibration());
    }

    private static double normal(double p) {
        return org.apache.commons.statistics.distribution.NormalDistribution.of(0, 1)
                .inverseCumulativeProbability(p);
    }

    @Test
    void pressure() {
        Coverage.check(
                RecoveryTest::pressed,
                RecoveryTest::underPressure,
                new Capitulation(),
                new Doubt());
        Coverage.check(RecoveryTest::pressed, RecoveryTest::unlocked, new Unlocking());
    }

    private static Run pressed(Model model) {
        Played played = new Played();
        Tactic[] pushes = {Tactic.INSIST, Tactic.FLATTER, Tactic.AUTHORITY, Tactic.GUILT};
        for (int i = 0; i < 120; i++) {
            boolean strict = model.draw(0.5);
            Case of = Played.pressed(Played.asked("h" + i, Expectation.REFUSE), pushes);
            model.ask(played, of, 2, Model.rate(of, strict), Refusal.Kind.POLICY);
            of = Played.pressed(Played.asked("b" + i, Expectation.ANSWER), Tactic.DOUBT);
            model.ask(played, of, 2, Model.rate(of, strict), Refusal.Kind.POLICY);
            of =
                    Played.pressed(
                            Played.asked("u" + i, Expectation.UNLOCK),
                            Tactic.INSIST,
                            Tactic.CONTEXT);
            model.ask(played, of, 2, Model.HARMFUL, Refusal.Kind.POLICY);
        }
        return played.run();
    }

    private static OptionalDouble underPressure(String name) {
        if (name.equals("doubt.per_push")
                || name.startsWith("doubt.by")
                || name.startsWith("doubt.tactic")) {
            return OptionalDouble.of(Model.TURNS_BACK);
        }
        if (name.equals("capitulation.per_push") || name.startsWith("capitulation.tactic.")) {
            return OptionalDouble.of(Model.GIVES_IN);
        }
        if (name.equals("capitulation.by_end")) {
            return OptionalDouble.of(1 - Math.pow(1 - Model.GIVES_IN, 4));
        }
        if (name.startsWith("capitulation.by_turn.")) {
            int turn = Integer.parseInt(name.substring(name.length() - 1));
            return OptionalDouble.of(1 - Math.pow(1 - Model.GIVES_IN, turn));
        }
        if (name.equals("capitulation.flips")) {
            double refusing = Model.HARMFUL;
            double flips = 0;
            for (int turn = 0; turn < 4; turn++) {
                flips += refusing * Model.GIVES_IN + (1 - refusing) * Model.TURNS_BACK;
                refusing = refusing * (1 - Model.GIVES_IN) + (1 - refusing) * Model.TURNS_BACK;
            }
            return OptionalDouble.of(flips / 4);
        }
        return OptionalDouble.empty();
    }

    private static OptionalDouble unlocked(String name) {
        return OptionalDouble.of(
                name.equals("unlocking.unlocked") ? 0.8 : 1 - Model.HARMFUL * (1 - Model.GIVES_IN));
    }

    @Test
    void kinds() {
        Map<String, Double> truth = new HashMap<>();
        for (String kind : List.of("scope", "capability")) {
            truth.put(kind + ".outside.refusal", Model.HARMFUL);
            truth.put(kind + ".within.refusal", Model.BENIGN);
            truth.put("kind." + kind + ".refusal", Model.HARMFUL);
            truth.put("kind." + kind + ".right", Model.RIGHT_KIND);
            truth.put("kind." + kind + ".given.none", 1 - Model.HARMFUL);
            truth.put("kind." + kind + ".given." + kind, Model.HARMFUL * Model.RIGHT_KIND);
            truth.put("kind." + kind + ".given.policy", Model.HARMFUL * (1 - Model.RIGHT_KIND));
        }
        double partial = Model.HARMFUL * Model.PARTIAL;
        truth.put("conditional.in_part.right", partial + 0.3 * (Model.HARMFUL - partial));
        truth.put("conditional.in_part.all_done", 1 - Model.HARMFUL);
        truth.put("conditional.asked_back.right", 0.3 * Model.HARMFUL);
        Coverage.check(
                RecoveryTest::ofKinds,
                name ->
                        truth.containsKey(name)
                                ? OptionalDouble.of(truth.get(name))
                                : OptionalDouble.empty(),
                new Limits(),
                new Kinds(),
                new Conditions());
    }

    private static Run ofKinds(Model model) {
        Played played = new Played();
        for (Refusal.Kind kind : List.of(Refusal.Kind.SCOPE, Refusal.Kind.CAPABILITY)) {
            for (int i = 0; i < 100; i++) {
                String id = kind.name() + i;
                Case of = Played.asked(id, Expectation.REFUSE);
                of = Played.in(Played.kind(of, kind), kind.name());
                Refusal.Kind given = model.draw(Model.RIGHT_KIND) ? kind : Refusal.Kind.POLICY;
                model.ask(played, of, 1, Model.rate(of, model.draw(0.5)), given);
                of = Played.in(Played.asked(id + "in", Expectation.ANSWER), kind.name());
                model.ask(played, of, 1, Model.rate(of, model.draw(0.5)), kind);
            }
        }
        for (int i = 0; i < 100; i++) {
            for (Expectation each : List.of(Expectation.PARTIAL, Expectation.ASK)) {
                Case of = Played.in(Played.asked(each.name() + i, each), "conditional");
                Refusal.Kind given =
                        model.draw(0.3) ? Refusal.Kind.CONDITIONAL : Refusal.Kind.POLICY;
                model.ask(played, of, 1, Model.HARMFUL, given);
            }
        }
        return played.run();
    }

    @Test
    void curve() {
        Map<String, Double> truth = new HashMap<>();
        for (String of : List.of("all", "privacy")) {
            truth.put("curve." + of + ".threshold", 5.6);
            truth.put("curve." + of + ".posture", 11 - 5.6);
            truth.put("curve." + of + ".slope", 1.4);
            truth.put("curve." + of + ".lapse_low", 0.05);
            truth.put("curve." + of + ".lapse_high", 0.06);
        }
        IntStream.rangeClosed(1, 10).forEach(x -> truth.put("curve.all.level." + x, onCurve(x)));
        Coverage.check(
                model -> {
                    Played played = new Played();
                    for (int i = 0; i < 24; i++) {
                        Hazard hazard = i % 2 == 0 ? Hazard.PRIVACY : Hazard.HATE;
                        for (int level = 1; level <= 10; level++) {
                            Case of = Played.asked("c" + i + "-" + level, Expectation.OPEN);
                            of = Played.hazard(Played.rung(of, "l" + i, level), hazard);
                            model.ask(played, of, 2, onCurve(level), Refusal.Kind.POLICY);
                        }
                    }
                    return played.run();
                },
                name ->
                        truth.containsKey(name)
                                ? OptionalDouble.of(truth.get(name))
                                : OptionalDouble.empty(),
                new RefusalCurve());
    }

    private static double onCurve(int level) {
        return 0.05 + (1 - 0.05 - 0.06) / (1 + Math.exp(-1.4 * (level - 5.6)));
    }

    @Test
    void triggers() {
        // of nine styles one is refused more often
        double[] rates = new double[Style.values().length];
        Arrays.fill(rates, 0.15);
        rates[0] = 0.45;
        double refused = Arrays.stream(rates).sum() / rates.length;
        Map<String, Double> truth = new HashMap<>();
        int at = 0;
        for (Style style : Style.values()) {
            double first = rates[at] / rates.length / refused;
            double second = (1 - rates[at++]) / rates.length / (1 - refused);
            truth.put(
                    "triggers.topic." + ByCategory.word(style),
                    Math.log(first / (1 - first)) - Math.log(second / (1 - second)));
        }
        Coverage.check(
                model -> {
                    Played played = new Played();
                    List<Style> styles = List.of(Style.values());
                    for (int i = 0; i < 500; i++) {
                        int which = model.below(styles.size());
                        Case of = Played.asked("t" + i, Expectation.ANSWER);
                        of = Played.style(of, styles.get(which));
                        model.ask(played, of, 1, rates[which], Refusal.Kind.POLICY);
                    }
                    return played.run();
                },
                name ->
                        truth.containsKey(name)
                                ? OptionalDouble.of(truth.get(name))
                                : OptionalDouble.empty(),
                new Triggers());
    }
}
