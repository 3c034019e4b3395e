package io.demur.log.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.Checkpoint;
import io.demur.log.LogReader;
import io.demur.log.NaiveLog;
import io.demur.log.TestKeys;
import io.demur.log.TrustPolicy;
import io.demur.log.note.Cosignature;
import io.demur.log.note.Malformed;
import io.demur.log.note.Note;
import io.demur.log.note.NoteSignature;
import io.demur.log.note.SigningKey;
import io.demur.log.note.VerifierKey;
import io.demur.testkit.StubServer;
import io.demur.testkit.StubServer.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A log asks a witness, which helps, declines, fails, or lies. */
class WitnessTest {

    private static final SigningKey KEY = TestKeys.of("example.com/log", 1);
    private static final SigningKey WITNESS = TestKeys.of("witness.example/w1", 3);
    private static final VerifierKey WITNESS_KEY = Cosignature.verifier(WITNESS);
    private static final String SIZE_TYPE = "text/x.tlog.size";

    private final WitnessStub stub = new WitnessStub(WITNESS, KEY.verifier());
    private final List<byte[]> entries = NaiveLog.entries(700);

    @AfterEach
    void stop() {
        stub.close();
    }

    @Test
    void checkpointsAreCosignedAsTheLogGrows() throws Exception {
        long seen = 0;
        for (int size : new int[] {0, 1, 255, 256, 256, 300, 700}) {
            Checkpoint checkpoint = checkpoint(size);
            Answer answer = ask(stub.prefix(), size, seen);
            List<NoteSignature> given = cosigned(answer);
            Note note = checkpoint.note().with(given.getFirst());
            assertTrue(note.signers(List.of(WITNESS_KEY)).contains(WITNESS_KEY));
            seen = size;
            assertEquals(size, stub.seen("example.com/log"));
        }
        assertEquals(7, stub.requests());
    }

    @Test
    void whatTheWitnessHasSeenNeedNotBeKnown() throws Exception {
        cosigned(ask(stub.prefix(), 300, 0));
        cosigned(ask(stub.prefix(), 700, 0));
        cosigned(ask(stub.prefix(), 700, 123));
        assertEquals(5, stub.requests());
    }

    @Test
    void aRollbackIsSaidLoudly() throws Exception {
        cosigned(ask(stub.prefix(), 700, 0));
        Answer answer = ask(stub.prefix(), 300, 300);
        assertEquals(new Answer.RolledBack(300, 700), answer);
        assertTrue(answer.words().contains("ROLLED BACK"), answer.words());
    }

    @Test
    void aLogThatHasGrownMeanwhileIsNotRolledBack() throws Exception {
        cosigned(ask(stub.prefix(), 700, 0));
        try (Witness witness = new Witness(WITNESS_KEY, stub.prefix(), Duration.ofSeconds(20))) {
            // the checkpoint was read, then 400 entries were published and submitted by another
            Answer answer = witness.cosign(checkpoint(300), 300, reader(700));
            unreachable(answer);
            assertTrue(answer.words().contains("grown to 700 entries"), answer.words());
            assertInstanceOf(
                    Answer.RolledBack.class, witness.cosign(checkpoint(300), 300, reader(699)));
        }
    }

    @Test
    void aForkIsSaidLoudly() throws Exception {
        cosigned(ask(stub.prefix(), 300, 0));
        List<byte[]> other = new ArrayList<>(entries);
        other.set(7, new byte[] {7});
        for (int size : new int[] {300, 301, 700}) {
            Answer answer = ask(stub.prefix(), other.subList(0, size), KEY, 300);
            assertInstanceOf(Answer.Forked.class, answer, answer::words);
        }
        assertEquals(300, stub.seen("example.com/log"));
    }

    @Test
    void strangersAreDeclined() throws Exception {
        Answer unknown = ask(stub.prefix(), entries, TestKeys.of("example.com/other", 2), 0);
        assertEquals(404, assertInstanceOf(Answer.Declined.class, unknown).status());
        Answer rekeyed = ask(stub.prefix(), entries, TestKeys.of("example.com/log", 2), 0);
        assertEquals(403, assertInstanceOf(Answer.Declined.class, rekeyed).status());
    }

    @Test
    void manyAtOnceNeverRollTheWitnessBack() throws Exception {
        List<Integer> sizes = new ArrayList<>();
        for (int i = 1; i <= 24; i++) {
            sizes.add(29 * i);
        }
        Collections.reverse(sizes.subList(4, 20));
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Answer>> asking = new ArrayList<>();
            for (int size : sizes) {
                asking.add(() -> ask(stub.prefix(), size, 0));
            }
            for (Future<Answer> answer : threads.invokeAll(asking)) {
                // overtaken by a larger one, or by too many others, is what a race may come to
                assertTrue(!(answer.get() instanceof Answer.Forked), answer.get()::words);
            }
        }
        cosigned(ask(stub.prefix(), 700, 0));
    }

    @Test
    void onlyTrueCosignaturesOfTheKnownKeyAreTaken() throws Exception {
        byte[] text = checkpoint(5).note().text().getBytes(StandardCharsets.UTF_8);
        String good = Cosignature.sign(text, WITNESS, Instant.EPOCH).line();
        String stranger = Cosignature.sign(text, TestKeys.of("w.example", 4), Instant.EPOCH).line();
        String other = Cosignature.sign(new byte[] {'\n'}, WITNESS, Instant.EPOCH).line();
        String plain = WITNESS.sign(text).line();
        assertEquals(1, cosigned(replied(200, "", stranger + good + stranger)).size());
        for (String body : new String[] {stranger, other, plain, good + other, "", "\n", "yes\n"}) {
            assertInstanceOf(Answer.Declined.class, replied(200, "", body));
        }
        assertInstanceOf(Answer.Declined.class, replied(200, "", good.trim()));
    }

    @Test
    void nonsenseIsNoAnswer() throws Exception {
        unreachable(replied(409, "text/plain", "3\n"));
        unreachable(replied(409, SIZE_TYPE, "3"));
        unreachable(replied(409, SIZE_TYPE, "03\n"));
        unreachable(replied(409, SIZE_TYPE, "-3\n"));
        unreachable(replied(409, SIZE_TYPE, "0\n"));
        unreachable(replied(500, "", ""));
        unreachable(replied(302, "", ""));
        unreachable(replied(200, "", "x".repeat(1_000_000)));
        assertInstanceOf(Answer.RolledBack.class, replied(409, SIZE_TYPE, "6\n"));
        assertInstanceOf(Answer.Forked.class, replied(422, "", ""));
        assertInstanceOf(Answer.Declined.class, replied(400, "", ""));
    }

    @Test
    void theDeadlineCountsToTheEndOfTheReply() throws Exception {
        try (StubServer slow =
                new StubServer(
                        asked -> {
                            Thread.sleep(60_000);
                            return new Reply(500, Map.of(), new byte[0]);
                        })) {
            try (Witness witness =
                    new Witness(WITNESS_KEY, slow.address("/"), Duration.ofMillis(200))) {
                unreachable(witness.cosign(checkpoint(5), 0, reader(5)));
            }
        }
        unreachable(ask(URI.create("http://localhost:1/"), 5, 0));
    }

    @Test
    void aPolicyAsksForTheQuorum() throws Exception {
        SigningKey second = TestKeys.of("witness.example/w2", 4);
        VerifierKey secondKey = Cosignature.verifier(second);
        String lines =
                """
                log %s
                witness a %s
                witness b %s
                group both all a b
                group one any both
                """
                        .formatted(KEY.verifier(), WITNESS_KEY, secondKey);
        Note note = checkpoint(5).note().with(cosigned(ask(stub.prefix(), 5, 0)).getFirst());
        TrustPolicy two = policy(lines + "quorum one\n");
        TrustPolicy a = policy(lines + "quorum a\n");
        assertTrue(fault(two, note).contains("cosigned by a"), fault(two, note));
        assertEquals("", fault(a, note));
        assertTrue(fault(a, checkpoint(5).note()).contains("cosigned by none"));
        byte[] text = note.text().getBytes(StandardCharsets.UTF_8);
        Note both = note.with(Cosignature.sign(text, second, Instant.EPOCH));
        assertEquals("", fault(two, both));
        // the witness's plain signature is worth nothing, and a false one spoils the rest
        assertTrue(fault(a, checkpoint(5).note().with(WITNESS.sign(text))).contains("none"));
        NoteSignature false2 = new NoteSignature(secondKey.name(), secondKey.id(), new byte[72]);
        assertTrue(fault(a, note.with(false2)).contains("false"));
        Note strange =
                Checkpoint.sign(checkpoint(5).head(), TestKeys.of("example.com/log", 8)).note();
        assertTrue(
                fault(policy("log " + KEY.verifier() + "\nquorum none\n"), strange)
                        .contains("no known key"));
    }

    private static String fault(TrustPolicy policy, Note note) throws Malformed {
        Optional<String> fault = policy.fault(Checkpoint.parse(note.bytes()));
        return fault.orElse("");
    }

    private static TrustPolicy policy(String text) throws TrustPolicy.Unreadable {
        return TrustPolicy.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void unreachable(Answer answer) {
        assertInstanceOf(Answer.Unreachable.class, answer, answer::words);
    }

    private static List<NoteSignature> cosigned(Answer answer) {
        return assertInstanceOf(Answer.Cosigned.class, answer, answer::words).signatures();
    }

    /** What comes of a fixed reply to a log of five entries. */
    private Answer replied(int status, String type, String body) throws Exception {
        Map<String, String> headers =
                type.isEmpty()
                        ? Map.of("Location", "http://localhost:1/")
                        : Map.of("Content-Type", type);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (StubServer server = new StubServer(asked -> new Reply(status, headers, bytes))) {
            return ask(server.address("/"), 5, 0);
        }
    }

    private Answer ask(URI prefix, int size, long seen) throws Exception {
        return ask(prefix, entries.subList(0, size), KEY, seen);
    }

    private Answer ask(URI prefix, List<byte[]> of, SigningKey key, long seen) throws Exception {
        Checkpoint checkpoint = Checkpoint.sign(NaiveLog.head(of, key), key);
        try (Witness witness = new Witness(WITNESS_KEY, prefix, Duration.ofSeconds(20))) {
            return witness.cosign(checkpoint, seen, new LogReader(NaiveLog.of(of, key)));
        }
    }

    private Checkpoint checkpoint(int size) {
        return Checkpoint.sign(NaiveLog.head(entries.subList(0, size), KEY), KEY);
    }

    private LogReader reader(int size) {
        return new LogReader(NaiveLog.of(entries.subList(0, size), KEY));
    }
}
