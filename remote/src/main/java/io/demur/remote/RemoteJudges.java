package io.demur.remote;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes judges out of what users write: {@code FORMAT=URL[#MODEL]} for a guard, a URL and a model
 * for a general one. What is wrong with it is an {@link IllegalArgumentException} whose message is
 * for the user. No server is asked before there is something to judge.
 */
public final class RemoteJudges {

    /** For one judgement as a whole, where the user gives none. */
    public static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Requests at once, where the user gives no number. */
    public static final int CONCURRENCY = 8;

    private RemoteJudges() {}

    /**
     * What holds for any judge.
     *
     * @param keyVariable the name of the environment variable that holds the key; empty where the
     *     server wants none
     * @param environment where variables are looked up, such as {@code System::getenv}
     * @param timeout for one judgement as a whole
     * @param concurrencyMax how many requests may be under way at once
     */
    public record Settings(
            Optional<String> keyVariable,
            Function<String, ? extends @Nullable String> environment,
            Duration timeout,
            int concurrencyMax) {

        public Settings {
            Objects.requireNonNull(keyVariable);
            Objects.requireNonNull(environment);
            Objects.requireNonNull(timeout);
        }

        /** Nothing but the usual, with keys from the environment of this process. */
        public static Settings usual(Optional<String> keyVariable) {
            return new Settings(keyVariable, System::getenv, TIMEOUT, CONCURRENCY);
        }

        private JudgeEndpoint endpoint(String url, String model) {
            Optional<ApiKey> key = keyVariable.map(name -> ApiKey.from(name, environment));
            return JudgeEndpoint.at(url, model, key, timeout, concurrencyMax);
        }
    }

    /**
     * A guard model.
     *
     * @param spec {@code FORMAT=URL}, with {@code #MODEL} behind it where the model is not the
     *     format's usual one; an Ollama server needs it
     * @throws IllegalArgumentException where something is wrong with it
     */
    public static GuardModel guard(String spec, Settings settings) {
        int equals = spec.indexOf('=');
        if (equals < 0 || PinnedFile.isAddress(spec)) {
            throw new IllegalArgumentException(
                    "`%s` is no guard; one is given as `FORMAT=URL` or `FORMAT=URL#MODEL`"
                            .formatted(PinnedFile.shown(spec)));
        }
        GuardFormat format = GuardFormat.named(spec.substring(0, equals));
        String address = spec.substring(equals + 1).strip();
        int hash = address.indexOf('#');
        String url = hash < 0 ? address : address.substring(0, hash);
        String model = hash < 0 ? format.usualModel() : address.substring(hash + 1).strip();
        JudgeEndpoint endpoint = settings.endpoint(url, model);
        if (hash < 0 && endpoint.protocol() == Protocol.OLLAMA) {
            throw new IllegalArgumentException(
                    "guard `%s` at `%s` has no model; Ollama needs its name, as in `%s=%s#NAME`"
                            .formatted(format.label(), url, format.label(), url));
        }
        return new GuardModel(format, endpoint);
    }

    /**
     * A general language model as a judge.
     *
     * @param place {@code URL#MODEL}
     * @throws IllegalArgumentException where something is wrong with it
     */
    public static LanguageModelJudge judge(String place, Settings settings) {
        int hash = place.lastIndexOf('#');
        if (hash < 1 || hash == place.length() - 1) {
            throw new IllegalArgumentException(
                    "`%s` is not URL#MODEL, such as `http://localhost:11434/api/chat#NAME`"
                            .formatted(PinnedFile.shown(place)));
        }
        return judge(place.substring(0, hash), place.substring(hash + 1), settings);
    }

    /**
     * A general language model as a judge.
     *
     * @throws IllegalArgumentException where something is wrong with URL, model or settings
     */
    public static LanguageModelJudge judge(String url, String model, Settings settings) {
        return new LanguageModelJudge(settings.endpoint(url, model), new SecureRandom());
    }

    /**
     * A general language model that compares two requests, one pair at a time.
     *
     * @param key the secret itself
     * @throws IllegalArgumentException where something is wrong with URL, model, key or timeout
     */
    public static SameRequestJudge sameRequest(
            URI url, String model, Optional<String> key, Duration timeout) {
        Optional<ApiKey> with = key.map(it -> ApiKey.from("key", name -> it));
        return new SameRequestJudge(
                JudgeEndpoint.at(url.toString(), model, with, timeout, 1), new SecureRandom());
    }
}
