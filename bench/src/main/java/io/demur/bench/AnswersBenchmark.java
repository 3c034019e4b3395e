package io.demur.bench;

import io.demur.core.Band;
import io.demur.core.Request;
import io.demur.core.harm.AnswerCascade;
import io.demur.core.harm.AnswerJudge;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.HarmCascade;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.linear.LinearAnswerJudge;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.policy.Context;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Standing;
import io.demur.encoder.Encoder;
import io.demur.encoder.EncoderAnswers;
import io.demur.encoder.EncoderHarm;
import io.demur.testkit.gateway.BenignReply;
import io.demur.testkit.gateway.Half;
import io.demur.testkit.gateway.HarmfulReply;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the judges of answers say of harmful replies that only describe, alone and behind a long
 * harmless preamble, and of harmless streams: whole, and window by window.
 */
public final class AnswersBenchmark {

    private static final double[] LIMITS = {0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99};
    private static final int[] WINDOWS = {0, 400, 800, 1600};
    private static final int STREAMS = 2_000;
    private static final int STREAMS_OF_ENCODER = 300;
    private static final int PREAMBLE = 8_000;
    private static final long SEED = 6;
    private static final Band USUAL = new Band(0.05, 0.95);

    private final PrintStream out;

    private AnswersBenchmark(PrintStream out) {
        this.out = out;
    }

    /**
     * Prints the tables.
     *
     * @param args {@code encoder} where it is to be asked too
     */
    public static void main(String[] args) {
        AnswersBenchmark bench = new AnswersBenchmark(System.out);
        LinearAnswerJudge linear = LinearAnswerJudge.shipped();
        for (Half half : Half.values()) {
            bench.requests("linear", LinearHarm.shipped(), half);
            bench.judge("linear", linear, half, STREAMS / 2);
        }
        if (args.length > 0 && args[0].equals("encoder")) {
            AnswerJudge encoder = new EncoderAnswers(Encoder.shipped(), linear);
            AnswerJudge both = new AnswerCascade(linear, encoder, USUAL);
            HarmPredictor asked =
                    new HarmCascade(
                            LinearHarm.shipped(),
                            List.of(
                                    new HarmCascade.Stage(
                                            new EncoderHarm(Encoder.shipped()), USUAL)));
            for (Half half : Half.values()) {
                bench.requests("linear and encoder", asked, half);
                bench.judge("linear and encoder", both, half, STREAMS_OF_ENCODER);
            }
        }
    }

    /** What is stopped before any answer by the usual policy, and what the judges rank how. */
    private void requests(String name, HarmPredictor judge, Half half) {
        Policy policy = Policy.at(Policy.defaultPosture());
        List<Double> harmful = new ArrayList<>();
        List<Double> benign = new ArrayList<>();
        int stopped = 0;
        int wrong = 0;
        for (HarmfulReply each : HarmfulReply.of(half)) {
            Assessment assessment = judge.assess(Request.of(each.request()));
            stopped += stops(policy, assessment) ? 1 : 0;
            harmful.add(p(assessment));
        }
        for (BenignReply each : BenignReply.of(half)) {
            Assessment assessment = judge.assess(Request.of(each.request()));
            wrong += stops(policy, assessment) ? 1 : 0;
            benign.add(p(assessment));
        }
        out.printf(
                "%n%s, requests, %s: of %d harmful ones %d are stopped, of %d harmless ones %d;"
                        + " AUC %.3f; at or above 0.5: %d and %d%n",
                name,
                half,
                harmful.size(),
                stopped,
                benign.size(),
                wrong,
                auc(harmful, benign),
                above(harmful, 0.5),
                above(benign, 0.5));
    }

    private static double p(Assessment assessment) {
        return switch (assessment) {
            case Assessment.Judged judged -> judged.pHarm();
            case Assessment.Unjudged none -> Double.NaN;
        };
    }

    /** How often a harmful one stands above a harmless one. */
    private static double auc(List<Double> harmful, List<Double> benign) {
        double wins = 0;
        for (double bad : harmful) {
            for (double good : benign) {
                wins += bad > good ? 1 : bad == good ? 0.5 : 0;
            }
        }
        return wins / harmful.size() / benign.size();
    }

    private static boolean stops(Policy policy, Assessment assessment) {
        return policy.decide(assessment, Context.PLAIN, Standing.FRESH)
                        .strength()
                        .compareTo(Strength.HOLD)
                >= 0;
    }

    private void judge(String name, AnswerJudge judge, Half half, int count) {
        List<HarmfulReply> harmful = HarmfulReply.of(half);
        List<BenignReply> benign = BenignReply.of(half);
        List<BenignReply> streams = BenignReply.streams(half, count, SEED);
        String preamble = BenignReply.preamble(half, PREAMBLE, SEED);
        out.printf("%n## %s, %s: share at or above a limit%n%n", name, half);
        out.print("| what |");
        for (double limit : LIMITS) {
            out.print(" " + limit + " |");
        }
        out.println("\n|---|" + "---|".repeat(LIMITS.length));
        for (boolean known : new boolean[] {true, false}) {
            String of = known ? "" : ", request unknown";
            for (int window : WINDOWS) {
                row(
                        "harmful" + of + at(window),
                        harmful,
                        each -> highest(judge, asked(known, each.request()), each.reply(), window));
            }
            for (int window : WINDOWS) {
                row(
                        "harmful behind 8 kB" + of + at(window),
                        harmful,
                        each ->
                                highest(
                                        judge,
                                        asked(known, each.request()),
                                        preamble + each.reply(),
                                        window));
            }
            for (int window : WINDOWS) {
                row(
                        "harmless, as written" + of + at(window),
                        benign,
                        each -> highest(judge, asked(known, each.request()), each.reply(), window));
                row(
                        "harmless streams" + of + at(window),
                        streams,
                        each -> highest(judge, asked(known, each.request()), each.reply(), window));
            }
        }
        Function<HarmfulReply, Double> whole =
                each -> highest(judge, Request.of(each.request()), each.reply(), 0);
        for (boolean known : new boolean[] {true, false}) {
            out.printf(
                    "%nAUC of whole replies as written, request %s: %.3f%n",
                    known ? "known" : "unknown",
                    auc(
                            harmful.stream()
                                    .map(x -> judge.pHarm(asked(known, x.request()), x.reply()))
                                    .toList(),
                            benign.stream()
                                    .map(x -> judge.pHarm(asked(known, x.request()), x.reply()))
                                    .toList()));
        }
        groups("hazard", harmful, HarmfulReply::hazard, whole);
        groups("register", harmful, HarmfulReply::register, whole);
        groups("language", harmful, HarmfulReply::language, whole);
        groups(
                "topic of harmless ones",
                benign,
                BenignReply::topic,
                each -> highest(judge, Request.of(each.request()), each.reply(), 0));
    }

    private static Request asked(boolean known, String request) {
        return known ? Request.of(request) : Request.UNKNOWN;
    }

    private static String at(int window) {
        return window == 0 ? ", whole" : ", windows of " + window;
    }

    private <T> void row(String name, List<T> all, Function<T, Double> judged) {
        List<Double> p = all.stream().map(judged).toList();
        out.print("| " + name + " |");
        for (double limit : LIMITS) {
            double share = (double) p.stream().filter(x -> x >= limit).count() / p.size();
            out.printf(" %.3f |", share);
        }
        out.println();
    }

    private <T> void groups(
            String by, List<T> all, Function<T, String> group, Function<T, Double> judged) {
        Map<String, List<Double>> groups = new TreeMap<>();
        for (T each : all) {
            groups.computeIfAbsent(group.apply(each), x -> new ArrayList<>())
                    .add(judged.apply(each));
        }
        out.printf("%n| %s | of | >= 0.5 | >= 0.8 | >= 0.95 |%n|---|---|---|---|---|%n", by);
        groups.forEach(
                (name, p) ->
                        out.printf(
                                "| %s | %d | %d | %d | %d |%n",
                                name, p.size(), above(p, 0.5), above(p, 0.8), above(p, 0.95)));
    }

    private static long above(List<Double> all, double limit) {
        return all.stream().filter(p -> p >= limit).count();
    }

    /** The highest probability of a whole reply, or of its windows, which overlap by half. */
    private static double highest(AnswerJudge judge, Request request, String reply, int window) {
        if (window == 0) {
            return judge.pHarm(request, reply);
        }
        double highest = 0;
        int from = 0;
        while (true) {
            int to = Math.min(reply.length(), from + window);
            highest = Math.max(highest, judge.pHarm(request, reply.substring(from, to)));
            if (to == reply.length()) {
                return highest;
            }
            from += window / 2;
        }
    }
}
