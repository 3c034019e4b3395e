package io.demur.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Degrees;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.Verdict.Undecided;
import io.demur.core.detect.LinearJudge;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Assessment.Unjudged;
import io.demur.core.harm.Assessment.Unjudged.Reason;
import io.demur.remote.LyingServer.Lie;
import io.demur.testkit.StubServer;
import io.demur.testkit.StubServer.Reply;
import io.demur.wire.Question;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;

/** Whatever a judge's server does, there is a judgement or there is none: never an exception. */
class FailuresTest {

    private static final String SAFE =
            "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"safe\"}}]}";

    private static final Verdict UNSURE =
            new Verdict.Complied(new Degrees(0.5, 0.2, 0.3), 0, List.of());

    /** Longer than any machine needs, so that nothing but silence is late. */
    private static final Duration PATIENT = Duration.ofMinutes(2);

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    @Test
    void theSameServerIsBelievedWhereItAnswersProperly() {
        try (StubServer server = new StubServer(asked -> Reply.json(SAFE))) {
            GuardModel guard = guard(server.address("").toString());
            assertInstanceOf(Assessment.Judged.class, guard.assess(Request.of("a")));
        }
    }

    @Test
    void aServerThatIsNotThereIsDown() {
        String gone;
        try (StubServer server = new StubServer(asked -> Reply.json(SAFE))) {
            gone = server.address("").toString();
        }
        check(Reason.DOWN, gone);
    }

    @Test
    void statusesThatSpeakOfTheQuestionAreInvalid() {
        for (int status : new int[] {400, 413, 422}) {
            check(Reason.INVALID, new Reply(status, JSON, SAFE.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void statusesOtherThan200AreDown() {
        for (int status : new int[] {201, 204, 401, 403, 404, 429, 500, 503}) {
            byte[] body = status == 204 ? new byte[0] : SAFE.getBytes(StandardCharsets.UTF_8);
            check(Reason.DOWN, new Reply(status, JSON, body));
        }
    }

    @Test
    void anErrorIsDownWhateverItsStatusSays() {
        String body = "{\"error\":{\"message\":\"overloaded\"}}";
        check(Reason.DOWN, new Reply(200, JSON, body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void redirectsAreNotFollowed() {
        try (StubServer there = new StubServer(asked -> Reply.json(SAFE))) {
            String target = there.address("/v1/chat/completions").toString();
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                check(Reason.DOWN, new Reply(status, Map.of("Location", target), new byte[0]));
            }
            assertEquals(List.of(), there.asked());
        }
    }

    @Test
    void bodiesThatAreNoAnswerAreInvalid() {
        for (String body :
                List.of(
                        "",
                        "{",
                        "null",
                        "[]",
                        "{}",
                        "safe",
                        SAFE + SAFE,
                        "{\"choices\":[]}",
                        "{\"choices\":[{\"message\":{\"content\":7}}]}",
                        "{\"choices\":[{\"message\":{\"content\":null}}]}",
                        "{\"choices\":[{\"message\":{\"content\":\"\"}}]}",
                        "{\"choices\":[{\"message\":{\"content\":\"saf\"},\"finish_reason\":"
                                + "\"length\"}]}",
                        "{\"choices\":[{\"message\":{\"content\":\"safe\"},\"finish_reason\":"
                                + "\"content_filter\"}]}",
                        "{\"choices\":[{\"message\":{\"refusal\":\"safe\"}}]}",
                        "{\"choices\":[{\"message\":{\"content\":\"I can't help with that.\"}}]}",
                        "{\"choices\":[{\"message\":{\"content\":\"safe\"}},{\"message\":"
                                + "{\"content\":\"unsafe\\nS1\"}}]}",
                        "\uFEFFsafe",
                        "{\"choices\":[{\"message\":{\"content\":\"\\ud800\"}}]}",
                        "[".repeat(5000))) {
            check(Reason.INVALID, new Reply(200, JSON, body.getBytes(StandardCharsets.UTF_8)));
        }
        byte[] latin = SAFE.replace("safe", "s\u00e4fe").getBytes(StandardCharsets.ISO_8859_1);
        check(Reason.INVALID, new Reply(200, JSON, latin));
    }

    @Test
    void otherTypesAndEncodingsAreInvalid() throws Exception {
        byte[] body = SAFE.getBytes(StandardCharsets.UTF_8);
        check(Reason.INVALID, new Reply(200, Map.of("Content-Type", "text/html"), body));
        check(Reason.INVALID, new Reply(200, Map.of(), body));
        check(Reason.INVALID, new Reply(200, Map.of("Content-Type", "application/jsonx"), body));
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 16];
            for (int i = 0; i < 1024; i++) {
                gzip.write(zeros);
            }
        }
        Map<String, String> zipped =
                Map.of("Content-Type", "application/json", "Content-Encoding", "gzip");
        check(Reason.INVALID, new Reply(200, zipped, bomb.toByteArray()));
    }

    @Test
    void aBodyBeyondTheCapIsInvalidBeforeItIsWhole() {
        check(
                Reason.INVALID,
                (socket, out) -> {
                    out.write(head("HTTP/1.1 200 OK"));
                    byte[] blanks = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
                    while (!Thread.currentThread().isInterrupted()) {
                        out.write(blanks);
                    }
                });
    }

    @Test
    void whatBreaksOffIsDown() {
        check(Reason.DOWN, (socket, out) -> socket.setSoLinger(true, 0));
        check(Reason.DOWN, (socket, out) -> {});
        check(Reason.DOWN, (socket, out) -> out.write(LyingServer.head("HTP/0 maybe")));
        check(
                Reason.DOWN,
                (socket, out) -> {
                    out.write(head("HTTP/1.1 200 OK", "Content-Length: 500"));
                    out.write(SAFE.getBytes(StandardCharsets.UTF_8));
                });
        check(
                Reason.DOWN,
                (socket, out) -> {
                    out.write(head("HTTP/1.1 200 OK", "Transfer-Encoding: chunked"));
                    out.write("9\r\nsafe".getBytes(StandardCharsets.UTF_8));
                });
    }

    @Test
    void silenceAndADripAreLate() {
        check(Reason.LATE, (socket, out) -> Thread.sleep(Duration.ofMinutes(1)));
        check(
                Reason.LATE,
                (socket, out) -> {
                    out.write(head("HTTP/1.1 200 OK"));
                    while (!Thread.currentThread().isInterrupted()) {
                        out.write(' ');
                        out.flush();
                        Thread.sleep(5);
                    }
                });
    }

    @Test
    void theWaitForAPlaceIsWithinTheTimeout() throws Exception {
        CountDownLatch here = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (StubServer server =
                        new StubServer(
                                asked -> {
                                    here.countDown();
                                    go.await();
                                    return Reply.json(SAFE);
                                });
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ChatClient client = new ChatClient(endpoint(server.address("").toString(), PATIENT));
            Question question = new Question("m", List.of(), 1, 0, Optional.empty(), Map.of());
            Future<Heard> first = threads.submit(() -> client.ask(question, client.deadline()));
            here.await();
            long soon = System.nanoTime() + Duration.ofMillis(50).toNanos();
            assertEquals(
                    new Heard.Nothing(Reason.LATE, "no place was free within the timeout"),
                    client.ask(question, soon));
            go.countDown();
            assertInstanceOf(Heard.Said.class, first.get());
            assertEquals(1, server.asked().size());
            assertInstanceOf(Heard.Said.class, client.ask(question, client.deadline()));
        }
    }

    @Test
    void anInterruptIsKept() throws ExecutionException, InterruptedException {
        try (StubServer server = new StubServer(asked -> Reply.json(SAFE));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            GuardModel guard = guard(server.address("").toString());
            threads.submit(
                            () -> {
                                Thread.currentThread().interrupt();
                                Unjudged unjudged = unjudged(guard.assess(Request.of("a")));
                                assertEquals(Reason.DOWN, unjudged.reason());
                                assertTrue(Thread.interrupted());
                            })
                    .get();
        }
    }

    private static byte[] head(String status, String... more) {
        String[] lines = new String[more.length + 2];
        lines[0] = status;
        lines[1] = "Content-Type: application/json";
        System.arraycopy(more, 0, lines, 2, more.length);
        return LyingServer.head(lines);
    }

    private static void check(Reason reason, Reply reply) {
        try (StubServer server = new StubServer(asked -> reply)) {
            check(reason, server.address("").toString());
            assertEquals(3, server.asked().size(), "each judge asks once");
        }
    }

    private static void check(Reason reason, Lie lie) {
        try (LyingServer server = new LyingServer(lie)) {
            check(reason, server.address());
        }
    }

    /** A guard on a request, a guard on a response, and a general model all fail alike. */
    private static void check(Reason reason, String url) {
        Duration timeout = reason == Reason.LATE ? Duration.ofMillis(300) : PATIENT;
        GuardModel guard = new GuardModel(GuardFormat.LLAMA_GUARD, endpoint(url, timeout));
        Unjudged request = unjudged(guard.assess(Request.of("May I?")));
        assertEquals(reason, request.reason(), request::detail);
        assertTrue(request.detail().startsWith("llama-guard:m: "), request::detail);
        assertTrue(request.detail().length() < 160, request::detail);
        Unjudged response = unjudged(guard.assess(Request.of("May I?"), Response.of("You may.")));
        assertEquals(reason, response.reason(), response::detail);
        LanguageModelJudge judge =
                new LanguageModelJudge(endpoint(url, timeout), new SplittableRandom(1));
        Undecided undecided =
                assertInstanceOf(
                        Undecided.class,
                        judge.refusals(LinearJudge.shipped())
                                .judge(Request.of("May I?"), Response.of("You may."), UNSURE));
        assertEquals(Undecided.Reason.UNJUDGED, undecided.reason());
        assertFalse(undecided.detail().isBlank());
    }

    private static GuardModel guard(String url) {
        return new GuardModel(GuardFormat.LLAMA_GUARD, endpoint(url, PATIENT));
    }

    private static JudgeEndpoint endpoint(String url, Duration timeout) {
        return JudgeEndpoint.at(url, "m", Optional.empty(), timeout, 1);
    }

    private static Unjudged unjudged(Assessment assessment) {
        return assertInstanceOf(Unjudged.class, assessment);
    }
}
