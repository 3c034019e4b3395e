package io.demur.log.witness;

import io.demur.log.Checkpoint;
import io.demur.log.TreeHead;
import io.demur.log.merkle.Consistency;
import io.demur.log.merkle.Hash;
import io.demur.log.note.Cosignature;
import io.demur.log.note.Malformed;
import io.demur.log.note.SigningKey;
import io.demur.log.note.Text;
import io.demur.log.note.VerifierKey;
import io.demur.testkit.StubServer;
import io.demur.testkit.StubServer.Reply;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A witness as C2SP tlog-witness has it, in memory, over a real socket. */
final class WitnessStub implements AutoCloseable {

    private final SigningKey key;
    private final Map<String, VerifierKey> logs = new HashMap<>();
    private final Map<String, TreeHead> latest = new HashMap<>();
    private final StubServer server = new StubServer(asked -> answer(asked.path(), asked.body()));
    private long clock = 1_700_000_000;

    WitnessStub(SigningKey key, VerifierKey... logs) {
        this.key = key;
        for (VerifierKey log : logs) {
            this.logs.put(log.name(), log);
        }
    }

    URI prefix() {
        return server.address("/witness");
    }

    int requests() {
        return server.asked().size();
    }

    /** How large the log was when it was last cosigned. */
    synchronized long seen(String origin) {
        TreeHead head = latest.get(origin);
        return head == null ? 0 : head.size();
    }

    // the check and the change are one step: two requests never pass each other
    private synchronized Reply answer(String path, String body) {
        if (!path.equals("/witness/add-checkpoint")) {
            return new Reply(404, Map.of(), new byte[0]);
        }
        long old;
        List<Hash> proof = new ArrayList<>();
        Checkpoint checkpoint;
        try {
            int blank = body.indexOf("\n\n");
            if (blank < 0 || !body.startsWith("old ")) {
                return new Reply(400, Map.of(), new byte[0]);
            }
            String[] lines = body.substring(0, blank).split("\n", -1);
            old = Text.decimal(lines[0].substring(4));
            for (int i = 1; i < lines.length; i++) {
                proof.add(Hash.fromBase64(lines[i]));
            }
            checkpoint = Checkpoint.parse(utf8(body.substring(blank + 2)));
        } catch (Malformed e) {
            return new Reply(400, Map.of(), new byte[0]);
        }
        if (proof.size() > 63) {
            return new Reply(400, Map.of(), new byte[0]);
        }
        TreeHead head = checkpoint.head();
        VerifierKey log = logs.get(head.origin());
        if (log == null) {
            return new Reply(404, Map.of(), new byte[0]);
        }
        try {
            checkpoint.signedBy(List.of(log));
        } catch (Malformed e) {
            return new Reply(403, Map.of(), new byte[0]);
        }
        if (old > head.size()) {
            return new Reply(400, Map.of(), new byte[0]);
        }
        TreeHead before = latest.get(head.origin());
        long seen = before == null ? 0 : before.size();
        boolean same = before != null && before.root().equals(head.root());
        if (old != seen || (seen > 0 && seen == head.size() && !same)) {
            return new Reply(409, Map.of("Content-Type", "text/x.tlog.size"), utf8(seen + "\n"));
        }
        boolean proven = proof.isEmpty();
        if (before != null && seen > 0) {
            proven =
                    Consistency.fault(seen, head.size(), proof, before.root(), head.root())
                            .isEmpty();
        }
        if (!proven) {
            return new Reply(422, Map.of(), new byte[0]);
        }
        latest.put(head.origin(), head);
        Instant now = Instant.ofEpochSecond(clock++);
        String line = Cosignature.sign(utf8(checkpoint.note().text()), key, now).line();
        return new Reply(200, Map.of("Content-Type", "text/plain"), utf8(line));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
