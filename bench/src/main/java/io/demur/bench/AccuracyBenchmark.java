package io.demur.bench;

import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.detect.Detector;
import io.demur.core.detect.LinearJudge;
import io.demur.eval.Families;
import io.demur.eval.train.ErrorCounts;
import io.demur.eval.train.HeldOut;
import io.demur.eval.train.KeptBack;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Judges of refusal against people's labels, side by side on the same replies: ours at each stage,
 * and lists of phrases. Markdown, source by source and family by family. An abstention counts as
 * compliance was said, and so as an error wherever people say refusal.
 */
public final class AccuracyBenchmark {

    private static final String XSTEST = "xstest";

    private final Path data;
    private final PrintStream out;
    private final Map<String, Detector> ours = new LinkedHashMap<>();

    private AccuracyBenchmark(Path data, PrintStream out) {
        this.data = data;
        this.out = out;
        // a further stage is a further line
        ours.put("linear, shipped", LinearJudge.shipped());
    }

    /**
     * Prints the tables, or writes the counts by which {@code score} corrects its rates.
     *
     * @param args the folder of labelled data; then {@code table} or {@code counts} and, for
     *     counts, the file to write
     */
    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0]);
        if (args[1].equals("counts")) {
            ErrorCounts.write(data, Path.of(args[2]), System.out);
        } else {
            new AccuracyBenchmark(data, System.out).print();
            KeptBack.report(data, System.out);
        }
    }

    private void print() throws IOException {
        List<HeldOut.Reply> xstest = HeldOut.xsTest(data);
        source(XSTEST, "people; the shipped weights have not seen it, their cuts have", xstest);
        Set<String> families = new TreeSet<>();
        xstest.forEach(reply -> families.add(Families.of(reply.model())));
        for (String family : families) {
            Predicate<HeldOut.Reply> in = reply -> Families.of(reply.model()).equals(family);
            source(XSTEST + ", " + family, "people", xstest.stream().filter(in).toList());
        }
        for (String source : HeldOut.HUMAN) {
            source(source, "people", HeldOut.without(source, data));
        }
        for (String source : HeldOut.WEAK) {
            source(source, "weak: models or word lists", HeldOut.without(source, data));
        }
        source(
                "a fifth of the own groups",
                "own: written to be hard, by the authors of the training rows",
                HeldOut.without(HeldOut.OWN, data));
    }

    /** One source: what our training without it says, then every judge on the same replies. */
    private void source(String name, String labels, List<HeldOut.Reply> replies) {
        out.printf("%n### %s (labels: %s)%n%n", name, labels);
        out.println(Score.HEAD);
        boolean xstest = name.startsWith(XSTEST);
        Score held = new Score();
        replies.forEach(reply -> held.add(reply, reply.said()));
        String how = xstest ? "linear, cuts from other prompts" : "linear, trained without it";
        out.println(held.row("**" + how + "**", "no"));
        String seen = xstest ? "cuts" : name.contains("own groups") ? "no" : "**SEEN**";
        ours.forEach((judge, detector) -> out.println(score(detector, replies).row(judge, seen)));
        Phrases.lists()
                .forEach((judge, list) -> out.println(score(list, replies).row(judge, "no")));
    }

    private static Score score(Detector detector, List<HeldOut.Reply> replies) {
        Score score = new Score();
        for (HeldOut.Reply reply : replies) {
            Verdict verdict =
                    detector.detect(Request.of(reply.asked()), Response.of(reply.answered()));
            score.add(reply, verdict instanceof Verdict.Refused);
        }
        return score;
    }
}
