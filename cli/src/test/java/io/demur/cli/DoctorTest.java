package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;

import io.demur.core.access.Limits;
import io.demur.core.charter.Settings;
import io.demur.files.serve.ServeConfig;
import io.demur.log.note.Cosignature;
import io.demur.log.note.Note;
import io.demur.log.note.SigningKey;
import io.demur.record.DataFolder;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Commitment;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Outcome;
import io.demur.store.AccessBook;
import io.demur.store.AccessBook.By;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
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
        InitCommand.make(installation(), Optional.empty(), "test");
    }

    private Installation installation() {
        return new Installation(
                new DataFolder(data()), new Surroundings(environment, InstantSource.system()));
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

    /** A proxy of the same machine that names no client lets everybody in by it. */
    @Test
    void callersWithoutAKeyAreWarnedOf() throws Exception {
        assertFalse(examine(1, environment, Duration.ZERO).contains("keyless"));
        Files.writeString(data().resolve("demur.yaml"), "keyless: somebody\n");
        check("warn  keyless");
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
        StringWriter out = new StringWriter();
        CommandLine status =
                new CommandLine(
                        new PolicyStatusCommand(
                                new Surroundings(environment, InstantSource.system())));
        status.setOut(new PrintWriter(out));
        assertEquals(1, status.execute("--data", data().toString()));
        assertTrue(out.toString().contains("anchor     it knows 90,001 entries"), out::toString);
    }

    @Test
    void aFileThatNoWitnessHasSignedIsNotTakenForCosigned() throws Exception {
        Path log = data().resolve("log");
        byte[] checkpoint = Files.readAllBytes(log.resolve("checkpoint"));
        Path witnessed = log.resolve("checkpoint.witnessed");
        Files.write(witnessed, checkpoint);
        check("warn  witness     `checkpoint.witnessed` bears 1 signatures");

        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        SigningKey key = new SigningKey("witness.example", pair.getPublic(), pair.getPrivate());
        Settings.Witnesses demanded =
                new Settings.Witnesses(Set.of(Cosignature.verifier(key).toString()), 1);
        Finding unsigned = witness(demanded);
        assertEquals(Finding.Grade.BAD, unsigned.grade(), unsigned::words);
        assertTrue(unsigned.words().startsWith("0 of the policy's witnesses"), unsigned::words);

        Note note = Note.parse(checkpoint);
        byte[] text = note.text().getBytes(StandardCharsets.UTF_8);
        Instant now = InstantSource.system().instant();
        Files.write(witnessed, note.with(Cosignature.sign(text, key, now)).bytes());
        assertEquals(Finding.Grade.OK, witness(demanded).grade());
        // by what the witness says, however new the file is
        Instant longAgo = now.minus(Duration.ofDays(30));
        Files.write(witnessed, note.with(Cosignature.sign(text, key, longAgo)).bytes());
        assertEquals(Finding.Grade.WARN, witness(demanded).grade());
    }

    private Finding witness(Settings.Witnesses demanded) throws Exception {
        return new DoctorFolder(installation(), InstantSource.system().instant())
                .log(demanded).stream()
                        .filter(it -> it.topic().equals("witness"))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void aServerThatCountsMoreIsAccusedOnlyWhereTheLogKnowsAllOfItsOwn() throws Exception {
        HttpServer server = serve(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
        byte[] counts =
                "vllm:prompt_tokens_total{model=\"m\"} 90.0\n".getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/metrics",
                exchange -> {
                    exchange.sendResponseHeaders(200, counts.length);
                    exchange.getResponseBody().write(counts);
                    exchange.close();
                });
        Map<String, URI> servers =
                Map.of("vllm", URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
        DoctorUsage usage = new DoctorUsage();
        assertEquals(Finding.Grade.BAD, DoctorCounts.of(servers, usage).getFirst().grade());
        Attempt attempt = attempt();
        usage.add(attempt);
        Finding open = DoctorCounts.of(servers, usage).getFirst();
        assertEquals(Finding.Grade.WARN, open.grade(), open::words);
        usage.add(aborted(attempt));
        Finding broken = DoctorCounts.of(servers, usage).getFirst();
        assertEquals(Finding.Grade.WARN, broken.grade(), broken::words);
        assertTrue(broken.words().contains("of 1 exchanges nobody knows"), broken::words);
        server.stop(0);
        // those that a gateway looks for where none is configured
        assertTrue(DoctorWays.servers(ServeConfig.NONE).containsKey("ollama"));
    }

    private static Attempt attempt() {
        return new Attempt(
                Instant.now(),
                new Ids(InstantSource.system(), new SecureRandom()).next("att"),
                "sub_x",
                "sub_x",
                Optional.empty(),
                Optional.empty(),
                "openai.chat",
                "m",
                "local",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Kept(
                        Kept.Mode.HASH_ONLY,
                        0,
                        Commitment.to(new byte[Commitment.SALT_BYTES], new byte[0]),
                        Optional.empty()));
    }

    private static Outcome aborted(Attempt attempt) {
        return new Outcome(
                Instant.now(),
                attempt.id(),
                Outcome.Result.ABORT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("crash"),
                List.of(),
                List.of(),
                OptionalInt.empty(),
                Optional.empty(),
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Duration.ZERO);
    }

    @Test
    void whereItListensIsSaidByWhatRunsAndNotByTheFile() {
        for (String near : List.of("127.0.0.1", "127.8.8.8", "localhost", "::1")) {
            assertTrue(ServingNote.ours(near, 1, Optional.empty()).isLoopback(), near);
        }
        for (String far : List.of("0.0.0.0", "::", "127.0.0.1.example.invalid", "192.0.2.7")) {
            assertFalse(ServingNote.ours(far, 1, Optional.empty()).isLoopback(), far);
        }
    }

    @Test
    void keysThatTheLogDoesNotTellOfAreBad() throws Exception {
        try (StoreSession session = StoreSession.open(installation(), "test")) {
            AccessBook book = session.access();
            By ada = By.of("ada");
            String id = book.addPrincipal("ada", "other", Limits.NONE, ada);
            assertTrue(book.publish(session.log()) > 0);
            assertFalse(examined().contains("bad   access"));
            // in the tables, and not in the log
            book.addProject("audit", Optional.empty(), Limits.NONE, ada);
            assertTrue(book.publish(entry -> {}) > 0);
            assertTrue(book.principals().getFirst().principal().id().equals(id));
        }
        check("bad   access      the log does not tell of: project    audit");
    }

    private String examined() {
        return examine(1, environment, Duration.ZERO);
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
                none.connectionsMax(),
                none.stopWithin(),
                none.keyless(),
                servers,
                none.profiles(),
                none.alarms(),
                none.judge());
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
