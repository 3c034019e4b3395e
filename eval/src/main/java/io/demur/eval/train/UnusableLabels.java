package io.demur.eval.train;

import java.io.IOException;

/** A user's labels that nothing can be learnt from; the message says why and what it would take. */
public final class UnusableLabels extends IOException {

    private static final long serialVersionUID = 1;

    UnusableLabels(String message) {
        super(message);
    }
}
