package io.demur.wire;

/** JSON that is no body of the protocol; the message names the field and what would be right. */
public final class MalformedBody extends Exception {

    private static final long serialVersionUID = 1;

    public MalformedBody(String message) {
        super(message);
    }

    /** Never null, unlike that of other exceptions. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
