package io.demur.gateway.review;

import io.demur.core.JudgeId;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Consequence.Reach;
import io.demur.core.harm.Consequence.Reversibility;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Standing;
import io.demur.core.text.Language;
import io.demur.gateway.gate.Decided;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the words of readers into an assessment that the policy decides by, together with what was
 * judged of the request. Immutable.
 *
 * <p>Judges rank better than they count: one probability means different things of different
 * judges, and next to nothing where a judge of requests is shown an answer. So the log-odds of all
 * who speak are added up with a weight for each, and the sum is moved and stretched such that two
 * lines of the usual policy for a serious harm lie where they were found to be right: a hold where
 * harmless answers are cut as rarely as is asked, a condition where answers that are given under
 * one are. Other postures and severities move both from there. The weights were fitted, and the
 * lines chosen, on one half of the data that {@code docs/reference/review.md} reports the other
 * half of.
 */
final class Weighing {

    /**
     * A sum of log-odds, and where on it the lines lie.
     *
     * @param request weight of what was judged of the request
     * @param delivers weight of what the quick reader says it delivers
     * @param first weight of what the quick reader says it is about
     * @param second weight of what the second reader says of that
     * @param shift added to all
     * @param hold where an answer stays back
     */
    private record Sum(
            double request,
            double delivers,
            double first,
            double second,
            double shift,
            double hold) {}

    private static final Sum QUICK = new Sum(0.87, 0.64, 0.76, 0, 0.05, 2.3);
    private static final Sum BOTH = new Sum(0.52, 0.06, 0.59, 1.49, 2.56, 2.1);

    /** Of languages of which the second reader knows little. */
    private static final Sum ELSEWHERE = new Sum(0.5, 1.25, 0, 1.0, 5.8, 3.3);

    /** From which sum of the quick reader's on its word is not the last. */
    private static final double UNSURE = -1;

    /** A window with fewer letters names next to nothing: what is said of it counts in part. */
    private static final double LETTERS = 48;

    /** What a window without letters comes to. */
    private static final double NOTHING = -1;

    /** By how much more a passage by itself has to come to: it is shown without what is before. */
    private static final double ALONE = 0.6;

    /** From the line of the hold down to that of the condition, in all sums. */
    private static final double APART = 0.4;

    /** The line of the hold in the usual policy, for a serious harm, as log-odds. */
    private static final double HOLD = Math.log(36);

    /** Likewise that of the condition. */
    private static final double CONDITION = Math.log(2);

    /** What is delivered has a say of its own where a reader is all but certain. */
    private static final double DELIVERS = 4.3;

    /** From which probability on the second reader is asked what is delivered. */
    static final double UNSURE_DELIVERS = 0.9;

    /** No reader is believed beyond these odds, and a request's harmlessness less far. */
    private static final double MOST = 6;

    private static final double REQUEST_LEAST = -3;
    private static final double REQUEST_MOST = 4;

    /** From this probability on an answer is rather harmful than not. */
    private static final double LIKELY = 0.5;

    /** Below this probability of harm a request's hazards say nothing of its answer. */
    private static final double TELLING = 0.2;

    private static final Consequence UNKNOWN =
            new Consequence(
                    List.of("others"),
                    "The answer would help to do harm.",
                    Severity.SERIOUS,
                    Reversibility.PARTLY,
                    Reach.FEW,
                    true);

    private final Decided decided;
    private final double request;
    private final Map<Hazard, Double> hazards;
    private final Consequence consequence;
    private final boolean strict;

    Weighing(Decided decided) {
        this.decided = decided;
        strict =
                decided.decision() instanceof Decision.Condition condition
                        && !condition.terms().stream().allMatch(Terms::countsHarm);
        switch (decided.assessment()) {
            case Assessment.Judged judged -> {
                request = Math.clamp(odds(judged.pHarm()), REQUEST_LEAST, REQUEST_MOST);
                boolean telling = judged.pHarm() >= TELLING;
                hazards = telling ? judged.hazards() : Map.of();
                consequence =
                        telling && judged.severity() != Severity.NONE
                                ? judged.consequence()
                                : UNKNOWN;
            }
            case Assessment.Unjudged unjudged -> {
                request = 0;
                hazards = Map.of();
                consequence = UNKNOWN;
            }
        }
    }

    /**
     * A window as it counts.
     *
     * @param alone whether it is a passage by itself
     * @param elsewhere whether it is in a language other than English
     * @param share how much of it there is to judge, 0 to 1
     */
    record Shown(String text, boolean alone, boolean elsewhere, double share) {

        static Shown of(String text, boolean alone) {
            double letters = letters(text);
            boolean elsewhere = Language.of(text) == Language.OTHER;
            return new Shown(text, alone, elsewhere, Math.min(1, letters / LETTERS));
        }

        private static int letters(String text) {
            int letters = 0;
            int next = 0;
            while (letters < LETTERS && next < text.length()) {
                int c = text.codePointAt(next);
                letters += Character.isLetter(c) ? 1 : 0;
                next += Character.charCount(c);
            }
            return letters;
        }
    }

    /** Whether the quick reader's word is not the last. */
    boolean isUnsure(Shown window, Said word) {
        return window.elsewhere()
                || word.delivers() >= UNSURE_DELIVERS
                || sum(QUICK, word, word) >= UNSURE;
    }

    /** What the quick reader's word comes to. */
    Assessment quick(Shown window, Said word, JudgeId judge) {
        return judged(window, QUICK, word, word, judge);
    }

    /** What the words of both come to. */
    Assessment both(Shown window, Said first, Said second, JudgeId judge) {
        return judged(window, window.elsewhere() ? ELSEWHERE : BOTH, first, second, judge);
    }

    private Assessment judged(Shown window, Sum of, Said first, Said second, JudgeId judge) {
        double all = sum(of, first, second);
        double sum = Math.min(all, window.share() * all + (1 - window.share()) * NOTHING);
        double about = stretched(sum, of.hold() + (window.alone() ? ALONE : 0));
        double odds = Math.max(about, stretched(odds(second.delivers()), DELIVERS));
        return new Assessment.Judged(1 / (1 + Math.exp(-odds)), hazards, consequence, judge);
    }

    private double sum(Sum of, Said first, Said second) {
        return of.request() * request
                + of.delivers() * odds(first.delivers())
                + of.first() * odds(first.about())
                + of.second() * odds(second.about())
                + of.shift();
    }

    /** So that the policy's lines lie where they should. */
    private static double stretched(double sum, double hold) {
        return HOLD + (sum - hold) * ((HOLD - CONDITION) / APART);
    }

    private static double odds(double p) {
        double least = 1 / (1 + Math.exp(MOST));
        double within = Math.clamp(p, least, 1 - least);
        return Math.log(within / (1 - within));
    }

    /**
     * What the policy says of an answer, where it keeps it back: from a hold on, and from a
     * condition on where the answer was asked for under one.
     */
    Optional<Decision> keepsBack(Assessment assessment) {
        Decision decision =
                decided.charter().policy().decide(assessment, decided.context(), Standing.FRESH);
        if (decision.strength().compareTo(Strength.HOLD) >= 0) {
            return isSaidOfAll(assessment) ? Optional.empty() : Optional.of(decision);
        }
        return strict && decision.strength() == Strength.CONDITION
                ? Optional.of(decided.decision())
                : Optional.empty();
    }

    /**
     * Whether a policy says the same of what is harmless. Where it holds whatever is asked, a
     * person has let this request go on, and only what is likely harm keeps the answer back.
     */
    private boolean isSaidOfAll(Assessment assessment) {
        if (!(assessment instanceof Assessment.Judged judged) || judged.pHarm() >= LIKELY) {
            return false;
        }
        Assessment harmless =
                new Assessment.Judged(0, judged.hazards(), Consequence.NONE, judged.judge());
        return decided.charter()
                        .policy()
                        .decide(harmless, decided.context(), Standing.FRESH)
                        .strength()
                        .compareTo(Strength.HOLD)
                >= 0;
    }
}
