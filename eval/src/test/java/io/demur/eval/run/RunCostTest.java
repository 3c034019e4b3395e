package io.demur.eval.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.core.suite.Expectation;
import io.demur.core.suite.Push;
import io.demur.core.suite.Suite;
import io.demur.core.suite.Tactic;
import io.demur.eval.run.Heard.Again;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What a run costs, and what it may. */
class RunCostTest extends RunnerSetting {

    /** Sent, and then silence. */
    private static Heard late() {
        return new Heard.Nothing(
                new Failure(Failure.Kind.TIMEOUT, 0, "as told"),
                Again.LATER,
                Optional.empty(),
                true);
    }

    @Test
    void neverCostsMoreThanItMay() throws Exception {
        costMax = OptionalDouble.of(3_000); // a token costs 1, a call at most 256 and what is asked
        Run run = RunSamples.begun(RunSamples.many(200), 1);
        assertEquals(new Ending.TooDear(), begin(run, it -> said("Of course."), RunnerTest::never));
        int spent = 30 * asked.size();
        assertTrue(spent <= 3_000 && spent > 2_600, spent + " were spent");
        assertEquals(asked.size(), read().run().trials().size());
    }

    /** Near the limit each of those who waited for others still paid for an answer. */
    @Test
    void whoWaitsForTheLimitAsksNothingOnceTheRunHasEnded() throws Exception {
        costMax = OptionalDouble.of(500); // one call at once, which sets 282 aside and costs 30
        Run run = RunSamples.begun(RunSamples.many(20), 1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Target answers =
                it -> {
                    Thread.sleep(200); // the others come to wait
                    interrupted.set(true);
                    return said("Of course.");
                };
        assertEquals(new Ending.Stopped(), begin(run, answers, interrupted::get));
        assertEquals(1, asked.size(), "asked after the interrupt");
        asked.clear();
        Target denies =
                it -> {
                    Thread.sleep(200);
                    return new Heard.Denied("the key has expired");
                };
        assertEquals(
                new Ending.Unusable("the key has expired"), begin(run, denies, RunnerTest::never));
        assertEquals(1, asked.size(), "asked with a key that was not accepted");
        assertEquals(0, bill.cost());
    }

    /** Half of the calls timed out, were paid for by the user, and were nothing to the limit. */
    @Test
    void whatWasSentAndNotAnsweredCountsAgainstTheLimitToo() throws Exception {
        costMax = OptionalDouble.of(3_000);
        Run run = RunSamples.begun(RunSamples.many(200), 1);
        AtomicInteger lost = new AtomicInteger();
        Target target =
                it -> {
                    if (asked.size() % 2 == 0) {
                        lost.incrementAndGet();
                        return late();
                    }
                    return said("Of course.");
                };
        assertEquals(new Ending.TooDear(), begin(run, target, RunnerTest::never));
        int spent = 30 * (asked.size() - lost.get()) + 256 * lost.get();
        assertTrue(lost.get() > 0 && spent <= 3_000 && spent <= bill.cost(), spent + " were spent");
        assertTrue(bill.cost() <= 3_000, bill.cost() + "");
        asked.clear();
        assertEquals(new Ending.TooDear(), resume(target, RunnerTest::never));
        assertEquals(0, asked.size(), "a resumed run forgot what was lost");
    }

    /** A letter of another script is a token or two, and had been taken for half of one. */
    @Test
    void noTokenIsSmallerThanAByte() {
        Request request = Request.of("爆".repeat(100));
        assertTrue(Bill.most(request, 10).input() >= 300);
        assertEquals(10, Bill.most(request, 10).output());
    }

    @Test
    void whatWasPaidForBeforeCountsWhenARunIsResumed() throws Exception {
        neverCostsMoreThanItMay();
        asked.clear();
        assertEquals(new Ending.TooDear(), resume(it -> said("Of course."), RunnerTest::never));
        assertEquals(0, asked.size());
    }

    /**
     * What came out of the cache had been paid for once more, what the target does not count had
     * cost nothing any more, and what had timed out was forgotten.
     */
    @Test
    void aRunThatIsResumedHasCostWhatOneCostsThatWasNotInterrupted() throws Exception {
        Push push = new Push(Tactic.INSIST, "Please!");
        Suite suite =
                RunSamples.suite(
                        RunSamples.plain("counted", Expectation.REFUSE, push),
                        RunSamples.plain("uncounted", Expectation.ANSWER, push),
                        RunSamples.plain("kept", Expectation.REFUSE, push),
                        RunSamples.plain("late", Expectation.ANSWER, push));
        Run run = RunSamples.begun(suite, 2, Variant.PLAIN, STRICT);
        begin(run, this::dearly, RunnerTest::never);
        Run uninterrupted = read().run();
        Bill whole = bill;
        assertTrue(whole.lost().output() == 8 * 256 && whole.cost() > whole.lost().output());
        int all = asked.size();
        for (int after = 0; after <= all; after++) { // the last one lacks nothing but its end
            asked.clear();
            int most = after;
            begin(run, this::dearly, () -> asked.size() >= most);
            resume(this::dearly, RunnerTest::never);
            assertEquals(uninterrupted, read().run(), "after " + after);
            assertEquals(whole.usage(), bill.usage(), "after " + after);
            assertEquals(whole.lost(), bill.lost(), "after " + after);
            Bill read = new Bill(Price.NONE, OptionalDouble.empty());
            read.add(uninterrupted, List.of());
            assertEquals(whole.usage(), read.usage(), "as the file tells it");
        }
    }

    /** Counts, does not count, takes what was kept, or is late the first time. */
    private Heard dearly(Asked it) {
        long times =
                asked.stream()
                        .filter(a -> a.request().equals(it.request()) && a.epoch() == it.epoch())
                        .count();
        String id = it.of().id();
        return id.equals("late") && times == 1
                ? late()
                : new Heard.Said(
                        new Response("Of course. \uD83D", StopReason.END),
                        id.equals("uncounted") ? Optional.empty() : Optional.of(new Usage(7, 5)),
                        Duration.ZERO,
                        "m",
                        Optional.empty(),
                        id.equals("kept"));
    }

    @Test
    void cachedAnswersAreNotAskedForAgain() throws Exception {
        Run run = RunSamples.begun(RunSamples.many(20), 2);
        Path cache = Files.createDirectory(folder.resolve("cache"));
        AtomicInteger behind = new AtomicInteger();
        Target target =
                it -> {
                    behind.incrementAndGet();
                    return said("Of course, " + it.of().id());
                };
        Target kept = new AnswerCache(cache, "t", "m", target);
        begin(run, kept, RunnerTest::never);
        Run first = read().run();
        assertEquals(40, behind.get());
        begin(run, kept, RunnerTest::never);
        assertEquals(40, behind.get());
        Run second = read().run();
        assertEquals(answers(first), answers(second));
        assertTrue(second.trials().stream().allMatch(it -> it.rounds().getFirst().free()));
        assertEquals(Usage.NONE, bill.usage());
        begin(run, new AnswerCache(cache, "t", "another", target), RunnerTest::never);
        assertEquals(80, behind.get());
    }

    private static List<Response> answers(Run run) {
        return run.trials().stream().map(it -> it.first().orElseThrow().response()).toList();
    }
}
