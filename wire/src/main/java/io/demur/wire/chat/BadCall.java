package io.demur.wire.chat;

import java.util.Optional;

/** Thrown where bytes are no call of the protocol, or a call cannot be put into another one. */
public final class BadCall extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Fault fault;

    public BadCall(Fault fault) {
        super(fault.message());
        this.fault = fault;
    }

    public BadCall(String message) {
        this(Fault.of(Fault.Kind.INVALID, message));
    }

    public BadCall(String field, String message) {
        this(new Fault(Fault.Kind.INVALID, message, Optional.of(field)));
    }

    public Fault fault() {
        return fault;
    }

    /** Never null, unlike that of other exceptions. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
