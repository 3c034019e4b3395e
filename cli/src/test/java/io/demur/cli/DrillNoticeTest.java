package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;

import io.demur.record.DataFolder;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** {@code demur drill test-notice}, and what {@code demur doctor} says of alarms. */
class DrillNoticeTest {

    private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private Path folder;

    private record Said(int code, String out, String err) {}

    @BeforeEach
    void make(@TempDir Path temporary) throws Exception {
        folder = temporary;
        Installation installation =
                new Installation(
                        new DataFolder(folder), Map.of("XDG_STATE_HOME", folder + "/state"));
        InitCommand.make(installation, Optional.empty(), "test");
    }

    private Said demur(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                new CommandLine(new Main())
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(words);
        return new Said(code, out.toString(), err.toString());
    }

    private Said test() {
        return demur("drill", "test-notice", "--data", folder.toString());
    }

    private void configure(String alarms, String secret) throws Exception {
        Files.writeString(folder.resolve("secret"), secret);
        Files.writeString(
                folder.resolve("demur.yaml"),
                "alarms:\n" + alarms.replace("SECRET", "${file:%s/secret}".formatted(folder)));
    }

    @Test
    void aTestArrivesWhereDemurYamlSaysAndTheDoctorSaysWhereThatIs() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
        try {
            int port = server.getAddress().getPort();
            configure(
                    "  webhook: {url: 'http://127.0.0.1:%d/in', secret: '%s'}\n"
                            .formatted(port, "SECRET"),
                    SECRET);
            Said said = test();
            assertEquals(ExitCode.OK, said.code(), said::toString);
            assertEquals("webhook   http://127.0.0.1:%d: told\n".formatted(port), said.out());
            assertEquals(1, bodies.size());
            assertTrue(bodies.getFirst().endsWith("\"type\":\"test\"}"), bodies::toString);
            String found = demur("doctor", "--data", folder.toString()).out();
            assertTrue(found.contains("alarms      they go to a webhook at `127.0.0.1`"), found);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatDoesNotArriveIsSaid() throws Exception {
        configure(
                """
                  webhook: {url: "http://127.0.0.1:1/in", secret: "SECRET"}
                  mail: {host: 127.0.0.1, port: 1, tls: none, from: a@b.example, to: c@d.example}
                """,
                SECRET);
        Said said = test();
        assertEquals(ExitCode.THRESHOLD_MISSED, said.code(), said::toString);
        assertEquals(2, said.out().lines().filter(it -> it.contains("NOT told")).count());
    }

    @Test
    void whereNobodyIsNamedThatIsSaid() {
        Said said = test();
        assertEquals(ExitCode.THRESHOLD_MISSED, said.code(), said::toString);
        assertTrue(said.out().startsWith("Alarms go to the log and to nobody else"), said::out);
        String found = demur("doctor", "--data", folder.toString()).out();
        assertTrue(found.contains("warn  alarms      they go to the log and to nobody"), found);
    }

    @Test
    void aSecretThatIsNoneIsSaidAndNotShown() throws Exception {
        configure("  webhook: {url: 'http://127.0.0.1:1/in', secret: 'SECRET'}\n", "hunter2");
        Said said = test();
        assertTrue(
                said.err()
                        .contains(
                                "`alarms.webhook.secret`: a webhook's secret is `whsec_` and 24 to"
                                        + " 64 bytes in base64"),
                said::toString);
        assertFalse(said.toString().contains("hunter2"), said::toString);
    }
}
