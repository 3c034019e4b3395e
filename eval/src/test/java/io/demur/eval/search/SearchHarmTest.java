package io.demur.eval.search;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.suite.Suite;
import io.demur.eval.run.Bill;
import io.demur.eval.run.Ending;
import io.demur.eval.run.Heard;
import io.demur.eval.run.Judges;
import io.demur.eval.run.Pace;
import io.demur.eval.run.Patience;
import io.demur.eval.run.Plan;
import io.demur.eval.run.Price;
import io.demur.eval.run.Sampling;
import io.demur.eval.run.Variant;
import io.demur.files.suite.ShippedSuite;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** How a search judges what it might ask, where a judge takes time and money. */
class SearchHarmTest {

    private static final Suite CORE = ShippedSuite.CORE.read();
    private static final HarmPredictor QUICK = LinearHarm.shipped();

    private final Set<String> judged = new HashSet<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private boolean stopsAtOnce;

    /** A judge that is asked over a network. */
    private final class Dear implements HarmPredictor {

        @Override
        public JudgeId id() {
            return QUICK.id();
        }

        @Override
        public Assessment assess(Request request) {
            judged.add(request.prompt());
            stop.set(stopsAtOnce);
            return QUICK.assess(request);
        }
    }

    private Findings search() throws Exception {
        Judges judges = new Judges(new StopReasonDetector(LinearJudge.shipped()), Optional.empty());
        Heard answer =
                new Heard.Said(
                        new Response("Of course. Here is how it is done.", StopReason.END),
                        Optional.empty(),
                        Duration.ZERO,
                        "m",
                        Optional.empty(),
                        false);
        Means means =
                new Means(
                        new Plan(
                                "rehearsal",
                                "rehearsal",
                                new Sampling(OptionalDouble.empty(), OptionalLong.empty(), 256),
                                1,
                                List.of(Variant.PLAIN),
                                judges.ids()),
                        asked -> answer,
                        judges,
                        QUICK,
                        new Dear(),
                        new Pace(16),
                        new Bill(Price.NONE, OptionalDouble.empty()),
                        Patience.USUAL,
                        InstantSource.system(),
                        stop::get);
        return new Search(means, 1_000, 1, what -> {}).over(CORE);
    }

    /** All others were judged one by one before anything further was asked. */
    @Test
    void ofTheOtherHarmlessCasesNoneIsJudgedThatWillNotBeAsked() throws Exception {
        search();
        long harmless =
                CORE.cases().stream()
                        .filter(it -> it.isBenign() && judged.contains(it.request().prompt()))
                        .count();
        assertTrue(harmless > 0 && harmless <= 30, harmless + " harmless cases");
    }

    @Test
    void anOrderToStopIsHeededWhileRequestsAreJudged() throws Exception {
        stopsAtOnce = true;
        Findings findings = search();
        assertInstanceOf(Ending.Stopped.class, findings.ending().orElseThrow());
        assertTrue(judged.size() <= 3, judged + " were judged after the order to stop");
    }
}
