package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.StopReason;
import io.demur.core.policy.ModelClass;
import io.demur.desk.Ledger;
import io.demur.desk.Line;
import io.demur.gateway.gate.Findings;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.Given;
import io.demur.gateway.upstream.Upstream;
import io.demur.gateway.upstream.Whole;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Outcome.Result;
import io.demur.store.LedgerRows;
import io.demur.store.LedgerRows.Axis;
import io.demur.store.LedgerRows.Window;
import io.demur.store.Projection;
import io.demur.store.Store;
import io.demur.store.StoreSettings;
import io.demur.wire.chat.Embedded;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Failure;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What the gateway takes of an exchange, in the log and in the ledger: all but what it waits for
 * others. Judging takes 3 ms here, and each event of a model 100 ms.
 */
class LatencyTest {

    private static final String PATH = "/v1/chat/completions";
    private static final Event BEGAN = new Event.Began("c1", "m");
    private static final Event END = Event.Stop.of(StopReason.END);
    private static final Duration JUDGING = Duration.ofMillis(3);
    private static final Duration EVENT = Duration.ofMillis(100);

    private final Hands hands = new Hands();
    private final Staged staged = new Staged();
    private final List<Outcome> seen = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private House house;

    @SuppressWarnings("NullAway.Init")
    private Raw raw;

    @BeforeEach
    void start() throws Exception {
        LongSupplier clock = hands;
        staged.more = on -> Swapped.with(on, clock);
        Map<String, Upstream> models = Map.of("m", staged, "e", new Embedding());
        house = new House(folder, models, staged, GatewaySettings.USUAL);
        raw = new Raw(house);
        harm(0.001);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    /** Gives numbers after a while. */
    private final class Embedding implements Upstream {
        @Override
        public Answer send(Permit permit) {
            throw new AssertionError("nobody asks for an answer");
        }

        @Override
        public Whole<Embedded> embed(Permit permit) {
            var unused = permit.take(Instant.EPOCH, "e", ModelClass.HOSTED);
            return new Numbers();
        }
    }

    private final class Numbers implements Whole<Embedded> {
        private Duration waited = Duration.ZERO;

        @Override
        public Given<Embedded> get() {
            waited = hands.pass(EVENT);
            return new Given.Value<>(new Embedded("e", List.of(new float[] {1}), 3));
        }

        @Override
        public String server() {
            return "staged";
        }

        @Override
        public Duration waited() {
            return waited;
        }

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }

    private void harm(double p) {
        staged.usual();
        staged.found = () -> judged(p);
        staged.waits = () -> hands.pass(EVENT);
    }

    private Findings judged(double p) {
        hands.pass(JUDGING);
        return Staged.harm(p);
    }

    private static Event text(String text) {
        return new Event.Text(text);
    }

    private static String chat(boolean stream) {
        return """
        {"model": "m", "stream": %s,
        "messages": [{"role": "user", "content": "What does a house cost?"}]}\
        """
                .formatted(stream);
    }

    private void takes(Result result, int millis, int added) throws Exception {
        takes(PATH, chat(false), result, millis, added);
    }

    private void takes(String path, String body, Result result, int millis, int added)
            throws Exception {
        Piecewise reply = Piecewise.ask(raw, path, body);
        Outcome outcome = outcome(reply.attempt());
        assertEquals(result, outcome.result(), outcome::toString);
        assertEquals(Duration.ofMillis(millis), outcome.took(), outcome::toString);
        assertEquals(Optional.of(Duration.ofMillis(added)), outcome.added(), outcome::toString);
    }

    private Outcome outcome(String attempt) throws Exception {
        Outcome found =
                house.entries().stream()
                        .filter(it -> it instanceof Outcome o && o.attempt().equals(attempt))
                        .map(it -> (Outcome) it)
                        .findFirst()
                        .orElseThrow();
        seen.add(found);
        return found;
    }

    @Test
    void ofAnAnswerAllCountsButWhatTheModelIsWaitedFor() throws Exception {
        for (boolean stream : new boolean[] {false, true}) {
            staged.answers.add(List.of(BEGAN, text("A lot "), text("of money."), END));
            takes(PATH, chat(stream), Result.ALLOW, 403, 3);
        }
        staged.answers.add(List.of(BEGAN, text(Staged.STOP), END));
        takes(Result.REFUSE_LOCAL, 203, 3);
        staged.answers.add(List.of(BEGAN, text("A lot "), text(Staged.STOP), END));
        takes(PATH, chat(true), Result.PARTIAL, 303, 3);
        staged.answers.add(
                List.of(new Event.Failed(new Failure(Failure.Kind.OUTAGE, 500, "down"))));
        takes(Result.ERROR, 103, 3);
        takes("/v1/embeddings", "{\"model\": \"e\", \"input\": \"a house\"}", Result.ALLOW, 103, 3);
        assertTheLedgerAgrees();
    }

    @Test
    void whereNoModelIsAskedAllOfItCounts() throws Exception {
        harm(0.99);
        takes(Result.REFUSE_LOCAL, 3, 3);
        // nobody is waited for: a person is told, and the caller that this takes a while
        harm(0.975);
        takes(Result.REVIEW, 3, 3);
        harm(0.99);
        takes(
                "/v1/embeddings",
                "{\"model\": \"e\", \"input\": \"a house\"}",
                Result.REFUSE_LOCAL,
                3,
                3);
        assertTheLedgerAgrees();
    }

    @Test
    void theSecondAnswerCountsBecauseTheFirstOneStayedBack() throws Exception {
        harm(0.7);
        staged.answers.add(List.of(BEGAN, text(Staged.STOP), END));
        staged.answers.add(List.of(BEGAN, text("A lot."), END));
        takes(Result.ALLOW, 503, 303);
        staged.answers.add(List.of(BEGAN, text(Staged.STOP), END));
        staged.answers.add(List.of(BEGAN, text("so " + Staged.STOP), END));
        takes(Result.REFUSE_LOCAL, 403, 203);
        assertTheLedgerAgrees();
    }

    @Test
    void whatTheCallerIsWaitedForIsNotOurs() throws Exception {
        List<Event> much = new ArrayList<>();
        much.add(BEGAN);
        much.addAll(Collections.nCopies(200, text("x".repeat(65_536))));
        much.add(END);
        staged.answers.add(much);
        String request =
                raw.request(PATH, chat(true))
                        .replace("host: x\r\n", "host: x\r\nconnection: close\r\n");
        int body = request.indexOf("\r\n\r\n") + 4;
        try (Socket socket = raw.open()) {
            socket.setReceiveBufferSize(65_536);
            Raw.send(socket, request.substring(0, body));
            while (hands.read() < 2) {
                Thread.sleep(5); // until it waits for the body
            }
            hands.pass(Duration.ofMinutes(1));
            Raw.send(socket, request.substring(body));
            stalled();
            hands.pass(Duration.ofHours(1));
            String reply = Raw.untilEnd(socket);
            assertTrue(reply.contains("data: [DONE]"), () -> end(reply));
        }
        Outcome outcome =
                house.entries().stream()
                        .filter(Outcome.class::isInstance)
                        .map(it -> (Outcome) it)
                        .findFirst()
                        .orElseThrow();
        seen.add(outcome);
        assertEquals(Result.ALLOW, outcome.result());
        assertEquals(
                Duration.ofMinutes(61).plus(JUDGING).plus(EVENT.multipliedBy(202)), outcome.took());
        assertEquals(Optional.of(JUDGING), outcome.added());
        assertTheLedgerAgrees();
    }

    private static String end(String text) {
        return text.substring(Math.max(0, text.length() - 300));
    }

    /** Until what was written is read by nobody: then it looks at the clock no more. */
    private void stalled() throws InterruptedException {
        int before;
        do {
            before = hands.read();
            Thread.sleep(1_000);
        } while (before < 4 || hands.read() != before);
        assertEquals(0, before % 2, "it waits");
    }

    /** The rows and the ledger say of these requests what their entries say. */
    private void assertTheLedgerAgrees() throws Exception {
        try (Store store = Store.open(StoreSettings.file(folder.resolve("ledger.db")))) {
            long size = house.trail.publish();
            Projection projection =
                    new Projection(
                            store,
                            house.trail.origin(),
                            EntryCodec::read,
                            InstantSource.fixed(Instant.EPOCH));
            long taken = projection.catchUp(house.trail.reader(), size);
            assertEquals(size, taken);
            assertEquals(0, projection.check(house.trail.reader(), size).wrong());
            Window all = new Window(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
            Ledger ledger =
                    Ledger.read(
                            new LedgerRows(store, house.trail.origin()), all, Set.of(Axis.MODEL));
            List<Duration> sorted =
                    seen.stream().map(it -> it.added().orElseThrow()).sorted().toList();
            assertEquals(
                    Optional.of(
                            new Line.Added(
                                    sorted.size(),
                                    sorted.get((sorted.size() - 1) / 2),
                                    sorted.getLast())),
                    ledger.total().added());
            assertEquals(
                    sorted.size(),
                    ledger.by(Axis.MODEL).stream()
                            .mapToLong(it -> it.added().orElseThrow().known())
                            .sum());
        }
    }
}
