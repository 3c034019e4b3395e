package io.demur.gateway;

import io.demur.gateway.upstream.AnswerCancelled;
import io.demur.record.entry.Ids;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.ErrorReply;
import io.demur.wire.chat.Fault;
import io.demur.wire.chat.Stamp;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

import java.time.InstantSource;

/**
 * What is said where a call comes to no reply: in the shape of its protocol, by whatever it was
 * stopped. Safe for use by several threads.
 */
record Apology(Shape shape, Ids ids, InstantSource clock) {

    private static final String REQUEST = "x-request-id";

    /** How a protocol writes errors. */
    @FunctionalInterface
    interface Shape {
        ErrorReply error(Fault fault, Stamp stamp);
    }

    /** What is done about a call. */
    @FunctionalInterface
    interface Work {
        void run() throws BadCall;
    }

    /** Does some work, and answers for it where it does not. */
    void insteadOf(Arrival arrival, Work work) {
        HttpServerResponse response = arrival.http().response();
        try {
            work.run();
        } catch (BadCall e) {
            send(response, e.fault());
        } catch (AnswerCancelled e) {
            response.reset();
        } catch (RuntimeException | Error e) {
            send(response, Mishap.of(arrival, e));
        }
    }

    /**
     * Answers with an error where nothing has left; otherwise ends the connection, so that nobody
     * takes what has left for the whole. What was decided is not said with it: it did not come to
     * that.
     */
    void send(HttpServerResponse response, Fault fault) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        response.headers().remove(Replying.DECISION).remove(Replying.ORIGIN);
        ErrorReply error = shape.error(fault, new Stamp(id(response), "", clock.instant(), false));
        send(response, error);
    }

    /** By which the caller can name the request: that of the attempt, where it came to one. */
    private String id(HttpServerResponse response) {
        for (String name : new String[] {REQUEST, Replying.ATTEMPT}) {
            String known = response.headers().get(name);
            if (known != null) {
                return known;
            }
        }
        String id = ids.next("req");
        response.putHeader(REQUEST, id);
        return id;
    }

    /** Answers with an error to which nothing is to be added. */
    static void send(HttpServerResponse response, ErrorReply error) {
        response.setStatusCode(error.status()).putHeader("content-type", "application/json");
        error.headers().forEach(response::putHeader);
        response.end(Buffer.buffer(error.body()));
    }
}
