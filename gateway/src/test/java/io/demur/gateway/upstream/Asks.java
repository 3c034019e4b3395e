package io.demur.gateway.upstream;

import io.demur.gateway.gate.Permit;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Gathering;
import io.demur.wire.chat.Reply;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What tests of upstreams have in common: a verticle, permits, and servers that lie. */
abstract class Asks {

    /** Short, where a test waits for a silence to be over. */
    static final Timeouts SHORT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(400), Duration.ofMillis(400));

    @TempDir static Path folder = Path.of("");

    private static @Nullable Verticle verticle;
    private static @Nullable Permits permits;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        verticle = new Verticle();
        permits = new Permits(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        verticle().close();
        permits().close();
    }

    static Verticle verticle() {
        return Objects.requireNonNull(verticle);
    }

    static Permits permits() {
        return Objects.requireNonNull(permits);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    LyingServer server(LyingServer.Script script) {
        LyingServer server = new LyingServer(script);
        open.add(server);
        return server;
    }

    /** A server of model {@code m}, which it calls {@code theirs}. */
    static UpstreamSettings settings(String name, LyingServer server) {
        return settings(name, Kind.OPENAI, server);
    }

    static UpstreamSettings settings(String name, Kind kind, LyingServer server) {
        return UpstreamSettings.of(name, kind, server.url()).withModels(Map.of("m", "theirs"));
    }

    ServedModels models(UpstreamSettings... servers) {
        ServedModels models =
                new ServedModels(verticle().vertx, List.of(servers), InstantSource.system());
        open.add(models);
        return models;
    }

    static Upstream upstream(ServedModels models) {
        return models.of("m", Permits.charter(Map.of())).orElseThrow();
    }

    /** All that came, and whose word it was. */
    record Heard(List<Event> events, String server) {
        Event last() {
            return events.getLast();
        }

        Reply reply() {
            Gathering gathering = new Gathering();
            events.forEach(gathering::add);
            return (Reply) gathering.result().orElseThrow();
        }

        String text() {
            StringBuilder text = new StringBuilder();
            for (Event event : events) {
                if (event instanceof Event.Text piece) {
                    text.append(piece.delta());
                }
            }
            return text.toString();
        }

        Failure failure() {
            return ((Event.Failed) last()).failure();
        }
    }

    /** Asks, and reads to the end. */
    static Heard hear(ServedModels models, Call call) {
        Permit permit = permits().of(call);
        return verticle().run(() -> hear(upstream(models), permit));
    }

    /** The same, on the verticle already. */
    static Heard hear(Upstream upstream, Permit permit) {
        List<Event> events = new ArrayList<>();
        try (Answer answer = upstream.send(permit)) {
            while (events.isEmpty() || !events.getLast().isLast()) {
                List<Event> more = answer.next();
                if (more.isEmpty()) {
                    throw new AssertionError("an answer gave nothing");
                }
                events.addAll(more);
            }
            return new Heard(events, answer.server());
        }
    }

    static Permit permit(Asked asked) {
        return permits().of(asked);
    }
}
