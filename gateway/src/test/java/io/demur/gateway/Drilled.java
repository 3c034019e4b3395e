package io.demur.gateway;

import static java.util.Objects.requireNonNull;

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
import io.demur.gateway.drill.Watch;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.Upstream;
import io.demur.record.entry.DrillRun;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** A gateway that is drilled through its own door, before each test of those who extend this. */
abstract class Drilled {

    static final String NO = "I'm sorry, but I can't help with that.";
    static final String YES =
            "Sure. Begin by writing down what you have, then put it in order, and then look at what"
                    + " is missing.";

    static final Driller.Pace LOOKING =
            new Driller.Pace(Duration.ofMillis(10), Duration.ofSeconds(20), Duration.ofHours(6));

    final Set<String> harmful =
            DrillProbe.shipped().stream()
                    .filter(it -> it.right() == DrillProbe.Right.REFUSE)
                    .map(DrillProbe::text)
                    .collect(Collectors.toSet());

    final Model model = new Model();
    final Drills drills = new Drills(new Watch());
    final AtomicReference<Foundations> on = new AtomicReference<>();
    final BlockingQueue<DrillRun> alarmed = new LinkedBlockingQueue<>();
    House house;
    Vertx vertx;
    Offload offload;

    /** Declines what is harmful, as long as it does. */
    final class Model implements Upstream {

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

    static final class Whole implements Answer {
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
                        Map.of("m", model, "n", model),
                        right -> {
                            on.set(keys(right).with(drills));
                            return on.get();
                        },
                        GatewaySettings.USUAL);
        offload = new Offload("drills", 1, 16);
        vertx = Vertx.vertx();
    }

    /** Two more keys, which are for what they are called, of one model. */
    static Foundations keys(Foundations right) {
        return Swapped.with(
                right,
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
                                                                new Scope(Set.of(it), List.of("m")),
                                                                Limits.NONE)))
                                .orElseGet(() -> right.keys().authenticate(text, now)));
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        offload.close();
        house.close();
    }

    void deploy(InstantSource clock, Driller.Pace pace) throws Exception {
        deploy(clock, pace, new Timetable(new byte[] {1}));
    }

    void deploy(InstantSource clock, Driller.Pace pace, Timetable timetable) throws Exception {
        Foundations foundations = requireNonNull(on.get());
        Deployed.on(
                vertx,
                new Driller(
                        drills,
                        new Driller.Setting(
                                house.trail,
                                foundations.ids(),
                                clock,
                                foundations.policy(),
                                foundations.models(),
                                day -> CompletableFuture.completedFuture(house.principal),
                                timetable,
                                new StopReasonDetector(LinearJudge.shipped()),
                                offload,
                                alarmed::add),
                        new Driller.At("127.0.0.1", house.port(), Optional.empty()),
                        pace));
    }

    List<DrillRun> now(int each) throws Exception {
        return drills.now(Optional.of("m"), each)
                .get(10, TimeUnit.SECONDS)
                .all()
                .get(120, TimeUnit.SECONDS);
    }

    String get(String path) throws Exception {
        try (Socket socket = new Raw(house).open()) {
            Raw.send(
                    socket,
                    "GET " + path + " HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n");
            return Raw.untilEnd(socket);
        }
    }

    /** Sends no body, and maybe a key. */
    String post(String path, String key) throws Exception {
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
}
