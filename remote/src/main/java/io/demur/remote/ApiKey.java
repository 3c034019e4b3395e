package io.demur.remote;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The key that a server wants with each request. It can be sent and is not printed: no methods but
 * {@link #bearer()} and one for this package alone give it away.
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
        String place = "environment variable `%s`".formatted(variable);
        if (value == null) {
            throw new IllegalArgumentException(place + " is not set where a key is needed");
        }
        return of(value, place);
    }

    /**
     * The key in a file that holds nothing else.
     *
     * @throws IllegalArgumentException where it holds what no key can be; the message never holds
     *     what it does
     */
    public static ApiKey in(Path file) throws IOException {
        return of(Files.readString(file, StandardCharsets.ISO_8859_1), "file `%s`".formatted(file));
    }

    private static ApiKey of(String value, String place) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(place + " is empty where a key is needed");
        }
        String secret = value.strip();
        if (!secret.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException(place + " has spaces or characters that no key has");
        }
        return new ApiKey(secret);
    }

    /** The value of the header that carries it. */
    public String bearer() {
        return "Bearer " + secret;
    }

    /** The same for servers that take it as it is. */
    String plain() {
        return secret;
    }

    /** Says that there is one. */
    @Override
    public String toString() {
        return "(a key)";
    }
}
