package io.demur.gateway.upstream;

import io.demur.wire.chat.Failure;

import java.time.Duration;
import java.util.List;

/**
 * What a server gives as a whole while it is waited for. For one virtual thread; {@link #cancel}
 * may be called by any.
 */
public interface Whole<T> extends AutoCloseable {

    /**
     * Waits for it.
     *
     * @throws AnswerCancelled where it was cancelled
     */
    Given<T> get();

    /** Whose word it is; empty before there is any. */
    String server();

    /** Whether any server has got what is asked, as far as that is known. */
    default boolean isReached() {
        return !server().isEmpty();
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

    /** Lets the server know that nobody waits any more; {@link #get} fails from then on. */
    void cancel();

    /** Frees what it holds. */
    @Override
    void close();

    /** One that has failed already. */
    static <T> Whole<T> failed(Failure failure) {
        return known(new Given.Failed<>(failure), "");
    }

    /** One that need not be waited for. */
    static <T> Whole<T> known(Given<T> given, String server) {
        return new Whole<>() {
            @Override
            public Given<T> get() {
                return given;
            }

            @Override
            public String server() {
                return server;
            }

            @Override
            public void cancel() {}

            @Override
            public void close() {}
        };
    }
}
