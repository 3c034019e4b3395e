package io.demur.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.demur.log.tile.FolderSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A log over HTTP: raw requests over real sockets, in a folder that holds secrets as well. */
class LogHandlerTest {

    private static final String PREFIX = "/logs/one";

    @TempDir Path folder = Path.of("");

    private final NaiveLog log =
            NaiveLog.of(NaiveLog.entries(300), TestKeys.of("example.com/log", 1));
    private final HttpServer server;

    LogHandlerTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() throws IOException {
        log.writeTo(folder);
        Files.createDirectories(folder.resolve("journal"));
        Files.writeString(folder.resolve("journal/000"), "secret");
        Files.writeString(folder.resolve("tile/secret.key"), "secret");
        Files.writeString(folder.resolve("tile/0/secret"), "secret");
        Files.writeString(folder.resolve("lock"), "secret");
        LogHandler handler = new LogHandler(new FolderSource(folder));
        server.createContext("/", exchange -> answer(exchange, handler));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, LogHandler handler) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            String rest = path.startsWith(PREFIX) ? path.substring(PREFIX.length()) : "";
            LogHandler.Reply reply = handler.handle(exchange.getRequestMethod(), rest);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(reply.status(), head ? -1 : reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }

    @Test
    void everyFileOfTheLogIsServedAsItIs() throws IOException {
        for (Map.Entry<String, byte[]> file : log.files().entrySet()) {
            Answer answer = ask("GET", "/" + file.getKey());
            assertEquals(200, answer.status, file.getKey());
            assertArrayEquals(file.getValue(), answer.body);
            assertEquals(
                    Integer.toString(answer.body.length), answer.headers.get("content-length"));
            assertEquals("nosniff", answer.headers.get("x-content-type-options"));
        }
    }

    @Test
    void tilesMayBeKeptForEverAndCheckpointsNot() throws IOException {
        Answer tile = ask("GET", "/tile/0/000");
        assertEquals("application/octet-stream", tile.headers.get("content-type"));
        assertEquals("public, max-age=31536000, immutable", tile.headers.get("cache-control"));
        Answer checkpoint = ask("GET", "/checkpoint");
        assertEquals("text/plain; charset=utf-8", checkpoint.headers.get("content-type"));
        assertEquals("no-cache", checkpoint.headers.get("cache-control"));
        Answer missing = ask("GET", "/tile/0/001.p/99");
        assertEquals("no-store", missing.headers.get("cache-control"));
    }

    @Test
    void headHasTheHeadersAndNoBody() throws IOException {
        Answer answer = ask("HEAD", "/tile/0/000");
        assertEquals(200, answer.status);
        assertEquals("8192", answer.headers.get("content-length"));
        assertEquals(0, answer.body.length);
        assertEquals(404, ask("HEAD", "/tile/0/005").status);
    }

    @Test
    void theWitnessedCheckpointIsServedWhereThereIsOne() throws IOException {
        assertEquals(404, ask("GET", "/checkpoint.witnessed").status);
        Files.write(folder.resolve("checkpoint.witnessed"), new byte[] {1});
        assertEquals(200, ask("GET", "/checkpoint.witnessed").status);
    }

    @Test
    void nothingElseOfTheFolderCanBeReached() throws IOException {
        for (String path :
                List.of(
                        "",
                        "/",
                        "/tile",
                        "/tile/",
                        "/tile/0",
                        "/tile/0/",
                        "/tile/0/000/",
                        "//checkpoint",
                        "/checkpoint/",
                        "/Checkpoint",
                        "/checkpoint%00",
                        "/%63heckpoint",
                        "/./checkpoint",
                        "/../one/checkpoint",
                        "/journal/000",
                        "/lock",
                        "/tile/secret.key",
                        "/tile/0/secret",
                        "/tile/0/../../journal/000",
                        "/tile/0/..%2f..%2fjournal%2f000",
                        "/tile/../lock",
                        "/tile/0/%30%30%30",
                        "/tile/00/000",
                        "/tile/0/0",
                        "/tile/0/x000/000",
                        "/tile/0/001.p/0",
                        "/tile/0/001.p/256",
                        "/tile/0/001.p/044",
                        "/tile/0/001.p",
                        "/tile/0/001.p/",
                        "/tile/0/001",
                        "/tile/0/001.p/43",
                        "/tile/64/000",
                        "/tile/0/000.partial")) {
            Answer answer = ask("GET", path);
            assertEquals(404, answer.status, path);
            assertEquals("not found\n", new String(answer.body, StandardCharsets.UTF_8), path);
        }
    }

    @Test
    void otherMethodsAreToldWhichThereAre() throws IOException {
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get")) {
            Answer answer = ask(method, "/checkpoint");
            assertEquals(405, answer.status, method);
            assertEquals("GET, HEAD", answer.headers.get("allow"));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answer(int status, Map<String, String> headers, byte[] body) {}

    /** Sends a request as it stands: no client tidies it up. */
    private Answer ask(String method, String path) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
            socket.setSoTimeout(20_000);
            String request =
                    method
                            + " "
                            + PREFIX
                            + path
                            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(all);
            byte[] bytes = all.toByteArray();
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            List<String> lines = text.substring(0, end).lines().toList();
            Map<String, String> headers =
                    lines.stream()
                            .skip(1)
                            .map(line -> line.split(": ", 2))
                            .collect(
                                    Collectors.toMap(
                                            h -> h[0].toLowerCase(Locale.ROOT),
                                            h -> h[1],
                                            (a, b) -> a));
            return new Answer(
                    Integer.parseInt(lines.getFirst().split(" ", 3)[1]),
                    headers,
                    Arrays.copyOfRange(bytes, end + 4, bytes.length));
        }
    }
}
