package io.demur.log.journal;

import java.io.IOException;

/**
 * A file or folder that could not be made durable. What was written to it may read back well and
 * yet be lost: nothing that this process remembers of it is to be believed.
 */
public final class ForceFailed extends IOException {

    private static final long serialVersionUID = 1;

    public ForceFailed(String message, IOException cause) {
        super(message, cause);
    }
}
