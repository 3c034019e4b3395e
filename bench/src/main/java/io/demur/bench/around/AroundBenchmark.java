package io.demur.bench.around;

import io.demur.core.charter.Settings;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.incident.Weights;
import io.demur.encoder.CharterJudges;
import io.demur.encoder.Encoder;
import io.demur.encoder.EncoderMeaning;
import io.demur.testkit.asked.Around;
import io.demur.testkit.asked.Guise;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which later requests are recognised as a refused one, on the half of {@code data/around} that
 * nothing was learnt from; what that costs before the reply, and how much memory it takes.
 */
public final class AroundBenchmark {

    private AroundBenchmark() {}

    /**
     * Prints the table.
     *
     * @param args none
     */
    public static void main(String[] args) {
        List<Around> groups = Around.half(true);
        Weights weights = Weights.shipped();
        EncoderMeaning meaning = EncoderMeaning.of(Encoder.shipped());
        Texts with = new Texts(Judges.of(CharterJudges.harm(Settings.USUAL)), meaning::of);
        Texts without = new Texts(Judges.of(LinearHarm.shipped()), text -> Optional.empty());
        List<Recall> columns =
                List.of(
                        new Recall(groups, without, weights, false, false),
                        new Recall(groups, with, weights, true, false),
                        new Recall(groups, with, weights, true, true));
        System.out.printf(
                Locale.ROOT,
                "%d refused requests of one principal; weights `%s`, meaning `%s`%n%n",
                groups.size(),
                weights.id(),
                meaning.id());
        System.out.println("| sent again | without encoder | with encoder | and a judge (stub) |");
        System.out.println("|---|---|---|---|");
        row("as it was", columns, recall -> recall.in(Guise.VERBATIM));
        row("in seven encodings", columns, Recall::encoded);
        row("lightly edited", columns, recall -> recall.in(Guise.LIGHT_EDIT));
        row("paraphrased", columns, Recall::paraphrased);
        for (String code : Around.LANGUAGES) {
            row("translated, " + code, columns, recall -> recall.translated(code));
        }
        row("split in three", columns, Recall::split);
        row("harmless, same topic (false alarms)", columns, Recall::alarms);
        System.out.printf(
                Locale.ROOT,
                "%nThe judge was asked about %,d pairs.%n%n%s",
                columns.getLast().asked(),
                new Cost().measured());
    }

    private static void row(String what, List<Recall> columns, Function<Recall, Recall.Share> of) {
        StringBuilder row = new StringBuilder("| ").append(what);
        columns.forEach(recall -> row.append(" | ").append(of.apply(recall)));
        System.out.println(row.append(" |"));
    }
}
