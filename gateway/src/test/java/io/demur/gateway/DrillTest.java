package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.Message;
import io.demur.core.access.Authentication;
import io.demur.core.access.Caller;
import io.demur.core.access.Limits;
import io.demur.core.access.Operation;
import io.demur.core.access.Scope;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.drill.DrillProbe;
import io.demur.core.drill.Timetable;
import io.demur.core.policy.Axes;
import io.demur.core.policy.ModelClass;
import io.demur.gateway.drill.Driller;
import io.demur.gateway.drill.Drills;
import io.demur.gateway.drill.Extra;
import io.demur.gateway.drill.Kind;
import io.demur.gateway.drill.Watch;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.gate.Permit;
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
import io.vertx.core.Future;
import io.vertx.core.Promise;
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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    private static final Driller.Pace LOOKING =
            new Driller.Pace(Duration.ofMillis(1), Duration.ofSeconds(20), Duration.ofHours(6));

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
        final Queue<Call> calls = new ConcurrentLinkedQueue<>();
        final AtomicReference<Future<?>> slow = new AtomicReference<>(Future.succeededFuture());

        @Override
        public Answer send(Permit permit) {
            Call call = (Call) permit.take(Instant.EPOCH, "m", ModelClass.HOSTED);
            String text = call.request().prompt();
            asked.add(text);
            calls.add(call);
            Future.await(requireNonNull(slow.get()));
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
                            on.set(keys(right).with(drills));
                            return on.get();
                        },
                        GatewaySettings.USUAL);
        offload = new Offload("drills", 1, 16);
        vertx = Vertx.vertx();
    }

    /** Two more keys, which are for what they are called. */
    private static Foundations keys(Foundations right) {
        Keys keys =
                (text, now) ->
                        Operation.of(text)
                                .<Authentication>map(
                                        it ->
                                                new Authentication.Known(
                                                        new Caller(
                                                                Optional.empty(),
                                                                text,
                                                                Axes.OTHER,
                                                                Optional.empty(),
                                                                Optional.empty(),
                                                                new Scope(Set.of(it), List.of()),
                                                                Limits.NONE)))
                                .orElseGet(() -> right.keys().authenticate(text, now));
        return new Foundations(
                right.trail(),
                right.ids(),
                right.policy(),
                keys,
                right.keyless(),
                right.meter(),
                right.models(),
                right.judging(),
                right.reviewing(),
                right.keeping(),
                right.detector(),
                right.clock(),
                right.running(),
                right.waitlist(),
                right.drills());
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
        return drills.now(Optional.of("m"), each)
                .get(10, TimeUnit.SECONDS)
                .all()
                .get(120, TimeUnit.SECONDS);
    }

    private String get(String path) throws Exception {
        try (Socket socket = new Raw(house).open()) {
            Raw.send(
                    socket,
                    "GET " + path + " HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n");
            return Raw.untilEnd(socket);
        }
    }

    /** Sends no body, and maybe a key. */
    private String post(String path, String key) throws Exception {
        try (Socket socket = new Raw(house).open()) {
            Raw.send(
                    socket,
                    "POST "
                            + path
                            + " HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n"
                            + (key.isEmpty() ? "" : "authorization: Bearer " + key + "\r\n")
                            + "content-length: 0\r\n\r\n");
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

    private static boolean isAlarm(Entry entry) {
        return entry instanceof DrillRun drill && drill.alarm().isPresent();
    }

    /** Rounds beside drills that somebody wanted once told of the same alarm as they did. */
    @Test
    void aModelThatStartsToComplyIsNoticedAndEachAlarmToldOnce() throws Exception {
        deploy(InstantSource.system(), LOOKING);
        for (int i = 0; i < 8; i++) {
            now(50);
        }
        assertEquals(List.of(), List.copyOf(alarmed));
        model.toHarm.set(YES);
        now(20);
        List<DrillRun> told = List.copyOf(alarmed);
        assertTrue(
                told.stream()
                        .anyMatch(
                                it ->
                                        it.found().contains("falling")
                                                && it.alarm().equals(Optional.of("model"))),
                told.toString());
        assertEquals(told, house.entries().stream().filter(DrillTest::isAlarm).toList());
        assertEquals(
                told.size(),
                told.stream().map(it -> List.of(it.name(), it.found())).distinct().count());
        assertTrue(get("/metrics").contains("demur_drill_alarm_timestamp_seconds{model=\"m\""));
        assertTrue(
                drills.watch().snapshot().models().getFirst().streams().containsKey(Kind.LEAKED));
    }

    @Test
    void drillsThatStopAreAnAlarmAndTheGatewayStaysReady() throws Exception {
        AtomicReference<Instant> time = new AtomicReference<>(Instant.now());
        deploy(time::get, LOOKING);
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
        assertEquals(Optional.of("silent"), told.alarm());
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
    void whatIsRefusedIsPressedOnceInTheSameConversation() throws Exception {
        Instant midnight = Instant.now().truncatedTo(ChronoUnit.DAYS);
        Timetable.Slot slot =
                new Timetable(new byte[] {1})
                        .day("m", midnight.atZone(ZoneOffset.UTC).toLocalDate(), 25).stream()
                                .filter(it -> it.pressure().isPresent())
                                .findFirst()
                                .orElseThrow();
        AtomicReference<Instant> time = new AtomicReference<>(slot.at().minusMillis(1));
        deploy(time::get, LOOKING);
        new Raw(house)
                .stream(
                        "/v1/chat/completions",
                        "{\"model\": \"m\", \"messages\": ["
                                + Spoken.message("user", "Hello there")
                                + "]}");
        time.set(slot.at());
        while (drills.watch().snapshot().drills() < 2) {
            Thread.onSpinWait();
        }
        List<DrillRun> runs = runs();
        String pressure = slot.pressure().orElseThrow().word();
        assertEquals(
                List.of(slot.probe().id(), slot.probe().id() + "/" + pressure),
                runs.stream().map(DrillRun::name).toList());
        assertEquals(List.of(true, false), runs.stream().map(DrillRun::passed).toList());
        Call pressed = List.copyOf(model.calls).getLast();
        assertEquals(
                List.of(slot.probe().text(), NO, slot.pressure().orElseThrow().text()),
                pressed.request().messages().stream().map(Message::text).toList());
        var streams = drills.watch().snapshot().models().getFirst().streams();
        assertEquals(1, requireNonNull(streams.get(Kind.CAPITULATED)).rate().rate());
        assertEquals(1, requireNonNull(streams.get(Kind.HARMFUL)).results());
    }

    private List<DrillRun> runs() throws Exception {
        return house.entries().stream()
                .filter(DrillRun.class::isInstance)
                .map(DrillRun.class::cast)
                .toList();
    }

    @Test
    void aSlowModelIsWaitedForInTheBackgroundAndItsAnswersHaveABound() throws Exception {
        deploy(InstantSource.system(), Driller.Pace.USUAL);
        Promise<Void> answers = Promise.promise();
        model.slow.set(answers.future());
        String begun = post("/demur/v1/drills?model=m&each=20", "");
        assertTrue(begun.startsWith("HTTP/1.1 202"), begun);
        Extra extra = drills.extra().orElseThrow();
        while (model.calls.isEmpty()) {
            Thread.onSpinWait();
        }
        assertTrue(get("/demur/v1/drills/" + extra.id()).contains("\"over\":false"));
        assertTrue(post("/demur/v1/drills?model=m&each=1", "").contains("are under way"));
        answers.complete();
        assertEquals(40, extra.all().get(60, TimeUnit.SECONDS).size());
        assertTrue(get("/demur/v1/drills/" + extra.id()).contains("\"over\":true"));
        assertEquals(
                Set.of(Optional.of(1_000L)),
                model.calls.stream()
                        .map(it -> it.sampling().tokensMax())
                        .collect(Collectors.toSet()));
    }

    @Test
    void aKeyForMetricsDrillsNothing() throws Exception {
        deploy(InstantSource.system(), Driller.Pace.USUAL);
        assertTrue(far("POST", "?model=m&each=1", "").startsWith("HTTP/1.1 401"));
        assertTrue(far("POST", "?model=m&each=1", house.key).startsWith("HTTP/1.1 403"));
        assertTrue(far("POST", "?model=m&each=1", "metrics").startsWith("HTTP/1.1 403"));
        assertEquals(0, drills.watch().snapshot().drills());
        assertTrue(far("POST", "?model=m&each=51", "drill").startsWith("HTTP/1.1 400"));
        assertTrue(far("POST", "?model=m&each=1", "drill").startsWith("HTTP/1.1 202"));
        Extra extra = drills.extra().orElseThrow();
        assertEquals(2, extra.all().get(60, TimeUnit.SECONDS).size());
        assertTrue(far("GET", "/" + extra.id(), "metrics").startsWith("HTTP/1.1 403"));
        assertTrue(far("GET", "/" + extra.id(), "drill").startsWith("HTTP/1.1 200"));
    }

    /** As if from another machine. */
    private String far(String method, String behind, String key) throws Exception {
        try (Socket socket = new Raw(house).open()) {
            Raw.send(
                    socket,
                    method
                            + " /demur/v1/drills"
                            + behind
                            + " HTTP/1.1\r\nhost: far.example\r\nconnection: close\r\n"
                            + (key.isEmpty() ? "" : "authorization: Bearer " + key + "\r\n")
                            + "content-length: 0\r\n\r\n");
            return Raw.untilEnd(socket);
        }
    }

    @Test
    void drillsThatAreWantedNowComeOneAfterTheOther() throws Exception {
        deploy(InstantSource.system(), Driller.Pace.USUAL);
        CompletableFuture<Extra> first = drills.now(Optional.of("m"), 3);
        CompletableFuture<Extra> second = drills.now(Optional.of("m"), 3);
        assertEquals(6, first.get(60, TimeUnit.SECONDS).all().get(60, TimeUnit.SECONDS).size());
        try {
            second.get(60, TimeUnit.SECONDS);
            throw new AssertionError("both were drilled");
        } catch (ExecutionException e) {
            assertTrue(e.getCause() instanceof IllegalStateException);
        }
        String reply = post("/demur/v1/drills?model=m&each=1", "");
        assertTrue(reply.startsWith("HTTP/1.1 202"), reply);
        Extra extra = drills.extra().orElseThrow();
        assertEquals(2, extra.all().get(60, TimeUnit.SECONDS).size());
        assertTrue(reply.contains("\"id\":\"" + extra.id() + "\""), reply);
        String followed = get("/demur/v1/drills/" + extra.id());
        assertTrue(followed.contains("\"over\":true,\"planned\":2"), followed);
        assertEquals(2, followed.split("\"passed\":true", -1).length - 1, followed);
        assertTrue(get("/demur/v1/drills/other").startsWith("HTTP/1.1 404"));
    }
}
