package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.StopReason;
import io.demur.core.access.Authentication;
import io.demur.core.access.Caller;
import io.demur.core.access.Limits;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Outcome.Result;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Usage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How a reply goes out, in pieces or whole, to callers who read it and to those who do not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepliedTest {

    private static final Event BEGAN = new Event.Began("c1", "m");
    private static final Event SAID = new Event.Text("A lot of money.");
    private static final Event END = Event.Stop.of(StopReason.END);
    private static final String PATH = "/v1/chat/completions";

    /** Of 64 kB each: more than lies between a caller and the gateway. */
    private static final int MANY = 250;

    private final Staged staged = new Staged();
    private volatile Limits limits = Limits.NONE;
    private House house;
    private Raw raw;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        staged.more = this::limited;
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
        limits = Limits.NONE;
    }

    private Foundations limited(Foundations right) {
        return Swapped.with(right, (text, now) -> limited(right.keys().authenticate(text, now)));
    }

    private Authentication limited(Authentication right) {
        return right instanceof Authentication.Known known
                ? new Authentication.Known(
                        new Caller(
                                known.caller().key(),
                                known.caller().principal(),
                                known.caller().role(),
                                known.caller().project(),
                                known.caller().purpose(),
                                known.caller().scope(),
                                limits))
                : right;
    }

    private static String chat(boolean stream) {
        return """
        {"model": "m", "stream": %s,
        "messages": [{"role": "user", "content": "What does a house cost?"}]}\
        """
                .formatted(stream);
    }

    private List<String> attempts() throws Exception {
        return house.entries().stream()
                .filter(Attempt.class::isInstance)
                .map(it -> ((Attempt) it).id())
                .toList();
    }

    /** The outcome of the one attempt that is not among these, once it is there. */
    private Outcome ended(List<String> before) throws Exception {
        for (int i = 0; i < 1000; i++) {
            List<Outcome> found =
                    house.entries().stream()
                            .filter(it -> it instanceof Outcome o && !before.contains(o.attempt()))
                            .map(it -> (Outcome) it)
                            .toList();
            if (!found.isEmpty()) {
                assertEquals(before.size() + 1, attempts().size());
                assertEquals(1, found.size());
                return found.getFirst();
            }
            Thread.sleep(20);
        }
        throw new AssertionError("it has no outcome");
    }

    @Test
    void aStreamInWhichNothingIsSaidIsAStreamAllTheSame() throws Exception {
        staged.answers.add(List.of(END));
        Piecewise reply = Piecewise.ask(raw, PATH, chat(true));
        assertEquals(Optional.of("text/event-stream"), reply.header("content-type"));
        assertTrue(reply.whole());
        assertTrue(reply.body().endsWith("data: [DONE]\n\n"), reply::body);
    }

    @Test
    void whatAProtocolDoesNotShowDoesNotBeginAReply() throws Exception {
        Event thought = new Event.Reasoning("let me see");
        Event failed = new Event.Failed(new Failure(Failure.Kind.OUTAGE, 500, "down"));
        String completions =
                "{\"model\": \"m\", \"stream\": true, \"prompt\": \"What does a house cost?\"}";
        staged.answers.add(List.of(BEGAN, thought, failed));
        Piecewise broken = Piecewise.ask(raw, "/v1/completions", completions);
        assertEquals(502, broken.status());
        assertTrue(broken.whole());
        // so that it can still be said who refuses
        staged.answers.add(List.of(BEGAN, thought, new Event.Text(Staged.STOP), END));
        List<String> before = attempts();
        Piecewise withheld = Piecewise.ask(raw, "/v1/completions", completions);
        assertEquals(Optional.of("gateway"), withheld.header("x-demur-origin"));
        assertEquals(Result.PARTIAL, ended(before).result());
    }

    @Test
    void whoDoesNotReadIsNotWrittenFor() throws Exception {
        List<Event> much = new ArrayList<>();
        much.add(BEGAN);
        much.addAll(Collections.nCopies(MANY, new Event.Text("x".repeat(65_536))));
        much.add(END);
        CountDownLatch over = new CountDownLatch(1);
        staged.answers.add(much);
        staged.beforeTheEnd = over::countDown;
        List<String> before = attempts();
        try (Socket socket = raw.open()) {
            socket.setReceiveBufferSize(65_536);
            Raw.send(socket, raw.request(PATH, chat(true)));
            int said;
            do {
                said = staged.said.get();
            } while (!over.await(2, TimeUnit.SECONDS) && staged.said.get() != said);
            assertTrue(staged.said.get() < MANY, "the model was listened to for nobody");
        }
        assertEquals(Result.ABORT, ended(before).result());
    }

    /** Waits, as judges and models do, until the gateway knows that the caller has left. */
    private void leftAt(CountDownLatch there) {
        there.countDown();
        Vertx vertx = Vertx.currentContext().owner();
        for (int i = 0; i < 500 && staged.cancelled.get() == 0; i++) {
            Future.await(vertx.timer(10));
        }
    }

    private void leave(CountDownLatch there, boolean stream) throws Exception {
        try (Socket socket = raw.open()) {
            Raw.send(socket, raw.request(PATH, chat(stream)));
            assertTrue(there.await(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void whoLeftBeforeTheModelWasAskedIsFoundToHaveLeft() throws Exception {
        CountDownLatch there = new CountDownLatch(1);
        staged.answers.add(List.of(BEGAN, SAID, END));
        staged.found =
                () -> {
                    there.countDown();
                    Future.await(Vertx.currentContext().owner().timer(700));
                    return Staged.harm(0.001);
                };
        List<String> before = attempts();
        leave(there, true);
        assertTrue(ended(before).reason().isPresent());
        assertEquals(1, staged.cancelled.get());
    }

    @Test
    void anAnswerThatNobodyIsThereToGetHasOneOutcomeAndIsNoMishap() throws Exception {
        for (boolean stream : new boolean[] {false, true}) {
            staged.usual();
            CountDownLatch there = new CountDownLatch(1);
            staged.answers.add(List.of(BEGAN, SAID, END));
            staged.beforeTheEnd = () -> leftAt(there);
            List<String> before = attempts();
            try (Overheard heard = new Overheard()) {
                leave(there, stream);
                assertEquals(Result.ALLOW, ended(before).result());
                whatComesNextIsServed();
                assertFalse(heard.text().contains("Mishap"), heard::text);
                assertFalse(heard.text().contains("Unhandled"), heard::text);
            }
            assertEquals(1, staged.cancelled.get());
        }
    }

    @Test
    void whatBreaksBehindWhoHasLeftIsSaidToNobody() throws Exception {
        CountDownLatch there = new CountDownLatch(1);
        staged.answers.add(List.of(BEGAN, SAID, END));
        staged.beforeTheEnd =
                () -> {
                    leftAt(there);
                    throw new IllegalStateException("planted");
                };
        List<String> before = attempts();
        try (Overheard heard = new Overheard()) {
            leave(there, false);
            assertEquals(Result.ABORT, ended(before).result());
            whatComesNextIsServed();
            assertFalse(heard.text().contains("Unhandled"), heard::text);
        }
    }

    /** By then whatever was to be said of the one before has been. */
    private void whatComesNextIsServed() throws Exception {
        staged.usual();
        staged.answers.add(List.of(BEGAN, SAID, END));
        staged.cancelled.set(1);
        Thread.sleep(200);
        assertEquals(200, Piecewise.ask(raw, PATH, chat(false)).status());
        staged.cancelled.set(1);
    }

    @Test
    void whatTheModelsServerCountedIsWhatTheCallerHasUsed() throws Exception {
        OptionalLong none = OptionalLong.empty();
        limits = new Limits(none, OptionalLong.of(1_900_000_000), none, none);
        staged.answers.add(
                List.of(BEGAN, SAID, new Event.Counted(Usage.of(Usage.MOST, Usage.MOST)), END));
        assertEquals(200, Piecewise.ask(raw, PATH, chat(false)).status());
        Piecewise more = Piecewise.ask(raw, PATH, chat(false));
        assertEquals(429, more.status());
        assertEquals(1, staged.asked.size());
    }
}
