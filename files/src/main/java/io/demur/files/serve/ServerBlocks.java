package io.demur.files.serve;

import io.demur.files.serve.ServeConfig.Kind;
import io.demur.files.serve.ServeConfig.Server;
import io.demur.files.serve.ServeConfig.Times;
import io.demur.files.yaml.YamlMap;
import io.demur.wire.Address;
import io.demur.wire.FurtherHeader;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the servers of models that a configuration names, one after another. */
final class ServerBlocks {

    private static final Duration TIME_MAX = Duration.ofHours(1);

    private final Secrets secrets;
    private final Set<String> names = new HashSet<>();

    ServerBlocks(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Reads the next one; nothing where it lacks what each has to have. */
    Optional<Server> read(YamlMap block) {
        block.require("name");
        block.require("kind");
        block.require("url");
        String name = block.text("name").orElse("");
        if (block.has("name") && !name.matches("[a-z0-9][a-z0-9._-]{0,63}")) {
            block.refuse("name", "a name has 1 to 64 of a-z, 0-9, `.`, `_`, `-`");
        }
        if (block.has("name") && !names.add(name)) {
            block.refuse("name", "`%s` is another one's name already".formatted(name));
        }
        Optional<Kind> kind = block.choice("kind", YamlMap.words(Kind.class));
        Optional<URI> url = block.text("url").flatMap(it -> url(block, "url", it));
        Optional<String> key = block.text("key").flatMap(it -> secret(block, "key", "a key", it));
        Map<String, String> headers = block.map("headers").map(this::headers).orElse(Map.of());
        Map<String, String> models = models(block);
        boolean fallback = block.truth("fallback").orElse(false);
        Times times =
                new Times(
                        time(block, "connect-within"),
                        time(block, "begin-within"),
                        time(block, "idle-within"));
        block.end();
        return kind.isPresent() && url.isPresent()
                ? Optional.of(
                        new Server(
                                name, kind.get(), url.get(), key, headers, models, fallback, times))
                : Optional.empty();
    }

    /** What a header is for is not known here, so that each value is a secret. */
    private Map<String, String> headers(YamlMap block) {
        Map<String, String> headers = new HashMap<>();
        Set<String> alike = new HashSet<>();
        for (String name : block.keys()) {
            Optional<String> value =
                    block.text(name).flatMap(it -> secret(block, name, "a header's value", it));
            if (!FurtherHeader.isPossible(name)) {
                block.refuse(name, "this is no header that can be set");
            } else if (!alike.add(name.toLowerCase(Locale.ROOT))) {
                block.refuse(name, "this header is set already");
            }
            value.ifPresent(it -> headers.put(name, it));
        }
        return headers;
    }

    private static Map<String, String> models(YamlMap block) {
        Map<String, String> models = new HashMap<>();
        for (String model : block.texts("models")) {
            String[] both = model.split("=", 2);
            String ours = both[0].strip();
            String theirs = both[both.length - 1].strip();
            if (ours.isEmpty() || theirs.isEmpty()) {
                block.refuse(
                        "models",
                        "`%s` lacks a name; one is `OURS`, or `OURS=THEIRS`".formatted(model));
            } else if (models.putIfAbsent(ours, theirs) != null) {
                block.refuse("models", "`%s` stands there twice".formatted(ours));
            }
        }
        return models;
    }

    private static Optional<Duration> time(YamlMap block, String key) {
        Optional<Duration> time = block.duration(key);
        if (time.isPresent() && (time.get().isZero() || time.get().compareTo(TIME_MAX) > 0)) {
            block.refuse(key, "this is not more than 0 and at most an hour");
        }
        return time;
    }

    /** What a reference stands for; nothing but references may stand there. */
    Optional<String> secret(YamlMap block, String key, String what, String value) {
        if (!Secrets.isReference(value)) {
            block.refuse(
                    key,
                    "%s does not stand in this file: write `${env:NAME}` or `${file:PATH}`"
                            .formatted(what));
            return Optional.empty();
        }
        Optional<String> found = secrets.resolve(value);
        if (found.isEmpty()) {
            block.refuse(key, "`%s` is not there, or empty".formatted(value));
        } else if (found.get().chars().anyMatch(c -> c < ' ' || c > '~')) {
            block.refuse(key, "`%s` holds what no header may have".formatted(value));
            return Optional.empty();
        }
        return found;
    }

    /** An address as the gateway will take it. */
    static Optional<URI> url(YamlMap block, String key, String text) {
        try {
            var unused = Address.of(text);
            String stripped = text.strip();
            return Optional.of(
                    URI.create(
                            stripped.endsWith("/")
                                    ? stripped.substring(0, stripped.length() - 1)
                                    : stripped));
        } catch (IllegalArgumentException e) {
            block.refuse(key, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
