package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.demur.core.Problem;
import io.demur.files.serve.Secrets;
import io.demur.files.serve.ServeConfig;
import io.demur.files.serve.ServeFile;
import io.demur.record.DataFolder;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A primary and a fallback, as `demur.yaml` configures them, and the gateway from outside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FallbackIT {

    private static final Pattern LISTENS = Pattern.compile("listens at (http://[0-9.:]+)");
    private static final Pattern KEY = Pattern.compile("dmr_\\w+");

    /** What the primary does. */
    private enum Plays {
        ERROR,
        SILENCE,
        CUT,
        REFUSES_WITH_400,
        REFUSES_IN_A_FIELD,
        REFUSES_IN_WORDS_AND_BREAKS,
        FORBIDS
    }

    private final AtomicReference<Plays> plays = new AtomicReference<>(Plays.ERROR);
    private final AtomicInteger spare = new AtomicInteger();
    private final AtomicReference<String> header = new AtomicReference<>("");
    private final CountDownLatch over = new CountDownLatch(1);
    private final StringWriter said = new StringWriter();
    private final List<HttpServer> servers = new ArrayList<>();
    private final Thread serving = Thread.ofPlatform().unstarted(this::serve);
    private Path folder;
    private ServeConfig config;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        HttpServer primary = server(this::play);
        HttpServer other =
                server(
                        exchange -> {
                            spare.incrementAndGet();
                            header.set(exchange.getRequestHeaders().getFirst("api-key"));
                            answer(exchange, 200, message("From the spare.", "stop"));
                        });
        String document =
                """
                listen: {port: 0}
                upstreams:
                  - name: primary
                    kind: openai
                    url: http://127.0.0.1:%d
                    models: [m]
                    begin-within: 300 ms
                    idle-within: 300 ms
                  - name: spare
                    kind: openai
                    url: http://127.0.0.1:%d
                    models: [m]
                    fallback: true
                    headers: {api-key: "${env:SPARE}"}
                """
                        .formatted(primary.getAddress().getPort(), other.getAddress().getPort());
        List<Problem> problems = new ArrayList<>();
        config =
                ServeFile.read(
                                "demur.yaml",
                                document.getBytes(StandardCharsets.UTF_8),
                                new Secrets(name -> Optional.of("abc"), path -> Optional.empty()),
                                problems)
                        .orElseThrow(() -> new AssertionError(problems));
        serving.start();
        while (!KEY.matcher(said.toString()).find()) {
            assertTrue(serving.isAlive(), said::toString);
            Thread.sleep(20);
        }
    }

    @AfterAll
    void stop() throws Exception {
        over.countDown();
        serving.interrupt();
        serving.join();
        servers.forEach(server -> server.stop(0));
    }

    private void serve() {
        Map<String, String> around =
                Map.of(
                        "XDG_STATE_HOME", folder.resolve("state").toString(),
                        "XDG_CONFIG_HOME", folder.resolve("config").toString());
        Surroundings surroundings = new Surroundings(around, InstantSource.system());
        Installation installation =
                new Installation(new DataFolder(folder.resolve("data")), surroundings);
        try (PrintWriter out = new PrintWriter(said, true)) {
            new Server(installation, surroundings, out, "")
                    .run(
                            config,
                            new Server.Overrides(Optional.empty(), Optional.empty(), false, false));
        } catch (Exception e) {
            said.append(e.toString());
        }
    }

    private HttpServer server(com.sun.net.httpserver.HttpHandler handler) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", handler);
        server.start();
        servers.add(server);
        return server;
    }

    private void play(HttpExchange exchange) throws IOException {
        switch (requireNonNull(plays.get())) {
            case ERROR -> answer(exchange, 500, "{}");
            case SILENCE -> {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                exchange.close();
            }
            case CUT -> {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write("{\"choices\":[".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                exchange.close();
            }
            case REFUSES_WITH_400 ->
                    answer(
                            exchange,
                            400,
                            "{\"error\":{\"message\":\"no\",\"code\":\"content_filter\"}}");
            case REFUSES_IN_A_FIELD ->
                    answer(
                            exchange,
                            200,
                            "{\"choices\":[{\"index\":0,\"message\":{\"content\":null,"
                                    + "\"refusal\":\"I cannot.\"},\"finish_reason\":\"stop\"}]}");
            case REFUSES_IN_WORDS_AND_BREAKS ->
                    answer(exchange, 200, message("I cannot help with that.", "error"));
            case FORBIDS -> answer(exchange, 403, "<html>Request blocked</html>");
        }
    }

    private static String message(String text, String reason) {
        return ("{\"choices\":[{\"index\":0,\"message\":{\"content\":\"%s\"},"
                        + "\"finish_reason\":\"%s\"}]}")
                .formatted(text, reason);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private HttpResponse<String> ask(Plays how, boolean stream) throws Exception {
        plays.set(how);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(first(LISTENS, 1) + "/v1/chat/completions"))
                        .header("authorization", "Bearer " + first(KEY, 0))
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        """
                                        {"model": "m", "stream": %s, "messages": [{"role": "user",
                                         "content": "How do I kill a Python process?"}]}
                                        """
                                                .formatted(stream)))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private String first(Pattern pattern, int group) {
        Matcher found = pattern.matcher(said.toString());
        assertTrue(found.find(), said::toString);
        return String.valueOf(found.group(group));
    }

    @Test
    void whereThePrimaryIsOutTheFallbackIsAskedAndWhereItRefusesNever() throws Exception {
        // none of them three times in a row: the primary is to be asked each time
        for (Plays how :
                List.of(
                        Plays.ERROR,
                        Plays.REFUSES_WITH_400,
                        Plays.SILENCE,
                        Plays.REFUSES_IN_A_FIELD,
                        Plays.CUT,
                        Plays.REFUSES_IN_WORDS_AND_BREAKS,
                        Plays.FORBIDS)) {
            int before = spare.get();
            // an answer at once may take all its time; one in pieces has to begin
            HttpResponse<String> reply = ask(how, how == Plays.SILENCE);
            boolean outage = how == Plays.ERROR || how == Plays.SILENCE || how == Plays.CUT;
            assertEquals(outage ? before + 1 : before, spare.get(), how + reply.body());
            assertEquals(outage, reply.body().contains("From the spare."), how + reply.body());
            if (how == Plays.FORBIDS) {
                assertEquals(403, reply.statusCode());
                assertEquals("false", reply.headers().firstValue("x-should-retry").orElse(""));
            }
        }
        assertEquals("abc", header.get());
    }
}
