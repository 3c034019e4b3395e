package io.demur.cli;

import io.demur.files.serve.ServeConfig;
import io.demur.gateway.upstream.Kind;
import io.demur.gateway.upstream.Secret;
import io.demur.gateway.upstream.Timeouts;
import io.demur.gateway.upstream.UpstreamSettings;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The servers of models that a configuration names, as the gateway asks them. */
final class ConfiguredServers {

    private ConfiguredServers() {}

    static List<UpstreamSettings> of(ServeConfig config) {
        return config.upstreams().stream().map(ConfiguredServers::one).toList();
    }

    private static UpstreamSettings one(ServeConfig.Server server) {
        Timeouts usual = Timeouts.USUAL;
        Kind kind =
                switch (server.kind()) {
                    case OPENAI -> Kind.OPENAI;
                    case OLLAMA -> Kind.OLLAMA;
                    case ANTHROPIC -> Kind.ANTHROPIC;
                };
        return new UpstreamSettings(
                server.name(),
                kind,
                UpstreamSettings.of(server.name(), kind, server.url().toString()).url(),
                server.key().map(Secret::of),
                server.headers().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, header -> Secret.of(header.getValue()))),
                server.models(),
                server.fallback(),
                new Timeouts(
                        server.times().connect().orElse(usual.connect()),
                        server.times().begin().orElse(usual.begin()),
                        server.times().idle().orElse(usual.idle())));
    }
}
