package io.demur.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.StubServer;
import io.demur.testkit.StubServer.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

class PinnedFileTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final byte[] BODY =
            "prompt,category\nHello?,a\n".repeat(9999).getBytes(StandardCharsets.UTF_8);

    @TempDir Path cache = Path.of("");

    @Test
    void aFileIsFetchedOnceAndThenLiesInTheFolderUnderItsName() throws Exception {
        try (StubServer server = new StubServer(asked -> new Reply(200, Map.of(), BODY))) {
            PinnedFile pinned = pinned(server, "/sets/or-bench-toxic.csv?download=true");
            Path first = pinned.in(cache, SOON);
            assertEquals("or-bench-toxic.csv", first.getFileName().toString());
            assertEquals(-1, Files.mismatch(first, written(BODY)));
            assertEquals(first, pinned.in(cache, SOON));
            assertEquals(1, server.asked().size());
        }
    }

    @Test
    void whatWasDamagedInTheFolderIsFetchedAgain() throws Exception {
        try (StubServer server = new StubServer(asked -> new Reply(200, Map.of(), BODY))) {
            PinnedFile pinned = pinned(server, "/a.csv");
            Files.writeString(pinned.in(cache, SOON), "something else");
            assertEquals(-1, Files.mismatch(pinned.in(cache, SOON), written(BODY)));
            assertEquals(2, server.asked().size());
        }
    }

    @Test
    void anotherFileThanTheSumSaysIsRefusedAndNotKept() throws Exception {
        byte[] other = "prompt,category\nHi?,a\n".getBytes(StandardCharsets.UTF_8);
        try (StubServer server = new StubServer(asked -> new Reply(200, Map.of(), other))) {
            PinnedFile pinned = pinned(server, "/a.csv");
            String message = failure(pinned);
            assertEquals(
                    "`%s` is another file: its SHA-256 is %s, and not %s"
                            .formatted(server.address("/a.csv"), sha256(other), sha256(BODY)),
                    message);
            assertNothingKept();
        }
    }

    @Test
    void anAddressWithoutASumIsRefusedBeforeAnybodyIsAsked() {
        assertTrue(PinnedFile.isAddress("HTTPS://example.org/a.csv"));
        assertFalse(PinnedFile.isAddress("httpsuite.csv"));
        for (String wrong :
                List.of(
                        "https://example.org/a.csv",
                        "https://example.org/a.csv#sha256=",
                        "https://example.org/a.csv#sha256=abc",
                        "https://example.org/a.csv#md5=" + "0".repeat(64))) {
            IOException e = assertThrows(IOException.class, () -> PinnedFile.parse(wrong));
            assertEquals(
                    "`%s` has no sum; put `#sha256=` and the file's SHA-256 behind it"
                            .formatted(wrong),
                    e.getMessage());
        }
        assertThrows(
                IOException.class,
                () -> PinnedFile.parse("https:///a.csv#sha256=" + "0".repeat(64)));
        assertThrows(
                IOException.class,
                () -> PinnedFile.parse("https://a b/c#sha256=" + "0".repeat(64)));
    }

    /** A message had gone into a build's public log, with the token that fetched the suite. */
    @Test
    void noMessageRepeatsAPasswordOrWhatStandsBehindAQuestionMark() throws Exception {
        String sum = "#sha256=" + "0".repeat(64);
        for (String wrong :
                List.of(
                        "https://me:s3cret@example.org/a.csv",
                        "https://example.org/a.csv?token=s3cret",
                        "https://me:s3cret@/a.csv" + sum,
                        "https://me:s3cret/x@example.org/a.csv" + sum,
                        "https://me:s3cret@exa mple.org/a.csv" + sum,
                        "https://exa mple.org/a.csv?token=s3cret" + sum)) {
            IOException e = assertThrows(IOException.class, () -> PinnedFile.parse(wrong));
            StringWriter all = new StringWriter();
            e.printStackTrace(new PrintWriter(all));
            assertFalse(all.toString().contains("s3cret"), all::toString);
        }
        try (StubServer server = new StubServer(asked -> new Reply(404, Map.of(), BODY))) {
            String plain = server.address("/a@1.csv").toString();
            String secret = plain.replace("http://", "http://me:s3cret@") + "?token=s3cret";
            PinnedFile pinned = PinnedFile.parse(secret + sum);
            assertEquals(
                    "`%s?…` cannot be fetched: the server answers 404"
                            .formatted(plain.replace("http://", "http://…@")),
                    failure(pinned));
            assertFalse(pinned.toString().contains("s3cret"));
            assertEquals(plain, PinnedFile.shown(plain));
        }
    }

    @Test
    void aMissingFileAMissingServerAndASilentOneAreSaidAndNothingIsKept() throws Exception {
        PinnedFile gone;
        try (StubServer server = new StubServer(asked -> new Reply(404, Map.of(), BODY))) {
            gone = pinned(server, "/a.csv");
            assertTrue(failure(gone).endsWith("cannot be fetched: the server answers 404"));
        }
        assertTrue(failure(gone).endsWith("cannot be fetched: there is no server"), failure(gone));
        CountDownLatch never = new CountDownLatch(1);
        try (StubServer silent =
                new StubServer(
                        asked -> {
                            never.await();
                            return new Reply(200, Map.of(), BODY);
                        })) {
            PinnedFile late = pinned(silent, "/a.csv");
            IOException e =
                    assertThrows(IOException.class, () -> late.in(cache, Duration.ofMillis(300)));
            assertTrue(String.valueOf(e.getMessage()).contains("it was not there after"));
        }
        assertNothingKept();
    }

    @Test
    void aRedirectIsFollowedBecauseTheSumSaysWhatComes() throws Exception {
        try (StubServer server =
                new StubServer(
                        asked ->
                                asked.path().equals("/old.csv")
                                        ? new Reply(302, Map.of("Location", "/new"), new byte[0])
                                        : new Reply(200, Map.of(), BODY))) {
            assertEquals(
                    "old.csv", pinned(server, "/old.csv").in(cache, SOON).getFileName().toString());
        }
    }

    @Test
    void aNameFromAnAddressNeverLeavesTheFolder() throws Exception {
        try (StubServer server = new StubServer(asked -> new Reply(200, Map.of(), BODY))) {
            for (String path : List.of("/..", "/", "/%2e%2e%2fx", "/.hidden", "/a%00b")) {
                Path kept = pinned(server, path).in(cache, SOON);
                assertEquals(cache.resolve(sha256(BODY)), kept.getParent(), path);
            }
        }
    }

    private void assertNothingKept() throws IOException {
        try (Stream<Path> found = Files.walk(cache)) {
            assertEquals(List.of(), found.filter(Files::isRegularFile).toList());
        }
    }

    private String failure(PinnedFile pinned) {
        return String.valueOf(
                assertThrows(IOException.class, () -> pinned.in(cache, SOON)).getMessage());
    }

    private Path written(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(cache, "right", ".csv"), bytes);
    }

    private static PinnedFile pinned(StubServer server, String path) throws Exception {
        return PinnedFile.parse(server.address(path) + "#sha256=" + sha256(BODY));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
