package io.demur.wire.chat;

/**
 * How many elements the lists of a call may have. Every element costs time to judge, however short
 * it is, and no call that a model could use has more.
 */
public enum Most {
    /** Messages of a call. */
    MESSAGES(4_096),
    /** Parts of a message, or of what a tool gave back. */
    PARTS(1_024),
    /** Tools that a model may call, or has called in one message. */
    TOOLS(1_024),
    /** Images beside a message. */
    IMAGES(256),
    /** Texts of a call for embeddings. */
    INPUTS(2_048),
    /** Sequences at which an answer stops. */
    STOPS(64);

    private final int count;

    Most(int count) {
        this.count = count;
    }

    public int count() {
        return count;
    }
}
