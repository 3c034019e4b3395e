package io.demur.wire.chat;

import java.util.Objects;

/** A call to a server of models: where it goes, and what is sent there. */
public final class Outgoing {

    private final String path;
    private final byte[] body;

    /**
     * @param path behind the server's base address, such as {@code /v1/chat/completions}
     * @param body JSON, given up by whoever hands it over
     */
    public Outgoing(String path, byte[] body) {
        this.path = Objects.requireNonNull(path);
        this.body = Objects.requireNonNull(body);
    }

    public String path() {
        return path;
    }

    /** JSON; it must not be changed. */
    public byte[] body() {
        return body;
    }
}
