package io.demur.gateway;

import io.demur.core.access.Operation;
import io.demur.gateway.drill.DrillFamilies;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.running.PrometheusText;
import io.demur.gateway.running.PrometheusText.Kind;
import io.demur.gateway.running.Running;
import io.demur.gateway.upstream.ServerStatus;
import io.demur.record.policy.InForce;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Fault;
import io.demur.wire.ollama.OllamaFront;
import io.vertx.core.buffer.Buffer;

import java.util.List;
import java.util.Locale;

/**
 * What is counted, for Prometheus. Which models are served, and how much, is nobody's business: it
 * is told to whoever asks on this machine, as long as the gateway listens to nobody else, and to
 * keys that are for that.
 */
final class MetricsDesk {

    private final boolean loopback;
    private final Foundations on;
    private final Entrance entrance;

    MetricsDesk(GatewaySettings settings, Foundations on, Entrance entrance) {
        loopback = Near.isLoopback(settings.host());
        this.on = on;
        this.entrance = entrance;
    }

    /** Tells them, or says who is told. */
    void say(Arrival arrival) {
        try {
            if (!(loopback && Near.isFrom(arrival.http()))
                    && !entrance.caller(arrival, on.clock().instant())
                            .scope()
                            .allows(Operation.METRICS)) {
                throw new BadCall(Fault.of(Fault.Kind.FORBIDDEN, "this key is not for `metrics`"));
            }
            arrival.http()
                    .response()
                    .putHeader("content-type", PrometheusText.TYPE)
                    .end(Buffer.buffer(text()));
        } catch (BadCall e) {
            Apology.send(arrival.http().response(), OllamaFront.error(e.fault()));
        }
    }

    private byte[] text() {
        Running running = on.running();
        running.metrics().models(on.models().names());
        PrometheusText text = new PrometheusText();
        text.family("demur_build_info", Kind.GAUGE, "Which version runs.");
        text.sample("demur_build_info", List.of("version", running.version()), "1");
        running.metrics().write(text);
        text.single(
                "demur_open_attempts",
                Kind.GAUGE,
                "Attempts without an outcome as yet.",
                on.trail().open());
        text.single(
                "demur_log_entries", Kind.GAUGE, "Entries of the log.", on.trail().log().size());
        text.single(
                "demur_access_changes_waiting",
                Kind.GAUGE,
                "Changes of who may ask, and decisions of people, that the log does not have yet.",
                running.waiting().getAsInt());
        policy(text);
        servers(text, running.servers().get());
        on.annexes().drills().ifPresent(it -> DrillFamilies.write(text, it.watch().snapshot()));
        on.annexes().incidents().ifPresent(it -> it.write(text));
        pools(text, running);
        return text.bytes();
    }

    private void policy(PrometheusText text) {
        boolean active = false;
        boolean sealed = false;
        switch (on.policy().get()) {
            case InForce.Active it -> {
                active = true;
                sealed = !it.settingUp();
            }
            case InForce.RefuseAll none -> {}
        }
        text.single(
                "demur_policy_in_force",
                Kind.GAUGE,
                "1 where a policy is in force; otherwise everything is refused.",
                active ? 1 : 0);
        text.single(
                "demur_policy_sealed",
                Kind.GAUGE,
                "1 where a policy is in force and the set-up phase is over.",
                sealed ? 1 : 0);
    }

    private static void servers(PrometheusText text, List<ServerStatus> servers) {
        text.family(
                "demur_upstream_state", Kind.GAUGE, "1 for the state that a server of models has.");
        for (ServerStatus server : servers) {
            for (ServerStatus.State state : ServerStatus.State.values()) {
                text.sample(
                        "demur_upstream_state",
                        List.of(
                                "server",
                                server.name(),
                                "state",
                                state.name().toLowerCase(Locale.ROOT)),
                        server.state() == state ? "1" : "0");
            }
        }
        text.family("demur_upstream_outstanding", Kind.GAUGE, "Requests under way at a server.");
        for (ServerStatus server : servers) {
            text.sample(
                    "demur_upstream_outstanding",
                    List.of("server", server.name()),
                    Integer.toString(server.outstanding()));
        }
    }

    private static void pools(PrometheusText text, Running running) {
        text.family("demur_offload_queued", Kind.GAUGE, "Work that waits for a thread.");
        running.offloads()
                .forEach(
                        (name, counts) ->
                                text.sample(
                                        "demur_offload_queued",
                                        List.of("pool", name),
                                        Long.toString(counts.get().queued())));
        text.family("demur_offload_total", Kind.COUNTER, "Work by what became of it.");
        running.offloads()
                .forEach(
                        (name, counts) -> {
                            Offload.Counts now = counts.get();
                            done(text, name, "done", now.done());
                            done(text, name, "failed", now.failed());
                            done(text, name, "rejected", now.rejected());
                        });
    }

    private static void done(PrometheusText text, String pool, String what, long count) {
        text.sample(
                "demur_offload_total", List.of("pool", pool, "what", what), Long.toString(count));
    }
}
