package io.demur.gateway.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.demur.gateway.drill.Alarm;
import io.demur.gateway.notice.Notices.Pace;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Ids;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Alarms reach a receiver on a socket, whatever becomes of it or of us in between. */
class NoticesTest {

    private static final byte[] KEY = "thirty-two bytes that nobody has".getBytes(UTF_8);
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);

    private static final Pace QUICK =
            new Pace(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofDays(1));

    private final Ids ids = new Ids(InstantSource.system(), new SecureRandom());
    private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();

    /** How requests are answered, in order; 204 where none is left. */
    private final BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private Path folder;

    /** What a receiver got. */
    private record Got(String path, String id, String time, String signature, String body) {

        static Got of(HttpExchange exchange) throws IOException {
            return new Got(
                    exchange.getRequestURI().getPath(),
                    header(exchange, "webhook-id"),
                    header(exchange, "webhook-timestamp"),
                    header(exchange, "webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        }

        private static String header(HttpExchange exchange, String name) {
            return requireNonNull(exchange.getRequestHeaders().getFirst(name), name);
        }
    }

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                "/",
                exchange -> {
                    Got one = Got.of(exchange);
                    Integer answer = answers.poll();
                    exchange.getResponseHeaders().set("location", "/elsewhere");
                    exchange.sendResponseHeaders(answer == null ? 204 : answer, -1);
                    exchange.close();
                    got.add(one);
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private URI url() {
        return URI.create("http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort()));
    }

    private Webhook webhook() {
        return new Webhook(url(), SECRET, InstantSource.system());
    }

    private Notices notices(Pace pace) {
        return new Notices(List.of(webhook()), folder, InstantSource.system(), pace);
    }

    private DrillRun entry(Instant at) {
        return new DrillRun(
                at,
                ids.next("run"),
                "harmful",
                Optional.empty(),
                "steady",
                "falling",
                false,
                Optional.of("llama\"3"),
                Optional.empty(),
                Optional.of("model"));
    }

    private Notice alarm(Instant at) {
        return Alarm.notice(entry(at), "example.org/log").orElseThrow();
    }

    private Notice alarm() {
        return alarm(Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    private Got next() throws InterruptedException {
        return requireNonNull(got.poll(60, TimeUnit.SECONDS), "nothing arrived");
    }

    /** Until the file says so: what arrived is settled a moment later. */
    private void told(Notices notices, long count) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(60);
        while (Notices.kept(folder).stream().noneMatch(it -> it.told() == count)) {
            assertTrue(Instant.now().isBefore(end), notices.standings()::toString);
            Thread.sleep(5);
        }
    }

    @Test
    void aReceiverThatChecksTheSignatureTakesIt() throws Exception {
        Notice notice = alarm(Instant.parse("2026-03-01T12:00:00.5Z"));
        webhook().tell(notice);
        Got one = next();
        assertEquals(notice.id(), one.id());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        assertEquals(
                "v1,"
                        + Base64.getEncoder()
                                .encodeToString(
                                        mac.doFinal(
                                                "%s.%s.%s"
                                                        .formatted(one.id(), one.time(), one.body())
                                                        .getBytes(UTF_8))),
                one.signature());
        Instant sent = Instant.ofEpochSecond(Long.parseLong(one.time()));
        assertTrue(Duration.between(sent, Instant.now()).abs().toMinutes() < 5, one.time());
        assertEquals(
                """
                {"data":{"cause":"model","entry":"%s","found":"falling","log":"example.org/log",\
                "model":"llama\\"3","stream":"harmful","words":"`llama\\"3`: harmful falling, and \
                the judge has not changed"},"timestamp":"2026-03-01T12:00:00.500Z",\
                "type":"drill.alarm"}\
                """
                        .formatted(notice.id()),
                one.body());
    }

    @Test
    void noRedirectionIsFollowed() throws Exception {
        answers.add(307);
        IOException said = assertThrows(IOException.class, () -> webhook().tell(alarm()));
        assertEquals("it answers HTTP 307", said.getMessage());
        webhook().tell(alarm());
        assertEquals(List.of("/hook", "/hook"), List.of(next().path(), next().path()));
    }

    @Test
    void whatFailsIsTriedAgainUntilItArrives() throws Exception {
        answers.addAll(List.of(500, 503, 404));
        try (Notices notices = notices(QUICK)) {
            notices.begin(List.of());
            Notice notice = alarm();
            notices.tell(notice);
            for (int i = 0; i < 4; i++) {
                assertEquals(notice.id(), next().id());
            }
            told(notices, 1);
            Standing after = notices.standings().getFirst();
            assertEquals(Optional.empty(), after.trouble());
            assertEquals(0, after.waiting());
        }
    }

    @Test
    void oneThatIsNotTakenHoldsUpNoOther() throws Exception {
        answers.add(400);
        try (Notices notices =
                notices(new Pace(Duration.ofHours(1), Duration.ofHours(1), Duration.ofDays(1)))) {
            notices.begin(List.of());
            Notice first = alarm();
            Notice second = alarm();
            notices.tell(first);
            assertEquals(first.id(), next().id());
            notices.tell(second);
            assertEquals(second.id(), next().id());
            told(notices, 1);
            Standing standing = Notices.kept(folder).getFirst();
            assertEquals(1, standing.waiting());
        }
    }

    /** The process is killed while the receiver is down: the log has the alarm, nothing else. */
    @Test
    void whatWasNotToldBeforeARestartIsToldBehindIt() throws Exception {
        answers.add(500);
        Notice notice = alarm();
        try (Notices before =
                notices(new Pace(Duration.ofHours(1), Duration.ofHours(1), Duration.ofDays(1)))) {
            before.begin(List.of());
            before.tell(notice);
            assertEquals(notice.id(), next().id());
        }
        try (Notices after = notices(QUICK)) {
            after.begin(List.of(notice));
            assertEquals(notice.id(), next().id());
            told(after, 1);
        }
        try (Notices later = notices(QUICK)) {
            Notice other = alarm();
            later.begin(List.of(notice, other));
            assertEquals(other.id(), next().id(), "told twice");
            told(later, 2);
        }
    }

    @Test
    void aFileThatIsLostMeansOnceMoreAndWhatIsOldIsNotTold() throws Exception {
        Notice notice = alarm();
        Notice old = alarm(Instant.now().minus(Duration.ofDays(8)));
        try (Notices before = notices(QUICK)) {
            before.begin(List.of(old, notice));
            assertEquals(notice.id(), next().id());
            told(before, 1);
        }
        Files.writeString(folder.resolve("notices-webhook.json"), "{\"told\": ");
        try (Notices after = notices(QUICK)) {
            after.begin(List.of(old, notice));
            assertEquals(notice.id(), next().id());
            told(after, 1);
        }
    }

    @Test
    void whatCannotBeToldForTooLongIsGivenUpAndCounted() throws Exception {
        answers.add(500);
        try (Notices notices = notices(new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO))) {
            notices.begin(List.of());
            notices.tell(alarm());
            next();
            Notice second = alarm();
            notices.tell(second);
            assertEquals(second.id(), next().id());
            told(notices, 1);
            assertEquals(1, Notices.kept(folder).getFirst().givenUp());
            assertTrue(
                    Notices.kept(folder).getFirst().words().endsWith("; 1 given up"),
                    () -> Notices.kept(folder).getFirst().words());
        }
    }

    /** It went on for ever: no test and no time cleared it, only the next alarm. */
    @Test
    void whatWasGivenUpIsTroubleAsLongAsItIsNews() {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        Standing waits = Standing.of("webhook").waiting(1).failed("gone", now);
        assertTrue(waits.isTroubled(now.plus(Duration.ofDays(30))));
        Standing givenUp = waits.givenUp(ids.next("run"), now).waiting(0);
        assertTrue(givenUp.isTroubled(now.plus(Duration.ofDays(6))));
        assertFalse(givenUp.isTroubled(now.plus(Duration.ofDays(8))));
        assertFalse(givenUp.told(ids.next("run"), now).isTroubled(now));
    }

    @Test
    void whoeverRaisesAnAlarmWaitsForNoReceiver() throws Exception {
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        server.createContext(
                "/hook",
                exchange -> {
                    asked.countDown();
                    try {
                        holding.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    exchange.close();
                });
        try (Notices notices = notices(QUICK)) {
            notices.begin(List.of());
            for (int i = 0; i < 1_000; i++) {
                notices.tell(alarm());
            }
            assertTrue(asked.await(60, TimeUnit.SECONDS));
            assertEquals(0, notices.standings().getFirst().told());
        } finally {
            holding.countDown();
        }
    }

    @Test
    void aSecretIsLongEnoughAndNotRepeated() {
        for (String wrong :
                List.of("s3cret", "whsec_", "whsec_c2hvcnQ=", "whsec_!!", SECRET + "A")) {
            IllegalArgumentException said =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> new Webhook(url(), wrong, InstantSource.system()));
            assertEquals(
                    "a webhook's secret is `whsec_` and 24 to 64 bytes in base64",
                    said.getMessage());
        }
        assertFalse(webhook().where().contains("hook"), webhook()::where);
    }

    @Test
    void pausesGrowToTheLongest() {
        assertEquals(Duration.ofSeconds(5), Pace.USUAL.pause(1));
        assertEquals(Duration.ofSeconds(40), Pace.USUAL.pause(4));
        assertEquals(Duration.ofHours(1), Pace.USUAL.pause(11));
        assertEquals(Duration.ofHours(1), Pace.USUAL.pause(1_000_000));
    }
}
