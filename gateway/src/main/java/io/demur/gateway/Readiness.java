package io.demur.gateway;

import io.demur.gateway.running.Running;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.policy.InForce;
import io.vertx.core.buffer.Buffer;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Whether requests can be answered here at all. Its reasons are sentences of ours that name nobody
 * and no file: whoever balances load asks without a key.
 */
final class Readiness {

    private final Supplier<InForce> policy;
    private final BooleanSupplier published;
    private final Running running;

    Readiness(Foundations on) {
        this(on.policy(), () -> on.trail().log().unpublished().isEmpty(), on.running());
    }

    Readiness(Supplier<InForce> policy, BooleanSupplier published, Running running) {
        this.policy = policy;
        this.published = published;
        this.running = running;
    }

    /** What is answered. */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, byte[] body) {}

    /** One thing that must be so. */
    private record Check(String name, boolean well, String otherwise) {}

    private List<Check> checks() {
        return List.of(
                new Check(
                        "policy",
                        policy.get() instanceof InForce.Active,
                        "no policy is in force, so nothing is answered; see `demur policy status`"),
                new Check(
                        "log",
                        !running.metrics().isLogFailing(),
                        "the log did not take what was to be written last"),
                new Check(
                        "checkpoint",
                        published.getAsBoolean(),
                        "the log is written, but cannot be published: a full disk, or an anchor out"
                                + " of reach"),
                new Check(
                        "keys",
                        !running.stale().getAsBoolean(),
                        "the store has not said for some time who has which key, so nobody is let"
                                + " in"));
    }

    /** Says it over HTTP. */
    void say(Arrival arrival) {
        Answer answer = answer();
        arrival.http()
                .response()
                .setStatusCode(answer.status())
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store")
                .end(Buffer.buffer(answer.body()));
    }

    /** 200, or 503 and the reasons. */
    Answer answer() {
        List<Json> reasons = new ArrayList<>();
        TreeMap<String, Json> checks = new TreeMap<>();
        for (Check check : checks()) {
            checks.put(check.name(), new Json.Bool(check.well()));
            if (!check.well()) {
                reasons.add(new Json.Str(check.otherwise()));
            }
        }
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("checks", new Json.Obj(checks));
        fields.put("ready", new Json.Bool(reasons.isEmpty()));
        fields.put("reasons", new Json.Arr(reasons));
        return new Answer(reasons.isEmpty() ? 200 : 503, Canonical.bytes(new Json.Obj(fields)));
    }
}
