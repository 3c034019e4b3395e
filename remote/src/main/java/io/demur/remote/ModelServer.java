package io.demur.remote;

import io.demur.wire.anthropic.AnthropicDialect;
import io.demur.wire.chat.Dialect;
import io.demur.wire.chat.Protocol;
import io.demur.wire.ollama.OllamaDialect;
import io.demur.wire.openai.OpenAiDialect;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A server of models that are asked like any caller asks them, to see how they answer.
 *
 * @param base where it is, without what the protocol puts behind it and without a slash at the end
 * @param speaks which protocol
 * @param key sent with each request, where the server wants one
 * @param timeout for one answer: the connection, and all of its bytes; more than 0
 */
public record ModelServer(URI base, Speaks speaks, Optional<ApiKey> key, Duration timeout) {

    /** What a server speaks. */
    public enum Speaks {
        /** Chat Completions: OpenAI, vLLM, llama.cpp, LM Studio and many others. */
        OPENAI("/v1/chat/completions"),
        /** Anthropic's Messages. */
        ANTHROPIC("/v1/messages"),
        /** Ollama's own. */
        OLLAMA("/api/chat");

        private final String path;

        Speaks(String path) {
            this.path = path;
        }

        Dialect dialect() {
            return switch (this) {
                case OPENAI -> new OpenAiDialect();
                case ANTHROPIC -> new AnthropicDialect();
                case OLLAMA -> new OllamaDialect();
            };
        }

        Protocol protocol() {
            return switch (this) {
                case OPENAI -> Protocol.OPENAI_CHAT;
                case ANTHROPIC -> Protocol.ANTHROPIC_MESSAGES;
                case OLLAMA -> Protocol.OLLAMA_CHAT;
            };
        }
    }

    private static final String OPENAI_HOST = "api.openai.com";
    private static final String ANTHROPIC_HOST = "api.anthropic.com";
    private static final int OLLAMA_PORT = 11_434;

    public ModelServer {
        Objects.requireNonNull(base);
        Objects.requireNonNull(speaks);
        Objects.requireNonNull(key);
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "timeout `%s` is not more than 0".formatted(timeout));
        }
    }

    /**
     * The server that a user means by a URL. Which protocol it speaks shows in the path, as in
     * {@code /v1/messages} or {@code /api/chat}; where there is none, in Anthropic's name and in
     * Ollama's port. All others speak that of OpenAI.
     *
     * @throws IllegalArgumentException where it is no such URL; the message never holds a password
     */
    public static ModelServer at(String url, Optional<ApiKey> key, Duration timeout) {
        URI given;
        try {
            given = new URI(url.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    url.contains("@") ? withPassword() : "`%s` is no URL".formatted(url), e);
        }
        check(given);
        String path = given.getRawPath().replaceAll("/+$", "");
        Speaks speaks = speaks(given, path);
        String before =
                path.endsWith(speaks.path)
                        ? path.substring(0, path.length() - speaks.path.length())
                        : path.replaceFirst("/(?:v1|api)$", "");
        return new ModelServer(
                URI.create(given.getScheme() + "://" + given.getRawAuthority() + before),
                speaks,
                key,
                timeout);
    }

    private static Speaks speaks(URI given, String path) {
        for (Speaks each : Speaks.values()) {
            if (path.endsWith(each.path)) {
                return each;
            }
        }
        if (given.getHost().equalsIgnoreCase(ANTHROPIC_HOST)) {
            return Speaks.ANTHROPIC;
        }
        boolean plain = path.isEmpty() || path.equals("/api");
        return plain && given.getPort() == OLLAMA_PORT ? Speaks.OLLAMA : Speaks.OPENAI;
    }

    private static void check(URI address) {
        String scheme =
                address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (address.toString().contains("@")) {
            throw new IllegalArgumentException(withPassword());
        }
        if ((!scheme.equals("http") && !scheme.equals("https")) || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "`%s` is no URL of a server; one looks like `http://localhost:8000`"
                            .formatted(address));
        }
        if (address.getRawQuery() != null || address.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "the URL at `%s` has a part after `?` or `#`, where none belongs"
                            .formatted(address.getHost()));
        }
    }

    /** What stands before an `@` may be a password: it is not repeated. */
    private static String withPassword() {
        return "the URL holds a user or password; a key is given by an environment variable or a"
                + " file";
    }

    /** Whether it knows the longest answer only by its newer name. */
    boolean wantsLaterName() {
        return speaks == Speaks.OPENAI && base.getHost().equalsIgnoreCase(OPENAI_HOST);
    }

    /** Where it is reached, as people write it. */
    @Override
    public String toString() {
        return base.toString();
    }
}
