package io.demur.eval.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.suite.Suite;
import io.demur.eval.run.Bill;
import io.demur.eval.run.Failure;
import io.demur.eval.run.Heard;
import io.demur.eval.run.Judges;
import io.demur.eval.run.Pace;
import io.demur.eval.run.Patience;
import io.demur.eval.run.Plan;
import io.demur.eval.run.PlayedModel;
import io.demur.eval.run.Price;
import io.demur.eval.run.Rates;
import io.demur.eval.run.Sampling;
import io.demur.eval.run.Target;
import io.demur.eval.run.Variant;
import io.demur.files.suite.ShippedSuite;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** Searches of models of which it is known at what they take fright. */
class SearchTest {

    private static final boolean THOROUGH = Boolean.getBoolean("thorough");
    private static final Suite CORE = ShippedSuite.CORE.read();
    private static final List<Trigger> TRIGGERS = FrightenedModel.shipped();

    private static final Judges JUDGES =
            new Judges(new StopReasonDetector(LinearJudge.shipped()), Optional.empty());

    private static Means means(Target target, OptionalDouble costMax) {
        return new Means(
                new Plan(
                        "rehearsal",
                        "rehearsal",
                        new Sampling(OptionalDouble.empty(), OptionalLong.empty(), 256),
                        1,
                        List.of(Variant.PLAIN),
                        JUDGES.ids()),
                target,
                JUDGES,
                LinearHarm.shipped(),
                new Pace(16),
                new Bill(new Price(1e6, 1e6), costMax),
                new Patience(Duration.ZERO, Duration.ofMillis(1), 2),
                InstantSource.system(),
                () -> false);
    }

    private static Findings search(Target target, int budget, long seed) throws Exception {
        return new Search(means(target, OptionalDouble.empty()), budget, seed, it -> {}).over(CORE);
    }

    private static Target played(long seed) {
        return new FrightenedModel(TRIGGERS, seed, new PlayedModel(Rates.shipped(), seed));
    }

    private static Target says(String words) {
        return asked -> said(words);
    }

    private static Heard said(String words) {
        return new Heard.Said(
                new Response(words, StopReason.END),
                Optional.empty(),
                Duration.ZERO,
                "m",
                Optional.empty(),
                false);
    }

    @Test
    void findsNineInTenOfTheScriptedTriggersWithinTheUsualBudget() throws Exception {
        assertTrue(TRIGGERS.size() >= 20);
        int seeds = THOROUGH ? 20 : 2;
        double recalled = 0;
        int reported = 0;
        int explained = 0;
        for (int seed = 1; seed <= seeds; seed++) {
            Findings findings = search(played(seed), Search.BUDGET, seed);
            List<String> missed = new ArrayList<>();
            List<String> wrong = new ArrayList<>();
            for (Trigger trigger : TRIGGERS) {
                if (findings.found().stream().noneMatch(it -> trigger.explains(it.pattern()))) {
                    missed.add(trigger.name());
                }
            }
            for (Finding found : findings.found()) {
                reported++;
                if (TRIGGERS.stream().anyMatch(it -> it.explains(found.pattern()))) {
                    explained++;
                } else {
                    wrong.add(found.pattern().title());
                }
            }
            double recall = 1 - (double) missed.size() / TRIGGERS.size();
            recalled += recall;
            System.out.printf(
                    "seed %d: recall %.2f, missed %s, wrong %s, %s%n",
                    seed, recall, missed, wrong, findings.effort());
            assertTrue(findings.effort().calls() <= Search.BUDGET);
        }
        System.out.printf(
                "recall %.3f, precision %.3f of %d%n",
                recalled / seeds, (double) explained / reported, reported);
        assertTrue(recalled / seeds >= 0.9, "recall " + recalled / seeds);
        assertTrue(explained >= 0.9 * reported, explained + " of " + reported);
    }
}
