package io.demur.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A model behind HTTP, and how it may be asked.
 *
 * @param address where requests are posted to, path included
 * @param protocol what is spoken there
 * @param model as the server names it
 * @param key sent with each request, where the server wants one
 * @param timeout for one judgement as a whole: the wait for a free place, the connection, the
 *     answer to its last byte; more than 0 and at most an hour
 * @param concurrencyMax how many requests may be under way at once, 1 to 1,000; further ones wait,
 *     within their own timeout
 */
public record JudgeEndpoint(
        URI address,
        Protocol protocol,
        String model,
        Optional<ApiKey> key,
        Duration timeout,
        int concurrencyMax) {

    private static final Duration TIMEOUT_MAX = Duration.ofHours(1);
    private static final int CONCURRENCY_MAX = 1000;

    public JudgeEndpoint {
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(key);
        check(address);
        if (model.isBlank()) {
            throw new IllegalArgumentException("the judge at `%s` has no model".formatted(address));
        }
        if (!timeout.isPositive() || timeout.compareTo(TIMEOUT_MAX) > 0) {
            throw new IllegalArgumentException(
                    "timeout `%s` is not more than 0 and at most an hour".formatted(timeout));
        }
        if (concurrencyMax < 1 || concurrencyMax > CONCURRENCY_MAX) {
            throw new IllegalArgumentException(
                    "`%d` requests at once is not between 1 and %d"
                            .formatted(concurrencyMax, CONCURRENCY_MAX));
        }
    }

    /**
     * The address that a user means by a URL, and with it the protocol: one that ends in {@code
     * /api/chat} is Ollama's; any other is of the OpenAI protocol, and gets what is missing of
     * {@code /v1/chat/completions}.
     *
     * @throws IllegalArgumentException where it is no such URL
     */
    public static JudgeEndpoint at(
            String url, String model, Optional<ApiKey> key, Duration timeout, int concurrencyMax) {
        URI given;
        try {
            given = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw url.contains("@")
                    ? withPassword()
                    : new IllegalArgumentException(
                            "`%s` is no URL".formatted(PinnedFile.shown(url)));
        }
        check(given);
        String path = given.getRawPath().replaceAll("/+$", "");
        Protocol protocol =
                path.endsWith(Protocol.OLLAMA.path()) ? Protocol.OLLAMA : Protocol.OPENAI;
        if (path.isEmpty()) {
            path = protocol.path();
        } else if (!path.endsWith("/chat/completions") && protocol == Protocol.OPENAI) {
            path += "/chat/completions";
        }
        return new JudgeEndpoint(
                given.resolve(path), protocol, model, key, timeout, concurrencyMax);
    }

    private static void check(URI address) {
        String scheme =
                address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (address.toString().contains("@")) {
            throw withPassword();
        }
        if ((!scheme.equals("http") && !scheme.equals("https")) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "`%s` is no URL of a judge; one looks like `http://localhost:8000`"
                            .formatted(address));
        }
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "a judge's URL at `%s` has a part after `?` or `#`, where none belongs"
                            .formatted(address.getHost()));
        }
    }

    /** What stands before an `@` may be a password: it is not repeated. */
    private static IllegalArgumentException withPassword() {
        return new IllegalArgumentException(
                "a judge's URL holds a user or password; a key is given by the name of an"
                        + " environment variable");
    }

    /** Host and, where it is given, port: how messages and digests name the server. */
    String server() {
        return address.getPort() < 0
                ? address.getHost()
                : address.getHost() + ":" + address.getPort();
    }
}
