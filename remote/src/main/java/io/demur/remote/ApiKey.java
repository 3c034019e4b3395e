package io.demur.remote;

import org.jspecify.annotations.Nullable;

import java.util.function.Function;

/**
 * The key that a server wants with each request. It can be sent and cannot be printed: no method
 * but one, for this package alone, gives it away.
 */
public final class ApiKey {

    private final String secret;

    private ApiKey(String secret) {
        this.secret = secret;
    }

    /**
     * The key in an environment variable.
     *
     * @param variable the variable's name
     * @param environment where variables are looked up, such as {@code System::getenv}
     * @throws IllegalArgumentException where the variable is not set, or holds what no key can be;
     *     the message never holds the value
     */
    public static ApiKey from(
            String variable, Function<String, ? extends @Nullable String> environment) {
        String value = environment.apply(variable);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "environment variable `%s` is %s where a key is needed"
                            .formatted(variable, value == null ? "not set" : "empty"));
        }
        String secret = value.strip();
        if (!secret.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException(
                    "environment variable `%s` has spaces or characters that no key has"
                            .formatted(variable));
        }
        return new ApiKey(secret);
    }

    /** The value of the header that carries it. */
    String bearer() {
        return "Bearer " + secret;
    }

    /** Says that there is one. */
    @Override
    public String toString() {
        return "(a key)";
    }
}
