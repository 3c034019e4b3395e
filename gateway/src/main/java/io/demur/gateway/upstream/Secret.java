package io.demur.gateway.upstream;

/**
 * The value of a header that a server wants, mostly a key. It can be sent and cannot be printed: no
 * method but one, for this package alone, gives it away.
 */
public final class Secret {

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * A value that may stand in a header.
     *
     * @throws IllegalArgumentException where it may not; the message never holds it
     */
    public static Secret of(String value) {
        String stripped = value.strip();
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException("a key or a header's value is empty");
        }
        if (!stripped.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            throw new IllegalArgumentException(
                    "a key or a header's value has characters that no header may have");
        }
        return new Secret(stripped);
    }

    /** What is sent. */
    String value() {
        return value;
    }

    /** Says that there is one. */
    @Override
    public String toString() {
        return "(kept secret)";
    }
}
