package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.drill.DrillProbe;
import io.demur.core.drill.Timetable;
import io.demur.core.policy.ModelClass;
import io.demur.gateway.drill.Alarm;
import io.demur.gateway.drill.Driller;
import io.demur.gateway.drill.Drills;
import io.demur.gateway.drill.Kind;
import io.demur.gateway.drill.Watch;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.notice.Notice;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.Upstream;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Outcome;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Reply;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** A gateway that is drilled through its own door. */
class DrillTest {

    private static final String NO = "I'm sorry, but I can't help with that.";
    private static final String YES =
            "Sure. Begin by writing down what you have, then put it in order, and then look at what"
                    + " is missing.";

    private final Set<String> harmful =
            DrillProbe.shipped().stream()
                    .filter(it -> it.right() == DrillProbe.Right.REFUSE)
                    .map(DrillProbe::text)
                    .collect(Collectors.toSet());

    private final Model model = new Model();
    private final Drills drills = new Drills(new Watch());
    private final AtomicReference<Foundations> on = new AtomicReference<>();
    private final BlockingQueue<DrillRun> alarmed = new LinkedBlockingQueue<>();
    private House house;
    private Vertx vertx;
    private Offload offload;

    /** Declines what is harmful, as long as it does. */
    private final class Model implements Upstream {

        final AtomicReference<String> toHarm = new AtomicReference<>(NO);
        final AtomicReference<String> toOthers = new AtomicReference<>(YES);
        final Set<String> asked = ConcurrentHashMap.newKeySet();

        @Override
        public Answer send(Permit permit) {
            Call call = (Call) permit.take(Instant.EPOCH, "m", ModelClass.HOSTED);
            String text = call.request().prompt();
            asked.add(text);
            return new Whole(
                    Reply.of(requireNonNull((harmful.contains(text) ? toHarm : toOthers).get()))
                            .events());
        }
    }

    private static final class Whole implements Answer {
        private final List<Event> events;

        Whole(List<Event> events) {
            this.events = events;
        }

        @Override
        public List<Event> next() {
            return events;
        }

        @Override
        public String server() {
            return "here";
        }

        @Override
        public void cancel() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        house =
                new House(
                        folder,
                        Map.of("m", model),
                        right -> {
                            on.set(right.with(drills));
                            return on.get();
                        },
                        GatewaySettings.USUAL);
        offload = new Offload("drills", 1, 16);
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        offload.close();
        house.close();
    }

    private void deploy(InstantSource clock, Driller.Pace pace) throws Exception {
        Foundations foundations = requireNonNull(on.get());
        vertx.deployVerticle(
                        new Driller(
                                drills,
                                new Driller.Setting(
                                        house.trail,
                                        foundations.ids(),
                                        clock,
                                        foundations.policy(),
                                        foundations.models(),
                                        day -> CompletableFuture.completedFuture(house.principal),
                                        new Timetable(new byte[] {1}),
                                        new StopReasonDetector(LinearJudge.shipped()),
                                        offload,
                                        alarmed::add),
                                new Driller.At("127.0.0.1", house.port(), Optional.empty()),
                                pace),
                        new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private List<DrillRun> now(int each) throws Exception {
        return drills.now(Optional.of("m"), each).get(120, TimeUnit.SECONDS);
    }

    private String get(String path) throws Exception {
        try (Socket socket = new Raw(house).open()) {
            Raw.send(
                    socket,
                    "GET " + path + " HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n");
            return Raw.untilEnd(socket);
        }
    }

    @Test
    void aDrillGoesTheWayOfEveryCallerAndIsMarkedForTheLogAlone() throws Exception {
        deploy(InstantSource.system(), Driller.Pace.USUAL);
        List<DrillRun> came = now(5);
        assertEquals(10, came.size());
        List<Entry> entries = house.entries();
        for (DrillRun drill : came) {
            assertTrue(drill.passed(), drill.toString());
            Attempt attempt =
                    entries.stream()
                            .filter(Attempt.class::isInstance)
                            .map(Attempt.class::cast)
                            .filter(it -> it.id().equals(drill.attempt().orElseThrow()))
                            .findFirst()
                            .orElseThrow();
            assertEquals(Gate.DRILLS, attempt.protocol());
            assertEquals("m", attempt.model());
            assertEquals(
                    1,
                    entries.stream()
                            .filter(
                                    it ->
                                            it instanceof Outcome outcome
                                                    && outcome.attempt().equals(attempt.id()))
                            .count());
            assertTrue(entries.contains(drill), drill.toString());
        }
        String metrics = get("/metrics");
        assertTrue(metrics.contains("\ndemur_drills_total 10\n"), metrics);
        assertFalse(metrics.contains("demur_exchanges_total{"), metrics);
        assertFalse(metrics.contains("demur_tokens_total{"), metrics);
        assertFalse(metrics.contains("demur_http_replies_total{"), metrics);
        assertTrue(metrics.contains("demur_drill_rate{model=\"m\",stream=\"harmful\""), metrics);
        Watch again = new Watch();
        entries.stream()
                .filter(DrillRun.class::isInstance)
                .forEach(it -> again.take((DrillRun) it));
        assertEquals(drills.watch().snapshot(), again.snapshot());
    }

    @Test
    void noCallerComesInAsADrill() throws Exception {
        deploy(InstantSource.system(), Driller.Pace.USUAL);
        String body =
                "{\"model\": \"m\", \"messages\": [" + Spoken.message("user", "Hello there") + "]}";
        try (Socket socket = new Raw(house).open()) {
            Raw.send(
                    socket,
                    "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nconnection: close\r\n"
                            + "authorization: Bearer drill_"
                            + "0".repeat(64)
                            + "\r\ncontent-length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body);
            assertTrue(Raw.untilEnd(socket).startsWith("HTTP/1.1 401"));
        }
        new Raw(house).stream("/v1/chat/completions", body.replace("\"m\"", "\"rehearsal\""));
        assertTrue(
                house.entries().stream()
                        .noneMatch(
                                it ->
                                        it instanceof Attempt attempt
                                                && attempt.protocol().equals(Gate.DRILLS)));
    }

    @Test
    void aModelThatStartsToComplyIsNoticed() throws Exception {
        deploy(InstantSource.system(), Driller.Pace.USUAL);
        for (int i = 0; i < 8; i++) {
            now(50);
        }
        assertEquals(List.of(), List.copyOf(alarmed));
        model.toHarm.set(YES);
        now(20);
        List<Notice> told =
                alarmed.stream().map(it -> Alarm.notice(it, "here").orElseThrow()).toList();
        assertTrue(
                told.stream()
                        .anyMatch(
                                it ->
                                        it.words().contains("falling")
                                                && it.words().contains("judge has not")),
                told.toString());
        assertTrue(
                house.entries().stream()
                        .anyMatch(
                                it ->
                                        it instanceof DrillRun drill
                                                && drill.alarm().equals(Optional.of("model"))));
        assertTrue(get("/metrics").contains("demur_drill_alarm_timestamp_seconds{model=\"m\""));
        assertTrue(
                drills.watch().snapshot().models().getFirst().streams().containsKey(Kind.LEAKED));
    }

    @Test
    void drillsThatStopAreAnAlarmAndTheGatewayStaysReady() throws Exception {
        AtomicReference<Instant> time = new AtomicReference<>(Instant.now());
        deploy(
                time::get,
                new Driller.Pace(
                        Duration.ofMillis(20), Duration.ofSeconds(20), Duration.ofHours(6)));
        new Raw(house)
                .stream(
                        "/v1/chat/completions",
                        "{\"model\": \"m\", \"messages\": ["
                                + Spoken.message("user", "Hello there")
                                + "]}");
        model.toHarm.set(YES);
        model.toOthers.set(NO);
        time.set(requireNonNull(time.get()).plus(Duration.ofHours(7)));
        DrillRun told = requireNonNull(alarmed.poll(30, TimeUnit.SECONDS));
        assertTrue(
                Alarm.notice(told, "here").orElseThrow().words().contains("no drill"),
                told::toString);
        assertTrue(get("/readyz").startsWith("HTTP/1.1 200"));
    }

    @Test
    void whatTheTimetableSaysIsAskedOnceOfModelsThatCallersAsk() throws Exception {
        Instant midnight =
                Instant.now()
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate()
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
        AtomicReference<Instant> time = new AtomicReference<>(midnight);
        deploy(
                time::get,
                new Driller.Pace(
                        Duration.ofMillis(20), Duration.ofSeconds(20), Duration.ofDays(60)));
        List<Timetable.Slot> slots =
                new Timetable(new byte[] {1})
                        .day("m", midnight.atZone(ZoneOffset.UTC).toLocalDate(), 25);
        time.set(slots.getFirst().at());
        new Raw(house)
                .stream(
                        "/v1/chat/completions",
                        "{\"model\": \"m\", \"messages\": ["
                                + Spoken.message("user", "Hello there")
                                + "]}");
        while (drills.watch().snapshot().drills() == 0) {
            Thread.onSpinWait();
        }
        String asked = slots.getFirst().probe().id();
        List<DrillRun> all =
                house.entries().stream()
                        .filter(DrillRun.class::isInstance)
                        .map(DrillRun.class::cast)
                        .toList();
        assertEquals(List.of(asked), all.stream().map(DrillRun::name).toList());
    }

    @Test
    void drillsThatAreWantedNowComeOneAfterTheOther() throws Exception {
        deploy(InstantSource.system(), Driller.Pace.USUAL);
        CompletableFuture<List<DrillRun>> first = drills.now(Optional.of("m"), 3);
        CompletableFuture<List<DrillRun>> second = drills.now(Optional.of("m"), 3);
        assertEquals(6, first.get(60, TimeUnit.SECONDS).size());
        try {
            second.get(60, TimeUnit.SECONDS);
            throw new AssertionError("both were drilled");
        } catch (ExecutionException e) {
            assertTrue(e.getCause() instanceof IllegalStateException);
        }
        String reply;
        try (Socket socket = new Raw(house).open()) {
            Raw.send(
                    socket,
                    """
                    POST /demur/v1/drills?model=m&each=1 HTTP/1.1\r
                    host: 127.0.0.1\r
                    content-length: 0\r
                    connection: close\r
                    \r
                    """);
            reply = Raw.untilEnd(socket);
        }
        assertTrue(reply.contains("\"passed\":true"), reply);
    }
}
