package io.demur.wire.chat;

/**
 * A protocol that callers speak. Immutable; what it writes to a stream is written by a {@link
 * EventWriter} of its own.
 */
public interface Front {

    /**
     * Reads the body of a call.
     *
     * @throws BadCall where it is none; {@link #error} gives it the protocol's shape
     */
    Asked read(byte[] body) throws BadCall;

    /** The body of an answer at once. */
    byte[] reply(Reply reply, Stamp stamp);

    /** An answer in pieces. */
    EventWriter stream(Stamp stamp);

    /** What the type of a stream's content is called. */
    String streamType();

    /** An error in the protocol's shape. */
    ErrorReply error(Fault fault, Stamp stamp);
}
