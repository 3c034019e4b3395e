package io.demur.wire.chat;

/** A protocol that servers of models speak. Immutable. */
public interface Dialect {

    /**
     * The call as this server takes it.
     *
     * @throws BadCall where it holds what the protocol cannot carry
     */
    Outgoing render(Call call) throws BadCall;

    /** Texts to embed, as this server takes them. */
    Outgoing render(Embed embed) throws BadCall;

    /** Reads an answer that came at once, whatever its HTTP status. */
    Result result(int status, byte[] body);

    /** Reads an answer that comes in pieces, with an HTTP status that promises one. */
    EventReader stream();
}
