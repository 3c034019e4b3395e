package io.demur.gateway;

import io.demur.gateway.offload.Waiting;
import io.demur.gateway.running.Statements;
import io.demur.log.note.Note;
import io.demur.record.policy.Submitted;
import io.demur.record.policy.SubmittedCodec;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Fault;
import io.demur.wire.ollama.OllamaFront;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Where signed statements about the policy are handed in while the gateway runs. A statement proves
 * itself: who may change what is found in its signatures and in the log, so no key is asked for.
 */
final class PolicyDesk {

    private static final System.Logger LOGGER = System.getLogger(PolicyDesk.class.getName());

    /** To rule on a statement, probes are judged; what is put off waits for nobody. */
    private static final Duration RULED_WITHIN = Duration.ofMinutes(2);

    /** They need no key, and take room together. */
    private static final String FROM = "statements";

    private final Statements statements;
    private final BodyReader bodies;

    PolicyDesk(Statements statements, BodyReader bodies) {
        this.statements = statements;
        this.bodies = bodies.upTo(Note.BYTES_MAX);
    }

    /** Takes one, and says what became of it. */
    void handIn(Arrival arrival) {
        try (Received note = bodies.read(arrival.http(), FROM)) {
            send(arrival, Waiting.on(ruled(note.bytes()), RULED_WITHIN));
        } catch (BadCall e) {
            send(arrival, e.fault());
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "a statement could not be ruled on: {0}", e.toString());
            send(
                    arrival,
                    Fault.of(
                            Fault.Kind.UNAVAILABLE,
                            "the statement could not be ruled on at the moment; hand it in again"));
        }
    }

    private Future<Submitted> ruled(byte[] note) {
        return Future.fromCompletionStage(statements.submit(note), Vertx.currentContext());
    }

    private static void send(Arrival arrival, Submitted submitted) {
        int status =
                switch (submitted) {
                    case Submitted.Activated done -> 200;
                    case Submitted.NeedsApproval open -> 202;
                    case Submitted.Waiting waiting -> 202;
                    case Submitted.Rejected rejected -> 422;
                };
        arrival.http()
                .response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(Buffer.buffer(SubmittedCodec.write(submitted)));
    }

    private static void send(Arrival arrival, Fault fault) {
        Apology.send(arrival.http().response(), OllamaFront.error(fault));
    }
}
