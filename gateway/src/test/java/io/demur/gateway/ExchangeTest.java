package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Refusal;
import io.demur.core.StopReason;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Outcome.Result;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.ProviderRefusal;
import io.demur.wire.chat.Usage;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What one exchange comes to: what the caller gets, and what the record says of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExchangeTest {

    private static final Event BEGAN = new Event.Began("c1", "m");
    private static final Event END = Event.Stop.of(StopReason.END);
    private static final Event COUNTED = new Event.Counted(Usage.of(7, 11));

    private final Staged staged = new Staged();
    private House house;
    private Raw raw;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        house = new House(folder, Map.of("m", staged), staged, GatewaySettings.USUAL);
        raw = new Raw(house);
    }

    @AfterAll
    void stop() {
        house.close();
    }

    @BeforeEach
    void nothingIsStaged() {
        staged.usual();
    }

    private static Event text(String text) {
        return new Event.Text(text);
    }

    private Piecewise ask(boolean stream) throws Exception {
        return Piecewise.ask(
                raw,
                "/v1/chat/completions",
                """
                {"model": "m", "stream": %s, "stream_options": {"include_usage": true},
                "messages": [{"role": "user", "content": "What does a house cost?"}]}\
                """
                        .formatted(stream));
    }

    private Outcome outcome(Piecewise reply) throws Exception {
        List<Entry> entries = house.entries();
        assertEquals(
                1,
                entries.stream()
                        .filter(it -> it instanceof Attempt a && a.id().equals(reply.attempt()))
                        .count());
        List<Outcome> found =
                entries.stream()
                        .filter(
                                it ->
                                        it instanceof Outcome o
                                                && o.attempt().equals(reply.attempt()))
                        .map(it -> (Outcome) it)
                        .toList();
        assertEquals(1, found.size(), () -> reply.head() + found);
        return found.getFirst();
    }

    private void recorded(Piecewise reply, Result result, String reason) throws Exception {
        Outcome outcome = outcome(reply);
        assertEquals(result, outcome.result(), outcome::toString);
        assertEquals(Optional.of(reason), outcome.reason(), outcome::toString);
    }

    private void says(Piecewise reply, String decision, Optional<String> origin) {
        assertEquals(Optional.of(decision), reply.header("x-demur-decision"));
        assertEquals(origin, reply.header("x-demur-origin"));
    }

    private void asked(int times) {
        assertEquals(times, staged.asked.size());
        assertEquals(0, staged.open.get(), "each answer is closed");
        assertEquals(List.of(), List.copyOf(staged.answers));
    }

    @Test
    void anAnswerGoesOutAsItIsAndTheRecordSaysWhatIsKnownOfIt() throws Exception {
        staged.answers.add(List.of(BEGAN, text("A lot "), text("of money."), COUNTED, END));
        Piecewise reply = ask(false);
        assertEquals(200, reply.status());
        assertTrue(reply.whole());
        assertEquals(Optional.of("application/json"), reply.header("content-type"));
        assertTrue(reply.body().contains("\"content\":\"A lot of money.\""), reply::body);
        assertTrue(reply.body().contains("\"id\":\"" + reply.attempt()), reply::body);
        says(reply, "allow", Optional.empty());
        asked(1);
        Outcome outcome = outcome(reply);
        assertEquals(Result.ALLOW, outcome.result());
        assertEquals(Optional.of("answered"), outcome.reason());
        assertEquals(Optional.of("allow"), outcome.decision());
        assertEquals(Optional.empty(), outcome.origin());
        assertEquals(Optional.empty(), outcome.hazard(), "nobody was found to do harm");
        assertEquals(OptionalInt.of(1000), outcome.harmPpm());
        assertEquals(
                List.of(Staged.JUDGE.toString(), Staged.REVIEWER.toString()), outcome.judges());
        assertFalse(outcome.rules().isEmpty());
        assertEquals(OptionalLong.of(7), outcome.tokensIn());
        assertEquals(OptionalLong.of(11), outcome.tokensOut());
        assertEquals(reply.bytes(), outcome.releasedBytes());
        assertEquals(reply.bytes(), outcome.reply().orElseThrow().bytes());
        assertTrue(outcome.took().isPositive() && outcome.took().compareTo(MINUTE) < 0);
        assertEquals(List.of("answered A lot of money."), staged.told);
    }

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void theAttemptSaysWhoAskedWhatAndUnderWhichPolicy() throws Exception {
        staged.answers.add(List.of(BEGAN, text("A lot."), END));
        Piecewise reply = ask(false);
        Attempt attempt =
                house.entries().stream()
                        .filter(it -> it instanceof Attempt a && a.id().equals(reply.attempt()))
                        .map(it -> (Attempt) it)
                        .findFirst()
                        .orElseThrow();
        assertEquals("openai.chat", attempt.protocol());
        assertEquals("m", attempt.model());
        assertEquals("hosted", attempt.modelClass());
        assertEquals(Optional.of("0".repeat(64)), attempt.policy());
        assertEquals(Optional.of("conv_1"), attempt.conversation());
        assertTrue(attempt.request().bytes() > 100);
        assertTrue(outcome(reply).estimated(), "nobody counted tokens");
    }

    @Test
    void aStreamGoesOutPieceByPieceAndTheRecordCountsWhatHadLeft() throws Exception {
        staged.answers.add(List.of(BEGAN, text("A lot "), text("of money."), COUNTED, END));
        Piecewise reply = ask(true);
        assertEquals(200, reply.status());
        assertTrue(reply.whole());
        assertEquals(Optional.of("text/event-stream"), reply.header("content-type"));
        assertEquals(Optional.of("no-store"), reply.header("cache-control"));
        assertTrue(reply.body().endsWith("data: [DONE]\n\n"), reply::body);
        assertTrue(reply.pieces().stream().anyMatch(it -> it.contains("A lot ")));
        assertTrue(
                reply.pieces().stream()
                        .noneMatch(it -> it.contains("A lot ") && it.contains("of money.")));
        asked(1);
        Outcome outcome = outcome(reply);
        String last = reply.pieces().getLast();
        assertTrue(last.contains("[DONE]") && last.contains("\"finish_reason\":\"stop\""), last);
        assertEquals(reply.bytes(), outcome.releasedBytes());
        assertEquals(Result.ALLOW, outcome.result());
    }

    @Test
    void whatIsRefusedOrHeldReachesNoModelAndIsRemembered() throws Exception {
        for (boolean stream : new boolean[] {false, true}) {
            staged.usual();
            staged.found = () -> Staged.harm(0.99);
            Piecewise refused = ask(stream);
            assertEquals(200, refused.status());
            assertTrue(refused.whole());
            assertTrue(refused.body().contains("its policy leaves out"), refused::body);
            says(refused, "refuse", Optional.of("gateway"));
            asked(0);
            Outcome outcome = outcome(refused);
            assertEquals(Result.REFUSE_LOCAL, outcome.result());
            assertEquals(Optional.of(Refusal.Origin.GATEWAY), outcome.origin());
            assertEquals(Optional.of("NON_VIOLENT_CRIMES"), outcome.hazard().map(Enum::name));
            assertTrue(outcome.reason().orElseThrow().length() > 2, outcome::toString);
            assertEquals(List.of(Staged.JUDGE.toString()), outcome.judges());
            assertTrue(outcome.reply().isPresent());
            String said = "refused " + refused.attempt() + " NON_VIOLENT_CRIMES";
            assertEquals(said, staged.told.getFirst());
            assertEquals(2, staged.told.size());
        }
        staged.usual();
        staged.found = () -> Staged.harm(0.975);
        Piecewise held = ask(false);
        says(held, "hold", Optional.of("gateway"));
        asked(0);
        assertEquals(Result.REVIEW, outcome(held).result());
    }

    @Test
    void whatIsNotedIsAskedAsItCame() throws Exception {
        staged.found = () -> Staged.harm(0.63);
        staged.answers.add(List.of(BEGAN, text("A lot."), END));
        Piecewise reply = ask(false);
        says(reply, "annotate", Optional.empty());
        asked(1);
        assertEquals(1, ((Call) staged.asked.getFirst()).speeches().size());
        recorded(reply, Result.ALLOW, "answered");
        assertEquals(Optional.of("NON_VIOLENT_CRIMES"), outcome(reply).hazard().map(Enum::name));
    }

    @Test
    void onConditionsAnAnswerThatDoesNotMeetThemIsAskedForOnceMore() throws Exception {
        staged.found = () -> Staged.harm(0.7);
        staged.answers.add(List.of(BEGAN, text("STOP"), END));
        staged.answers.add(List.of(BEGAN, text("A lot."), END));
        Piecewise reply = ask(true);
        says(reply, "condition", Optional.empty());
        asked(2);
        assertEquals(2, ((Call) staged.asked.getFirst()).speeches().size());
        assertFalse(staged.asked.get(0).equals(staged.asked.get(1)));
        assertTrue(reply.body().contains("A lot."), reply::body);
        assertFalse(reply.body().contains("STOP"), reply::body);
        recorded(reply, Result.ALLOW, "answered");
        assertEquals(List.of("answered A lot."), staged.told);
    }

    @Test
    void whereTheSecondDoesNotMeetThemEitherTheCallerIsTold() throws Exception {
        staged.found = () -> Staged.harm(0.7);
        staged.answers.add(List.of(BEGAN, text("STOP"), END));
        staged.answers.add(List.of(BEGAN, text("so STOP"), END));
        Piecewise reply = ask(false);
        says(reply, "refuse", Optional.of("gateway"));
        asked(2);
        assertEquals(200, reply.status());
        Outcome outcome = outcome(reply);
        assertEquals(Result.REFUSE_LOCAL, outcome.result());
        assertEquals(Optional.of(Refusal.Origin.GATEWAY), outcome.origin());
        assertFalse(reply.body().contains("STOP"), reply::body);
    }

    @Test
    void whatHasBegunToLeaveIsEndedAndNotAskedAnew() throws Exception {
        staged.found = () -> Staged.harm(0.7);
        staged.answers.add(List.of(BEGAN, text("A lot "), text("STOP"), text("never"), END));
        Piecewise reply = ask(true);
        asked(1);
        assertTrue(reply.whole());
        assertTrue(reply.body().contains("A lot "), reply::body);
        assertFalse(reply.body().contains("STOP") || reply.body().contains("never"));
        assertTrue(reply.body().contains("\"finish_reason\":\"content_filter\""), reply::body);
        assertTrue(reply.body().contains("\"end_offset\":6"), reply::body);
        assertTrue(reply.body().contains("\"refusal\":\""), reply::body);
        Outcome outcome = outcome(reply);
        assertEquals(Result.PARTIAL, outcome.result());
        assertEquals(Optional.of(Refusal.Origin.GATEWAY), outcome.origin());
        assertEquals(
                List.of(Staged.JUDGE.toString(), Staged.REVIEWER.toString()), outcome.judges());
        assertTrue(outcome.reason().orElseThrow().length() > 2, outcome::toString);
        assertFalse(outcome.reason().equals(Optional.of("answered")));
    }

    @Test
    void whatEndsBeforeAnyTextHadLeftTakesNothingBack() throws Exception {
        staged.answers.add(List.of(BEGAN, new Event.Reasoning("let me see"), text("STOP"), END));
        Piecewise reply = ask(true);
        asked(1);
        assertTrue(reply.body().contains("\"finish_reason\":\"content_filter\""), reply::body);
        assertFalse(reply.body().contains("end_offset"), reply::body);
        assertEquals(Result.PARTIAL, outcome(reply).result());
    }

    @Test
    void aProvidersRefusalReachesTheCallerAndIsNoneOfOurs() throws Exception {
        for (boolean stream : new boolean[] {false, true}) {
            staged.usual();
            StopReason refusal = new StopReason.Refusal("message.refusal", Optional.of("cyber"));
            staged.answers.add(
                    List.of(
                            BEGAN,
                            new Event.Refusal("I won't."),
                            new Event.Stop(
                                    refusal,
                                    Optional.empty(),
                                    ProviderRefusal.of(refusal, Optional.empty()),
                                    Optional.empty())));
            Piecewise reply = ask(stream);
            asked(1);
            says(reply, "allow", Optional.of("provider"));
            assertTrue(reply.body().contains("I won't."), reply::body);
            Outcome outcome = outcome(reply);
            assertEquals(Result.REFUSE_UPSTREAM, outcome.result());
            assertEquals(Optional.of(Refusal.Origin.PROVIDER), outcome.origin());
            assertEquals(Optional.of("provider"), outcome.reason());
        }
    }

    @Test
    void aModelThatRefusesInPlainWordsHasRefused() throws Exception {
        staged.answers.add(
                List.of(BEGAN, text("I'm sorry, but I can't help with that request."), END));
        Piecewise reply = ask(false);
        says(reply, "allow", Optional.of("model"));
        Outcome outcome = outcome(reply);
        assertEquals(Result.REFUSE_UPSTREAM, outcome.result());
        assertEquals(Optional.of(Refusal.Origin.MODEL), outcome.origin());
        assertEquals(Optional.of("model"), outcome.reason());
    }

    @Test
    void aFailureUpstreamIsAnErrorAndNoRefusal() throws Exception {
        Event failed = new Event.Failed(new Failure(Failure.Kind.OUTAGE, 500, "secret"));
        for (boolean stream : new boolean[] {false, true}) {
            staged.usual();
            staged.answers.add(List.of(failed));
            Piecewise reply = ask(stream);
            asked(1);
            assertEquals(502, reply.status());
            assertTrue(reply.whole());
            assertTrue(reply.body().startsWith("{\"error\":"), reply::body);
            assertFalse(reply.body().contains("secret"), reply::body);
            Outcome outcome = outcome(reply);
            assertEquals(Result.ERROR, outcome.result());
            assertEquals(Optional.of("upstream"), outcome.reason());
            assertEquals(Optional.empty(), outcome.reply());
            assertEquals(Optional.empty(), outcome.origin());
            assertEquals(List.of(), staged.told);
        }
    }

    @Test
    void aStreamThatBreaksOffUpstreamIsNotTakenForAWholeOne() throws Exception {
        Event failed = new Event.Failed(Failure.broken("cut"));
        staged.answers.add(List.of(BEGAN, text("A lot "), failed));
        Piecewise reply = ask(true);
        assertEquals(200, reply.status());
        assertFalse(reply.whole());
        assertTrue(reply.body().contains("A lot "), reply::body);
        assertTrue(reply.body().contains("broke off"), reply::body);
        assertFalse(reply.body().contains("[DONE]"), reply::body);
        recorded(reply, Result.ERROR, "upstream");
        assertTrue(outcome(reply).releasedBytes() > 0);
    }

    @Test
    void whereSomethingBreaksTheAttemptEndsAsAnErrorOnce() throws Exception {
        staged.whenAsked =
                () -> {
                    throw new IllegalStateException("planted");
                };
        Piecewise reply = ask(true);
        assertEquals(500, reply.status());
        assertFalse(reply.body().contains("planted"), reply::body);
        recorded(reply, Result.ERROR, "internal");
        assertEquals(0, outcome(reply).releasedBytes());
        staged.usual();
        staged.answers.add(List.of(BEGAN, text("A lot "), END));
        staged.beforeTheEnd =
                () -> {
                    throw new IllegalStateException("planted");
                };
        Piecewise late;
        try (Overheard heard = new Overheard()) {
            late = ask(true);
            assertFalse(heard.text().contains("Unhandled"), heard::text);
        }
        assertFalse(late.whole());
        recorded(late, Result.ERROR, "internal");
        assertEquals(0, staged.open.get());
        assertEquals(late.bytes(), outcome(late).releasedBytes());
    }
}
