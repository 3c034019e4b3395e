package io.demur.gateway.upstream;

import io.demur.wire.Address;
import io.demur.wire.FurtherHeader;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One server of models, as configured.
 *
 * @param name for the log, the record and status
 * @param url as the provider's own libraries want it, such as {@code http://localhost:8000/v1}
 * @param key where the server wants one
 * @param headers further ones that the server wants with each request
 * @param models the names that callers use, each with the name that the server uses; where there
 *     are none, whatever the server says it has
 * @param fallback whether it is asked only while no other server of a model can be
 */
public record UpstreamSettings(
        String name,
        Kind kind,
        Address url,
        Optional<Secret> key,
        Map<String, Secret> headers,
        Map<String, String> models,
        boolean fallback,
        Timeouts timeouts) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    public UpstreamSettings {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "`%s` is no name of a server: 1 to 64 letters, digits, `.`, `_`, `:`, `-`"
                            .formatted(name));
        }
        Objects.requireNonNull(kind);
        Objects.requireNonNull(url);
        Objects.requireNonNull(key);
        headers = Map.copyOf(headers);
        for (String header : headers.keySet()) {
            if (!FurtherHeader.isPossible(header)) {
                throw new IllegalArgumentException(
                        "server `%s`: header `%s` cannot be set".formatted(name, header));
            }
        }
        models = Map.copyOf(models);
        models.forEach(
                (ours, theirs) -> {
                    if (ours.isBlank() || theirs.isBlank()) {
                        throw new IllegalArgumentException(
                                "server `%s` has a model without a name".formatted(name));
                    }
                });
        Objects.requireNonNull(timeouts);
    }

    /** A server without a key, with all its models. */
    public static UpstreamSettings of(String name, Kind kind, String url) {
        return new UpstreamSettings(
                name,
                kind,
                Address.of(url),
                Optional.empty(),
                Map.of(),
                Map.of(),
                false,
                Timeouts.USUAL);
    }

    /** The same with a key. */
    public UpstreamSettings withKey(Secret other) {
        return new UpstreamSettings(
                name, kind, url, Optional.of(other), headers, models, fallback, timeouts);
    }

    /** The same with these models alone. */
    public UpstreamSettings withModels(Map<String, String> others) {
        return new UpstreamSettings(name, kind, url, key, headers, others, fallback, timeouts);
    }

    /** The same, asked only while no other server of a model can be. */
    public UpstreamSettings asFallback() {
        return new UpstreamSettings(name, kind, url, key, headers, models, true, timeouts);
    }

    /** The same with other times. */
    public UpstreamSettings withTimeouts(Timeouts others) {
        return new UpstreamSettings(name, kind, url, key, headers, models, fallback, others);
    }
}
