package io.demur.gateway.gate;

/** Thrown where a model was to be asked without a permit for it: a fault in this program. */
public final class NotPermitted extends IllegalStateException {

    private static final long serialVersionUID = 1;

    NotPermitted(String message) {
        super(message);
    }
}
