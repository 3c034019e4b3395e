package io.demur.gateway.upstream;

import io.demur.wire.chat.Event;

import java.time.Duration;
import java.util.List;

/** An answer while it comes. For one virtual thread; {@link #cancel} may be called by any. */
public interface Answer extends AutoCloseable {

    /**
     * Waits for more of it; the first time until it begins. The last event is {@link Event#isLast
     * last}, and nothing may be asked for behind it.
     *
     * @throws AnswerCancelled where it was cancelled
     */
    List<Event> next();

    /** Whose word it is, for the record and the log; empty before there is any. */
    String server();

    /** Whether any server has got what is asked, as far as that is known. */
    default boolean isReached() {
        return true;
    }

    /**
     * The servers that were asked, in order, each with what came: {@code answered}, {@code begun}
     * where the end is not there, an HTTP status, {@code unreachable}, {@code late}, {@code over},
     * {@code broken}.
     */
    default List<String> tried() {
        return server().isEmpty() ? List.of() : List.of(server() + " answered");
    }

    /**
     * For how long servers were waited for up to now, the pauses before another try included; to
     * write what they are asked, and to read what they say, is no part of it.
     */
    default Duration waited() {
        return Duration.ZERO;
    }

    /**
     * Lets the server know at once that nobody waits any more, whether it has begun to answer or
     * not; {@link #next} fails from then on.
     */
    void cancel();

    /** Frees what it holds, cancelled or read to its end; what was not read is not waited for. */
    @Override
    void close();
}
