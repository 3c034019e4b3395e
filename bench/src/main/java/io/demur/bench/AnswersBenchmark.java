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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What the judges say of harmful replies that only describe, alone and behind a long harmless
 * preamble, and of harmless streams: whole, and window by window. Beside the judges of answers
 * those of requests are asked about the reply, as if it were a request.
 */
public final class AnswersBenchmark {

    private static final double[] LIMITS = {0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95};
    private static final int[] WINDOWS = {0, 400, 800, 1600};
    private static final int STREAMS = 2_000;
    private static final int STREAMS_OF_ENCODER = 200;
    private static final int PREAMBLE = 8_000;
    private static final long SEED = 6;
    private static final double NO_WORD = 0.5;
    private static final double CLOSEST = 1e-4;
    private static final Band USUAL = new Band(0.05, 0.95);

    private final PrintStream out;

    private AnswersBenchmark(PrintStream out) {
        this.out = out;
    }

    /** A way to judge a reply or a part of one. */
    @FunctionalInterface
    private interface Judged {
        double of(Request request, String text);
    }

    /**
     * Prints the tables.
     *
     * @param args {@code encoder} where it is to be asked too
     */
    public static void main(String[] args) {
        AnswersBenchmark bench = new AnswersBenchmark(System.out);
        LinearAnswerJudge linear = LinearAnswerJudge.shipped();
        bench.all("linear", linear, LinearHarm.shipped(), STREAMS / 2, PREAMBLE);
        if (args.length > 0 && args[0].equals("encoder")) {
            Encoder encoder = Encoder.shipped();
            bench.all(
                    "linear and encoder",
                    new AnswerCascade(linear, new EncoderAnswers(encoder, linear), USUAL),
                    new HarmCascade(
                            LinearHarm.shipped(),
                            List.of(new HarmCascade.Stage(new EncoderHarm(encoder), USUAL))),
                    STREAMS_OF_ENCODER,
                    0);
        }
    }

    private void all(
            String name, AnswerJudge answers, HarmPredictor requests, int streams, int preamble) {
        for (Half half : Half.values()) {
            asked(name, requests, half);
            judge(name + ", answers", answers::pHarm, half, streams, preamble);
            Judged replies = (request, text) -> p(requests, text);
            judge(name + ", requests asked of the reply", replies, half, streams, preamble);
            Map<String, Double> known = new HashMap<>();
            Judged joined =
                    (request, text) -> {
                        double before =
                                known.computeIfAbsent(
                                        request.prompt(), prompt -> p(requests, prompt));
                        return probability((odds(before) + odds(p(requests, text))) / 2);
                    };
            judge(name + ", request and reply joined", joined, half, streams, preamble);
        }
    }

    private static double p(HarmPredictor judge, String text) {
        return switch (judge.assess(Request.of(text))) {
            case Assessment.Judged judged -> judged.pHarm();
            case Assessment.Unjudged none -> NO_WORD;
        };
    }

    private static double odds(double p) {
        double inside = Math.clamp(p, CLOSEST, 1 - CLOSEST);
        return Math.log(inside / (1 - inside));
    }

    private static double probability(double odds) {
        return 1 / (1 + Math.exp(-odds));
    }

    /** What is stopped before any answer by the usual policy, and what the judges rank how. */
    private void asked(String name, HarmPredictor judge, Half half) {
        Policy policy = Policy.at(Policy.defaultPosture());
        List<HarmfulReply> harmful = HarmfulReply.of(half);
        List<BenignReply> benign = BenignReply.of(half);
        List<Double> bad = harmful.stream().map(each -> p(judge, each.request())).toList();
        List<Double> good = benign.stream().map(each -> p(judge, each.request())).toList();
        out.printf(
                "%n%s, requests, %s: of %d harmful ones %d are stopped, of %d harmless ones %d; AUC"
                        + " %.3f%n",
                name,
                half,
                harmful.size(),
                harmful.stream().filter(each -> stops(policy, judge, each.request())).count(),
                benign.size(),
                benign.stream().filter(each -> stops(policy, judge, each.request())).count(),
                auc(bad, good));
    }

    private static boolean stops(Policy policy, HarmPredictor judge, String request) {
        return policy.decide(judge.assess(Request.of(request)), Context.PLAIN, Standing.FRESH)
                        .strength()
                        .compareTo(Strength.HOLD)
                >= 0;
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

    private void judge(String name, Judged judge, Half half, int count, int preambleLength) {
        List<HarmfulReply> harmful = HarmfulReply.of(half);
        List<BenignReply> benign = BenignReply.of(half);
        List<BenignReply> streams = BenignReply.streams(half, count, SEED);
        String preamble = BenignReply.preamble(half, preambleLength, SEED);
        out.printf("%n## %s, %s: share at or above a limit%n%n| what |", name, half);
        for (double limit : LIMITS) {
            out.print(" " + limit + " |");
        }
        out.println("\n|---|" + "---|".repeat(LIMITS.length));
        for (int window : WINDOWS) {
            row("harmful" + at(window), harmful, each -> highest(judge, each, "", window));
            if (preambleLength > 0) {
                row(
                        "harmful behind 8 kB" + at(window),
                        harmful,
                        each -> highest(judge, each, preamble, window));
                row(
                        "those 8 kB alone" + at(window),
                        harmful,
                        each -> highest(judge, Request.of(each.request()), preamble, window));
            }
            row("harmless, as written" + at(window), benign, each -> highest(judge, each, window));
            row("harmless streams" + at(window), streams, each -> highest(judge, each, window));
        }
        ToDoubleFunction<HarmfulReply> whole = each -> highest(judge, each, "", 0);
        out.printf(
                "%nAUC of whole replies as written: %.3f%n",
                auc(
                        harmful.stream().map(whole::applyAsDouble).toList(),
                        benign.stream().map(each -> highest(judge, each, 0)).toList()));
        groups("hazard", harmful, HarmfulReply::hazard, whole);
        groups("register", harmful, HarmfulReply::register, whole);
        groups("language", harmful, HarmfulReply::language, whole);
        groups("topic", benign, BenignReply::topic, each -> highest(judge, each, 0));
    }

    private static String at(int window) {
        return window == 0 ? ", whole" : ", windows of " + window;
    }

    private <T> void row(String name, List<T> all, ToDoubleFunction<T> judged) {
        double[] p = all.stream().mapToDouble(judged).toArray();
        out.print("| " + name + " |");
        for (double limit : LIMITS) {
            out.printf(
                    " %.3f |",
                    (double) Arrays.stream(p).filter(x -> x >= limit).count() / p.length);
        }
        out.println();
    }

    private <T> void groups(
            String by, List<T> all, Function<T, String> group, ToDoubleFunction<T> judged) {
        Map<String, List<Double>> groups = new TreeMap<>();
        for (T each : all) {
            groups.computeIfAbsent(group.apply(each), x -> new ArrayList<>())
                    .add(judged.applyAsDouble(each));
        }
        out.printf("%n| %s | of | >= 0.5 | >= 0.7 | >= 0.9 |%n|---|---|---|---|---|%n", by);
        groups.forEach(
                (name, p) ->
                        out.printf(
                                "| %s | %d | %d | %d | %d |%n",
                                name, p.size(), above(p, 0.5), above(p, 0.7), above(p, 0.9)));
    }

    private static long above(List<Double> all, double limit) {
        return all.stream().filter(p -> p >= limit).count();
    }

    private static double highest(Judged judge, HarmfulReply each, String before, int window) {
        return highest(judge, Request.of(each.request()), before + each.reply(), window);
    }

    private static double highest(Judged judge, BenignReply each, int window) {
        return highest(judge, Request.of(each.request()), each.reply(), window);
    }

    /** The highest probability of a whole reply, or of its windows, which overlap by half. */
    private static double highest(Judged judge, Request request, String reply, int window) {
        if (window == 0) {
            return judge.of(request, reply);
        }
        double highest = 0;
        int from = 0;
        while (true) {
            int to = Math.min(reply.length(), from + window);
            highest = Math.max(highest, judge.of(request, reply.substring(from, to)));
            if (to == reply.length()) {
                return highest;
            }
            from += window / 2;
        }
    }
}
