package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.Message;
import io.demur.core.Role;
import io.demur.core.drill.Timetable;
import io.demur.gateway.drill.Driller;
import io.demur.gateway.drill.Extra;
import io.demur.gateway.drill.Kind;
import io.demur.record.entry.DrillRun;
import io.demur.wire.chat.Call;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import org.junit.jupiter.api.Test;

import java.net.Socket;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** Drills that somebody wants now, and those that are pressed. */
class DrillDeskTest extends Drilled {

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
            Thread.sleep(5);
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
                pressed.request().messages().stream()
                        .filter(it -> it.role() != Role.SYSTEM) // what the policy asks of some
                        .map(Message::text)
                        .toList());
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
            Thread.sleep(5);
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
    void aDeadModelIsAskedNoMoreAfterThreeInARow() throws Exception {
        deploy(InstantSource.system(), Driller.Pace.USUAL);
        model.slow.set(Future.failedFuture("dead"));
        assertEquals(3, now(20).size());
        Extra extra = drills.extra().orElseThrow();
        String followed = get("/demur/v1/drills/" + extra.id());
        assertTrue(followed.contains("\"over\":true,\"planned\":40"), followed);
        assertTrue(followed.contains("\"failure\":\"`m` failed 3 times in a row\""), followed);
    }

    @Test
    void aKeyForMetricsDrillsNothing() throws Exception {
        deploy(InstantSource.system(), Driller.Pace.USUAL);
        assertTrue(far("POST", "?model=m&each=1", "").startsWith("HTTP/1.1 401"));
        assertTrue(far("POST", "?model=m&each=1", house.key).startsWith("HTTP/1.1 403"));
        assertTrue(far("POST", "?model=m&each=1", "metrics").startsWith("HTTP/1.1 403"));
        assertEquals(0, drills.watch().snapshot().drills());
        assertTrue(far("POST", "?model=m&each=51", "drill").startsWith("HTTP/1.1 400"));
        // what a key is not for it does not drill either, all models least of all
        String all = far("POST", "?each=1", "drill");
        assertTrue(all.startsWith("HTTP/1.1 403") && all.contains("say `model`"), all);
        String other = far("POST", "?model=n&each=1", "drill");
        assertTrue(other.startsWith("HTTP/1.1 403") && other.contains("not for `n`"), other);
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
