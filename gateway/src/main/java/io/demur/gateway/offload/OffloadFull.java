package io.demur.gateway.offload;

/** There is no room for more work, or no more is taken. Thrown often, so without a trace. */
public final class OffloadFull extends RuntimeException {

    private static final long serialVersionUID = 1;

    OffloadFull(String name) {
        super("`%s` has no room for more work".formatted(name), null, false, false);
    }
}
