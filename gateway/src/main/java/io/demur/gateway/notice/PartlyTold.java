package io.demur.gateway.notice;

import java.io.IOException;

/** Some of those behind one recipient have it and others do not. */
final class PartlyTold extends IOException {

    private static final long serialVersionUID = 1;

    PartlyTold(String message, Throwable cause) {
        super(message, cause);
    }
}
