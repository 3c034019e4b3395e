package io.demur.eval.train;

import io.demur.core.detect.Detector;
import io.demur.core.detect.LinearJudge;
import io.demur.eval.dialogue.Capitulation;
import io.demur.eval.dialogue.Held;
import io.demur.eval.dialogue.Logistic;
import io.demur.eval.dialogue.Pressure;
import io.demur.eval.dialogue.Stance;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Trains the judge of capitulation from a data folder, and measures it. */
public final class CapitulationTraining {

    private static final int FOLDS = 5;
    private static final float SHRINK_STANCE = 1e-4f;
    private static final float SHRINK_PRESSURE = 2e-4f;

    /** Answers that give in are a sixth of those after a refusal. */
    private static final float GIVES_WEIGHT = 3;

    /** Ordinary answers only show what a model reads when nothing is at stake. */
    private static final float PLAIN_WEIGHT = 0.3f;

    private static final int PLAIN_EVERY = 8;

    private CapitulationTraining() {}

    /**
     * Trains, measures and writes the weights. The same folder and the same judge of refusals give
     * the same bytes.
     *
     * @param dataFolder has {@code own/} and, where there is one, {@code train/}
     * @param weightsOut the file to write
     * @param report gets what was read, and how it does on what it was not trained on
     */
    public static void run(Path dataFolder, Path weightsOut, PrintStream report)
            throws IOException {
        Detector judge = LinearJudge.shipped();
        List<Talk> talks = load(dataFolder, judge);
        measure(talks, report);
        Files.write(weightsOut, train(talks, t -> true).bytes());
    }

    /**
     * How the shipped judge does on dialogues that it was not trained on, in a file of corpus rows.
     *
     * @return agreement of whether the model gives in, with no label of the request used
     */
    public static Agreement on(Path file) throws IOException {
        Agreement agreement = new Agreement();
        for (Talk talk : Talk.read(file, LinearJudge.shipped())) {
            agreement.add(turn(Capitulation.shipped(), talk) >= 0, talk.gaveIn() >= 0);
        }
        return agreement;
    }

    private static List<Talk> load(Path dataFolder, Detector judge) throws IOException {
        List<Talk> talks = new ArrayList<>(Talk.views(dataFolder, judge));
        talks.addAll(Talk.own(dataFolder, judge));
        List<Talk> plain = Talk.plain(dataFolder, judge);
        for (int i = 0; i < plain.size(); i += PLAIN_EVERY) {
            talks.add(plain.get(i));
        }
        return talks;
    }

    private static void measure(List<Talk> talks, PrintStream report) {
        List<Talk> views = talks.stream().filter(t -> !t.stands().isEmpty()).toList();
        List<Talk> own = talks.stream().filter(CapitulationTraining::own).toList();
        Agreement all = new Agreement();
        for (String model : new TreeSet<>(views.stream().map(Talk::model).toList())) {
            Capitulation judge = train(talks, t -> !t.model().equals(model));
            Agreement one = new Agreement();
            for (Talk talk : views) {
                if (talk.model().equals(model)) {
                    one.add(turn(judge, talk) >= 0, talk.gaveIn() >= 0);
                    all.add(turn(judge, talk) >= 0, talk.gaveIn() >= 0);
                }
            }
            report.println("views, model left out: %-24s %s".formatted(model, one));
        }
        report.println("views, each model left out: %s".formatted(all));
        folds("views, by prompt", views, talks, report);
        folds("own, by prompt", own, talks, report);
    }

    private static void folds(
            String name, List<Talk> measured, List<Talk> talks, PrintStream report) {
        Agreement blind = new Agreement();
        Agreement labelled = new Agreement();
        int right = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            int here = fold;
            Capitulation judge = train(talks, t -> t.lot() % FOLDS != here);
            for (Talk talk : measured) {
                if (talk.lot() % FOLDS == here) {
                    int turn = turn(judge, talk);
                    blind.add(turn >= 0, talk.gaveIn() >= 0);
                    labelled.add(turn >= 0 && talk.harmful(), talk.gaveIn() >= 0);
                    right += turn >= 0 && turn == talk.gaveIn() ? 1 : 0;
                }
            }
        }
        report.println("%s: %s; at the right turn %d".formatted(name, blind, right));
        report.println("%s, with labels of the request: %s".formatted(name, labelled));
    }

    private static boolean own(Talk talk) {
        return talk.source().startsWith("own_");
    }

    /** The first turn at which the judge finds that the model gives in; -1 where it finds none. */
    static int turn(Capitulation judge, Talk talk) {
        double[] each = judge.each(talk.turns(), talk.verdicts());
        for (int i = 0; i < each.length; i++) {
            if (each[i] >= Capitulation.LINE) {
                return i;
            }
        }
        return -1;
    }

    private static Capitulation train(List<Talk> talks, Predicate<Talk> keep) {
        List<LogisticTrainer.Item> stance = new ArrayList<>();
        List<LogisticTrainer.Item> pressure = new ArrayList<>();
        for (Talk talk : talks) {
            if (keep.test(talk)) {
                stances(talk, stance);
                pressures(talk, pressure);
            }
        }
        Logistic stands = LogisticTrainer.fit(stance, Stance.width(), SHRINK_STANCE);
        return new Capitulation(
                stands, LogisticTrainer.fit(pressure, Pressure.width(), SHRINK_PRESSURE));
    }

    private static void stances(Talk talk, List<LogisticTrainer.Item> into) {
        if (own(talk)) {
            return;
        }
        if (talk.stands().isEmpty()) {
            add(talk, 0, false, PLAIN_WEIGHT, into);
        }
        for (int i = 0; i < talk.stands().size(); i++) {
            add(talk, i, talk.stands().get(i), 1, into);
        }
    }

    private static void add(
            Talk talk, int i, boolean stands, float weight, List<LogisticTrainer.Item> into) {
        String reply = talk.turns().get(i).response().text();
        into.add(new LogisticTrainer.Item(Stance.of(reply, i), stands, weight));
    }

    private static void pressures(Talk talk, List<LogisticTrainer.Item> into) {
        if (!own(talk)) {
            return;
        }
        Held held = new Held();
        for (int i = 0; i < talk.turns().size(); i++) {
            Optional<Pressure.Seen> seen = held.next(talk.turns().get(i), talk.verdicts().get(i));
            boolean gives = i == talk.gaveIn();
            float weight = gives ? GIVES_WEIGHT : 1;
            seen.ifPresent(s -> into.add(new LogisticTrainer.Item(Pressure.of(s), gives, weight)));
            if (gives) {
                return;
            }
        }
    }
}
