package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;

import io.demur.files.serve.ServeConfig;
import io.demur.record.DataFolder;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is wrong with an installation is found, and what is not wrong is not. */
class DoctorTest {

    private static final String SECRET = "sk-proj-0123456789abcdefghijklmnop";

    private Path folder;

    private Map<String, String> environment;

    @BeforeEach
    void begin(@TempDir Path temporary) throws Exception {
        folder = temporary;
        environment =
                Map.of(
                        "HOME", folder.resolve("home").toString(),
                        "XDG_STATE_HOME", folder.resolve("state").toString(),
                        "XDG_CONFIG_HOME", folder.resolve("config").toString());
        Files.createDirectories(folder.resolve("home"));
        Installation installation =
                new Installation(
                        new DataFolder(data()),
                        new Surroundings(environment, InstantSource.system()));
        InitCommand.make(installation, Optional.empty(), "test");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private String examine(int exit, Map<String, String> around, Duration back, String... more) {
        InstantSource clock = () -> InstantSource.system().instant().minus(back);
        CommandLine line = new CommandLine(new DoctorCommand(new Surroundings(around, clock)));
        StringWriter out = new StringWriter();
        line.setOut(new PrintWriter(out));
        String[] args =
                Stream.concat(Stream.of("--data", data().toString()), Stream.of(more))
                        .toArray(String[]::new);
        assertEquals(exit, line.execute(args), out::toString);
        assertFalse(out.toString().contains(SECRET), out::toString);
        return out.toString();
    }

    private void check(String expected, String... more) {
        String said = examine(1, environment, Duration.ZERO, more);
        assertTrue(said.contains(expected), said);
    }

    @Test
    void aFreshFolderLacksAPolicyAndNothingElseIsBad() {
        String said = examine(1, environment, Duration.ZERO);
        assertEquals(
                List.of("bad   policy"),
                said.lines()
                        .filter(it -> it.startsWith("bad"))
                        .map(it -> it.substring(0, 12))
                        .toList(),
                said);
        for (String line : List.of("ok    modes", "ok    anchor", "ok    disk", "ok    clock")) {
            assertTrue(said.contains(line), said);
        }
    }

    @Test
    void keysThatOthersMayReadAreBad() throws Exception {
        try (Stream<Path> keys = Files.list(data().resolve("keys"))) {
            Path key =
                    keys.filter(it -> !it.endsWith("log.vkey"))
                            .filter(it -> !it.getFileName().toString().startsWith("."))
                            .findFirst()
                            .orElseThrow();
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
            check("bad   modes       `" + key + "`");
        }
    }

    @Test
    void anAnchorThatKnowsMoreThanTheLogIsBad() throws Exception {
        try (Stream<Path> anchors = Files.list(folder.resolve("state/demur/anchors"))) {
            Path anchor =
                    anchors.filter(it -> Files.isRegularFile(it))
                            .filter(it -> !it.toString().endsWith(".lock"))
                            .findFirst()
                            .orElseThrow();
            List<String> lines = Files.readAllLines(anchor);
            Files.writeString(anchor, lines.get(0) + "\n90001\n" + lines.get(2) + "\n");
        }
        check("bad   anchor      the anchor knows 90,001 entries");
    }

    @Test
    void aClockBehindTheLogIsBad() {
        String said = examine(1, environment, Duration.ofDays(2));
        assertTrue(said.contains("bad   clock"), said);
    }

    @Test
    void keysOfProvidersAreFoundAndNotShown() throws Exception {
        Files.writeString(
                folder.resolve("home/.bashrc"),
                "# OPENAI_API_KEY=0123456789abcdef0123\n"
                        + "export OPENAI_API_KEY=dmr_0123456789abcdef\n"
                        + "export OPENAI_API_KEY='"
                        + SECRET
                        + "'\n");
        check("`" + folder.resolve("home/.bashrc") + "`, line 3, holds a key of a provider");
        Map<String, String> around =
                Map.of(
                        "HOME", folder.toString(),
                        "XDG_STATE_HOME", folder.resolve("state").toString(),
                        "ANTHROPIC_API_KEY", SECRET);
        assertTrue(examine(1, around, Duration.ZERO).contains("`ANTHROPIC_API_KEY` is set here"));
        Files.writeString(
                data().resolve("demur.yaml"),
                """
                upstreams:
                  - name: far
                    kind: anthropic
                    url: "https://api.invalid"
                    key: "${env:ANTHROPIC_API_KEY}"
                """);
        assertFalse(examine(1, around, Duration.ZERO).contains("`ANTHROPIC_API_KEY` is set here"));
    }

    @Test
    void theSameInJson() {
        String said = examine(1, environment, Duration.ZERO, "--json");
        assertTrue(said.startsWith("{\"findings\":[{"), said);
        assertTrue(said.contains("\"grade\":\"bad\",\"topic\":\"policy\""), said);
    }

    @Test
    void aServerOfModelsThatOthersReachIsBad() throws Exception {
        InetAddress near = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        HttpServer first = serve(near, 0);
        int port = first.getAddress().getPort();
        List<ServeConfig.Server> servers =
                List.of(
                        new ServeConfig.Server(
                                "local",
                                ServeConfig.Kind.OLLAMA,
                                URI.create("http://127.0.0.1:" + port),
                                Optional.empty(),
                                Map.of(),
                                Map.of(),
                                false,
                                ServeConfig.Times.USUAL));
        DoctorWays ways =
                new DoctorWays(
                        with(servers),
                        new Surroundings(environment, InstantSource.system()),
                        name -> false,
                        List.of(other));
        assertEquals(Finding.Grade.WARN, ways.servers().getFirst().grade());
        HttpServer second = serve(other, port);
        Finding found = ways.servers().getFirst();
        assertEquals(Finding.Grade.BAD, found.grade(), found::words);
        assertTrue(
                found.words().contains("http://127.0.0.2:%d, without a key".formatted(port)),
                found::words);
        second.stop(0);
        first.stop(0);
        assertEquals(Finding.Grade.OK, ways.servers().getFirst().grade());
    }

    private static ServeConfig with(List<ServeConfig.Server> servers) {
        ServeConfig none = ServeConfig.NONE;
        return new ServeConfig(
                none.host(),
                none.port(),
                none.tls(),
                none.address(),
                none.structured(),
                none.bodyBytesMax(),
                none.stopWithin(),
                none.keyless(),
                servers);
    }

    private static HttpServer serve(InetAddress address, int port) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 4);
        server.createContext(
                "/api/tags",
                exchange -> {
                    exchange.sendResponseHeaders(200, 2);
                    exchange.getResponseBody().write(new byte[] {'{', '}'});
                    exchange.close();
                });
        server.start();
        return server;
    }
}
