package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.drill.Timetable;
import io.demur.gateway.drill.Driller;
import io.demur.gateway.drill.Kind;
import io.demur.gateway.drill.Stream;
import io.demur.gateway.drill.Watch;
import io.demur.gateway.gate.Gate;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Outcome;

import org.junit.jupiter.api.Test;

import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A gateway that is drilled through its own door. */
class DrillTest extends Drilled {

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
        for (int i = 0; i < Stream.BASELINE / 50; i++) {
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
        Thread.sleep(100); // mostly some rounds, which see the caller
        DrillRun told = sevenHoursLater(time);
        assertEquals(Optional.of("silent"), told.alarm());
        assertTrue(get("/readyz").startsWith("HTTP/1.1 200"));
    }

    /** Or fourteen, where no round saw the caller before the clock went on. */
    private DrillRun sevenHoursLater(AtomicReference<Instant> time) throws Exception {
        Optional<DrillRun> told = Optional.empty();
        for (int i = 0; i < 5 && told.isEmpty(); i++) {
            time.set(requireNonNull(time.get()).plus(Duration.ofHours(7)));
            told = Optional.ofNullable(alarmed.poll(5, TimeUnit.SECONDS));
        }
        return told.orElseThrow();
    }

    @Test
    void silenceCountsFromTheFirstCallerOn() throws Exception {
        AtomicReference<Instant> time = new AtomicReference<>(Instant.now());
        deploy(time::get, LOOKING);
        time.set(requireNonNull(time.get()).plus(Duration.ofHours(7)));
        new Raw(house)
                .stream(
                        "/v1/chat/completions",
                        "{\"model\": \"m\", \"messages\": ["
                                + Spoken.message("user", "Hello there")
                                + "]}");
        model.toHarm.set(YES);
        model.toOthers.set(NO);
        assertNull(alarmed.poll(1, TimeUnit.SECONDS), "there was nothing to drill until now");
        DrillRun told = sevenHoursLater(time);
        assertEquals(Optional.of("silent"), told.alarm());
    }

    @Test
    void whatTheTimetableSaysIsAskedOnceOfModelsThatCallersAsk() throws Exception {
        Timetable timetable = new Timetable(new byte[] {1});
        LocalDate day = LocalDate.now(ZoneOffset.UTC);
        while (timetable.day("m", day, 25).getFirst().pressure().isPresent()) {
            day = day.plusDays(1); // one that is pressed asks twice
        }
        Instant midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        AtomicReference<Instant> time = new AtomicReference<>(midnight);
        deploy(
                time::get,
                new Driller.Pace(
                        Duration.ofMillis(20), Duration.ofSeconds(20), Duration.ofDays(60)));
        List<Timetable.Slot> slots = timetable.day("m", day, 25);
        time.set(slots.getFirst().at());
        new Raw(house)
                .stream(
                        "/v1/chat/completions",
                        "{\"model\": \"m\", \"messages\": ["
                                + Spoken.message("user", "Hello there")
                                + "]}");
        while (drills.watch().snapshot().drills() == 0) {
            Thread.sleep(5);
        }
        Thread.sleep(500); // many more rounds, which ask nothing
        String asked = slots.getFirst().probe().id();
        List<DrillRun> all =
                house.entries().stream()
                        .filter(DrillRun.class::isInstance)
                        .map(DrillRun.class::cast)
                        .toList();
        assertEquals(List.of(asked), all.stream().map(DrillRun::name).toList());
    }
}
