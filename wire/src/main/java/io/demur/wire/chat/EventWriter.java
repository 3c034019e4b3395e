package io.demur.wire.chat;

/** Writes an answer in pieces, in the protocol of a caller. For one thread. */
public interface EventWriter {

    /**
     * The bytes for one event; none where the protocol has nothing to say of it. Behind the last
     * event nothing is ever written.
     */
    byte[] write(Event event);

    /** Whether the last event was written. */
    boolean isOver();
}
