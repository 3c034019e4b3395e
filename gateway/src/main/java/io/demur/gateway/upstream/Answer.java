package io.demur.gateway.upstream;

import io.demur.wire.chat.Event;

import java.util.List;

/** An answer while it comes. For one virtual thread; {@link #cancel} may be called by any. */
public interface Answer extends AutoCloseable {

    /**
     * Waits for more of it. The last event is {@link Event#isLast last}, and nothing may be asked
     * for behind it.
     */
    List<Event> next();

    /** Whose word it is: names the server, for the record and the log. */
    String server();

    /** Lets the server know that nobody waits any more; {@link #next} fails from then on. */
    void cancel();

    /** Frees what it holds, cancelled or read to its end. */
    @Override
    void close();
}
