package io.demur.gateway.notice;

import java.io.IOException;

/** Where notices go. Waits for the other side, for a bounded time; never on a virtual thread. */
public sealed interface Recipient permits Webhook, Mail {

    /** What it is called in {@code demur.yaml}. */
    String name();

    /** Where that is, for people; no secret. */
    String where();

    /**
     * Tells it of something, and returns once it has it.
     *
     * @throws IOException where it has not, or nobody knows
     */
    void tell(Notice notice) throws IOException;
}
