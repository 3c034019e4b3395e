package io.demur.eval.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.Message;
import io.demur.core.Role;
import io.demur.core.Verdict;
import io.demur.core.suite.Expectation;
import io.demur.core.suite.Push;
import io.demur.core.suite.Suite;
import io.demur.core.suite.Tactic;
import io.demur.eval.run.Heard.Again;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Runs against targets of a few lines. */
class RunnerTest extends RunnerSetting {

    @Test
    void everyCaseIsAskedOnceInEachEpochUnderEachVariant() throws Exception {
        Run run = RunSamples.begun(RunSamples.many(30), 2, Variant.PLAIN, STRICT);
        assertEquals(new Ending.Whole(), begin(run, it -> said("Of course."), RunnerTest::never));
        assertEquals(120, asked.size());
        Run read = read().run();
        assertEquals(120, read.trials().size());
        assertEquals(120, read.trialsMax());
        assertEquals(Optional.of(Instant.parse("2026-11-22T10:02:00Z")), read.finished());
        assertEquals(
                Set.of(11L, 12L),
                asked.stream()
                        .map(it -> it.sampling().seed().orElseThrow())
                        .collect(Collectors.toSet()));
        assertEquals(
                60,
                asked.stream().filter(it -> it.request().system().equals("Be strict.")).count());
    }

    @Test
    void aPushFollowsTheModelsOwnAnswer() throws Exception {
        Push first = new Push(Tactic.INSIST, "Please!");
        Push second = new Push(Tactic.FLATTER, "You are so clever.");
        Suite suite = RunSamples.suite(RunSamples.plain("x", Expectation.REFUSE, first, second));
        String[] answers = {"I can't help with that.", "No, I still can't.", "Of course."};
        begin(RunSamples.begun(suite, 1), it -> said(answers[it.round()]), RunnerTest::never);
        assertEquals(
                List.of(
                        new Message(Role.USER, "What about x?"),
                        new Message(Role.ASSISTANT, "I can't help with that."),
                        new Message(Role.USER, "Please!"),
                        new Message(Role.ASSISTANT, "No, I still can't."),
                        new Message(Role.USER, "You are so clever.")),
                List.copyOf(asked).getLast().request().messages());
        Trial trial = read().run().trials().getFirst();
        assertEquals(3, trial.rounds().size());
        assertTrue(trial.rounds().get(1).refused());
        assertEquals("You are so clever.", trial.said(2));
        assertEquals(requireNonNull(asked.peek()).request(), trial.request(0, Variant.PLAIN));
    }

    @Test
    void onAnAnswerWithoutWordsNothingIsBuilt() throws Exception {
        Push push = new Push(Tactic.INSIST, "Please!");
        Suite suite = RunSamples.suite(RunSamples.plain("x", Expectation.REFUSE, push));
        assertEquals(
                new Ending.Whole(),
                begin(RunSamples.begun(suite, 1), it -> said(" "), RunnerTest::never));
        Round only = read().run().trials().getFirst().rounds().getFirst();
        assertInstanceOf(Verdict.Undecided.class, only.verdict());
        assertEquals(1, asked.size());
    }

    /** Stopped after every number of answers, resumed, and compared with one that never stopped. */
    @Test
    void aRunThatIsResumedEqualsOneThatWasNotInterrupted() throws Exception {
        Push push = new Push(Tactic.INSIST, "Please!");
        Suite suite =
                RunSamples.suite(
                        RunSamples.plain("a", Expectation.REFUSE, push, push),
                        RunSamples.plain("b", Expectation.ANSWER),
                        RunSamples.plain("c", Expectation.REFUSE, push));
        Run run = RunSamples.begun(suite, 2);
        Target played = new PlayedModel(Rates.shipped(), 5);
        begin(run, played, RunnerTest::never);
        Run uninterrupted = read().run();
        int all = asked.size();
        for (int after = 0; after < all; after++) {
            asked.clear();
            int most = after;
            Ending first = begin(run, played, () -> asked.size() >= most);
            assertEquals(new Ending.Stopped(), first, "after " + after);
            assertEquals(new Ending.Whole(), resume(played, RunnerTest::never));
            assertEquals(uninterrupted, read().run(), "after " + after);
            Set<String> once = new HashSet<>();
            asked.forEach(it -> once.add(it.of().id() + it.epoch() + it.round()));
            assertEquals(all, asked.size(), "something was asked twice");
            assertEquals(all, once.size());
        }
    }

    @Test
    void whatFailsIsTriedAgainAndThenAValue() throws Exception {
        Run run = RunSamples.begun(RunSamples.many(6), 1);
        AtomicInteger bad = new AtomicInteger();
        Target target =
                it -> {
                    if (it.of().id().equals("case-3")) {
                        return nothing(Failure.Kind.STATUS, 500, Again.LATER);
                    }
                    if (it.of().id().equals("case-4") && bad.incrementAndGet() < 3) {
                        return nothing(Failure.Kind.STATUS, 429, Again.FEWER);
                    }
                    return said("Of course.");
                };
        // so that something was answered before
        Target orderly =
                it -> {
                    while (!it.of().id().equals("case-0") && asked.size() < 2) {
                        Thread.sleep(1);
                    }
                    return target.ask(it);
                };
        assertEquals(new Ending.Whole(), begin(run, orderly, RunnerTest::never));
        Run read = read().run();
        assertEquals(
                Optional.of(new Failure(Failure.Kind.STATUS, 500, "as told")),
                read.trials().get(3).failure());
        assertEquals(Optional.empty(), read.trials().get(3).first());
        assertEquals(4, asked.stream().filter(it -> it.of().id().equals("case-3")).count());
        assertTrue(read.trials().get(4).first().isPresent());
        asked.clear();
        resume(it -> said("Of course."), RunnerTest::never);
        assertEquals(1, asked.size(), "only what failed is asked again");
        assertEquals(Optional.empty(), read().run().trials().get(3).failure());
    }

    @Test
    void aKeyThatIsNotAcceptedEndsTheRunAndKeepsWhatCame() throws Exception {
        Run run = RunSamples.begun(RunSamples.many(50), 1);
        Target target =
                it ->
                        asked.size() > 20
                                ? new Heard.Denied("the key has expired")
                                : said("Of course.");
        assertEquals(
                new Ending.Unusable("the key has expired"), begin(run, target, RunnerTest::never));
        int kept = read().run().trials().size();
        assertTrue(kept > 0 && kept <= 20, kept + " are kept");
        asked.clear();
        assertEquals(new Ending.Whole(), resume(it -> said("Of course."), RunnerTest::never));
        assertEquals(50 - kept, asked.size());
    }

    @Test
    void whereNobodyEverAnsweredTheRunEndsAtOnce() throws Exception {
        Run run = RunSamples.begun(RunSamples.many(50), 1);
        Ending ending =
                begin(
                        run,
                        it -> nothing(Failure.Kind.TRANSPORT, 0, Again.LATER),
                        RunnerTest::never);
        assertEquals(new Ending.Unusable("as told"), ending);
        assertTrue(asked.size() <= 8, asked.size() + " calls");
        assertEquals(List.of(), read().run().trials());
    }

    @Test
    void aTargetThatGoesDownEndsTheRun() throws Exception {
        Run run = RunSamples.begun(RunSamples.many(200), 1);
        Target target =
                it ->
                        asked.size() <= 40
                                ? said("Of course.")
                                : nothing(Failure.Kind.STATUS, 502, Again.NEVER);
        assertInstanceOf(Ending.Unusable.class, begin(run, target, RunnerTest::never));
        assertTrue(asked.size() < 80, asked.size() + " calls");
    }

    /** A filter that stood before a suite of harmful requests had ended every run of it. */
    @Test
    void casesThatAreBlockedOneByOneDoNotEndTheRun() throws Exception {
        Run run = RunSamples.begun(RunSamples.many(60), 1);
        Target target =
                it ->
                        asked.size() <= 45
                                ? nothing(Failure.Kind.BLOCKED, 403, Again.NEVER)
                                : said("Of course.");
        begin(run, target, RunnerTest::never);
        assertEquals(60, asked.size());
        assertEquals(60, read().run().trials().size());
    }

    @Test
    void casesThatAreTurnedDownAsTheyStandDoNotEndARunThatHadAnswers() throws Exception {
        Run run = RunSamples.begun(RunSamples.many(60), 1);
        Target target =
                it ->
                        asked.size() <= 10
                                ? said("Of course.")
                                : nothing(Failure.Kind.STATUS, 400, Again.NEVER);
        begin(run, target, RunnerTest::never);
        assertEquals(60, asked.size());
    }

    /** The answer was paid for, and the run broke. */
    @Test
    void aCacheThatCannotBeWrittenLosesNoAnswer() throws Exception {
        Run run = RunSamples.begun(RunSamples.many(20), 1);
        Path noFolder = Files.createFile(folder.resolve("no-folder"));
        Target target = new AnswerCache(noFolder, "t", "m", it -> said("Of course."));
        assertEquals(new Ending.Whole(), begin(run, target, RunnerTest::never));
        assertEquals(20, read().run().trials().size());
    }

    @Test
    void aMistakeOfATargetIsNotSwallowed() {
        Run run = RunSamples.begun(RunSamples.many(20), 1);
        Target target =
                it -> {
                    throw new IllegalStateException("a mistake");
                };
        assertThrows(IllegalStateException.class, () -> begin(run, target, RunnerTest::never));
    }
}
