package io.demur.log.witness;

import io.demur.log.Checkpoint;
import io.demur.log.LogReader;
import io.demur.log.TreeHead;
import io.demur.log.merkle.Hash;
import io.demur.log.note.Malformed;
import io.demur.log.note.Note;
import io.demur.log.note.NoteSignature;
import io.demur.log.note.Text;
import io.demur.log.note.VerifierKey;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A witness that can be asked over HTTP to cosign a checkpoint. Redirects are not followed. Safe
 * for use by several threads.
 */
public final class Witness implements AutoCloseable {

    /** A cosignature is a line of some 150 bytes, a post-quantum one of 3,400. */
    private static final int BODY_BYTES_MAX = 100_000;

    /** How often the witness may have seen another checkpoint between two of our requests. */
    private static final int ROUNDS = 4;

    private final VerifierKey key;
    private final URI endpoint;
    private final HttpClient client;
    private final Duration deadline;

    /**
     * A witness.
     *
     * @param key of type {@link VerifierKey.Type#COSIGNATURE}
     * @param prefix its submission prefix, an {@code http} or {@code https} URL
     * @param deadline for each request, from its sending to the end of its reply
     */
    public Witness(VerifierKey key, URI prefix, Duration deadline) {
        if (key.type() != VerifierKey.Type.COSIGNATURE) {
            throw new IllegalArgumentException("`%s` is not a witness's key".formatted(key));
        }
        boolean http = "http".equals(prefix.getScheme()) || "https".equals(prefix.getScheme());
        if (!http || prefix.getHost() == null || prefix.getQuery() != null) {
            throw new IllegalArgumentException("`%s` is not an HTTP address".formatted(prefix));
        }
        this.key = key;
        String base = prefix.toString();
        this.endpoint = URI.create(base + (base.endsWith("/") ? "" : "/") + "add-checkpoint");
        this.client =
                HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(deadline)
                        .build();
        this.deadline = deadline;
    }

    public VerifierKey key() {
        return key;
    }

    /**
     * Asks for a cosignature.
     *
     * @param seen how large the log was when this witness last cosigned it, as far as is known: 0
     *     costs one more request at most
     * @param reader of the log, for the proofs
     * @throws IOException where the log's own files cannot be read
     * @throws InterruptedException where the thread is interrupted while it waits
     */
    public Answer cosign(Checkpoint checkpoint, long seen, LogReader reader)
            throws IOException, InterruptedException {
        long size = checkpoint.head().size();
        long old = Math.min(seen, size);
        for (int round = 0; round < ROUNDS; round++) {
            HttpResponse<byte[]> reply;
            try {
                reply = send(body(checkpoint, old, reader));
            } catch (ExecutionException e) {
                return new Answer.Unreachable(reason(e));
            } catch (TimeoutException e) {
                return new Answer.Unreachable(
                        "no whole reply within %d ms".formatted(deadline.toMillis()));
            }
            if (reply.statusCode() != 409) {
                return answer(checkpoint, reply);
            }
            long theirs;
            try {
                theirs = size(reply);
            } catch (Malformed e) {
                return new Answer.Unreachable("status 409 without a size: " + e.getMessage());
            }
            if (theirs > size) {
                return published(checkpoint, reader) >= theirs
                        ? new Answer.Unreachable(
                                "the log has grown to %d entries meanwhile; ask again"
                                        .formatted(theirs))
                        : new Answer.RolledBack(size, theirs);
            }
            if (theirs == old) {
                return theirs == size
                        ? new Answer.Forked(
                                "the witness has another root for %d entries".formatted(size))
                        : new Answer.Unreachable("it says no to the size that it names");
            }
            old = theirs;
        }
        return new Answer.Unreachable("it names another size each time; somebody else asks too");
    }

    /**
     * How large the log is by now: another process may have published and submitted more since the
     * checkpoint was read. Believed unsigned, because whoever asks again has the signature checked.
     */
    private static long published(Checkpoint before, LogReader reader) throws IOException {
        Optional<byte[]> bytes = reader.source().read("checkpoint");
        if (bytes.isEmpty()) {
            return 0;
        }
        try {
            TreeHead now = Checkpoint.parse(bytes.get()).head();
            return now.origin().equals(before.head().origin()) ? now.size() : 0;
        } catch (Malformed e) {
            return 0;
        }
    }

    private static byte[] body(Checkpoint checkpoint, long old, LogReader reader)
            throws IOException {
        StringBuilder body = new StringBuilder("old ").append(old).append('\n');
        for (Hash hash : reader.consistency(old, checkpoint.head().size())) {
            body.append(hash.base64()).append('\n');
        }
        body.append('\n').append(checkpoint.note());
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> send(byte[] body)
            throws InterruptedException, ExecutionException, TimeoutException {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint).POST(BodyPublishers.ofByteArray(body)).build();
        CompletableFuture<HttpResponse<byte[]>> reply =
                client.sendAsync(request, head -> new ShortBody(BODY_BYTES_MAX));
        try {
            return reply.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            reply.cancel(true);
        }
    }

    private Answer answer(Checkpoint checkpoint, HttpResponse<byte[]> reply) {
        int status = reply.statusCode();
        return switch (status) {
            case 200 -> {
                try {
                    yield new Answer.Cosigned(cosignatures(checkpoint, reply.body()));
                } catch (Malformed e) {
                    yield new Answer.Declined(status, String.valueOf(e.getMessage()));
                }
            }
            case 400 -> new Answer.Declined(status, "it does not understand the request");
            case 403 -> new Answer.Declined(status, "it does not trust the key of this log");
            case 404 ->
                    new Answer.Declined(
                            status,
                            "it does not know the log `%s`".formatted(checkpoint.head().origin()));
            case 422 ->
                    new Answer.Forked(
                            "the witness has seen entries that this log does not hold (status"
                                    + " 422)");
            default -> new Answer.Unreachable("status %d".formatted(status));
        };
    }

    /** The cosignatures of this witness among the lines of its reply. */
    private List<NoteSignature> cosignatures(Checkpoint checkpoint, byte[] body) throws Malformed {
        String lines = Text.utf8(body);
        if (!lines.endsWith("\n")) {
            throw new Malformed("its reply does not end in a newline");
        }
        List<NoteSignature> found = new ArrayList<>();
        for (String line : lines.substring(0, lines.length() - 1).split("\n", -1)) {
            NoteSignature signature = Note.signature(line);
            Note alone = new Note(checkpoint.note().text(), List.of(signature));
            if (alone.signers(List.of(key)).contains(key)) {
                found.add(signature);
            }
        }
        if (found.isEmpty()) {
            throw new Malformed("its reply has no cosignature of `%s`".formatted(key));
        }
        return found;
    }

    private static long size(HttpResponse<byte[]> reply) throws Malformed {
        String type = reply.headers().firstValue("content-type").orElse("");
        String body = Text.utf8(reply.body());
        if (!type.equals("text/x.tlog.size") || !body.endsWith("\n")) {
            throw new Malformed("`%s`".formatted(Text.shown(body)));
        }
        return Text.decimal(body.substring(0, body.length() - 1));
    }

    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String said = cause.getMessage();
        return said == null || said.isEmpty() ? cause.getClass().getSimpleName() : said;
    }

    /** Ends its connections; requests under way are broken off. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
