package io.demur.bench.around;

import io.demur.core.charter.Settings;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.incident.Weights;
import io.demur.encoder.CharterJudges;
import io.demur.encoder.Encoder;
import io.demur.encoder.EncoderMeaning;
import io.demur.testkit.asked.Around;
import io.demur.testkit.asked.Guise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which later requests are recognised as a refused one, on the half of {@code data/around} that
 * nothing was learnt from, and on fresh groups of other writers, together and each writer by
 * itself; what that costs before the reply, and how much memory it takes.
 */
public final class AroundBenchmark {

    private AroundBenchmark() {}

    /**
     * Prints the tables.
     *
     * @param args none; or {@code cross}: what is learnt from each half judged on the other
     */
    public static void main(String[] args) {
        if (args.length > 0) {
            cross();
            return;
        }
        Weights weights = Weights.shipped();
        EncoderMeaning meaning = EncoderMeaning.of(Encoder.shipped());
        System.out.printf(Locale.ROOT, "weights `%s`, meaning `%s`%n", weights.id(), meaning.id());
        Texts with = new Texts(Judges.of(CharterJudges.harm(Settings.USUAL)), meaning::of);
        Texts without = new Texts(Judges.of(LinearHarm.shipped()), text -> Optional.empty());
        table("report", Around.half(true), weights, with, without);
        table("fresh", Around.fresh(), weights, with, without);
        Around.fresh().stream()
                .collect(Collectors.groupingBy(Around::writer, TreeMap::new, Collectors.toList()))
                .forEach((writer, groups) -> table(writer, groups, weights, with, without));
        System.out.printf("%n%s", new Cost().measured());
    }

    private static void table(
            String name, List<Around> groups, Weights weights, Texts with, Texts without) {
        List<Recall> columns =
                List.of(
                        new Recall(groups, without, weights, false, false),
                        new Recall(groups, with, weights, true, false),
                        new Recall(groups, with, weights, true, true));
        System.out.printf(
                Locale.ROOT, "%n%s: %d refused requests of one principal%n%n", name, groups.size());
        System.out.println("| sent again | without encoder | with encoder | and a judge (stub) |");
        System.out.println("|---|---|---|---|");
        rows(columns);
        System.out.printf(
                Locale.ROOT, "%nThe judge was asked about %,d pairs.%n", columns.getLast().asked());
    }

    private static void rows(List<Recall> columns) {
        row("as it was", columns, recall -> recall.in(Guise.VERBATIM));
        row("in seven encodings", columns, Recall::encoded);
        row("lightly edited", columns, recall -> recall.in(Guise.LIGHT_EDIT));
        row("paraphrased", columns, Recall::paraphrased);
        for (String code : Around.LANGUAGES) {
            row("translated, " + code, columns, recall -> recall.translated(code));
        }
        row("split in three", columns, Recall::split);
        row("harmless, same topic (false alarms)", columns, Recall::alarms);
    }

    private static void row(String what, List<Recall> columns, Function<Recall, Recall.Share> of) {
        StringBuilder row = new StringBuilder("| ").append(what);
        columns.forEach(recall -> row.append(" | ").append(of.apply(recall)));
        System.out.println(row.append(" |"));
    }

    private static void cross() {
        AroundTraining.States states = new AroundTraining.States(Encoder.shipped());
        List<Recall> columns = new ArrayList<>();
        for (boolean report : List.of(true, false)) {
            Training training = AroundTraining.training(Around.half(!report), states);
            Texts texts =
                    new Texts(
                            Judges.of(CharterJudges.harm(Settings.USUAL)),
                            training.points(training.turning()));
            Weights weights = Weights.of(training.rows());
            columns.add(new Recall(Around.half(report), texts, weights, true, false));
        }
        System.out.println("| sent again, with encoder | report | develop |");
        System.out.println("|---|---|---|");
        rows(columns);
    }
}
