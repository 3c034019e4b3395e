package io.demur.gateway;

import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.policy.InForce;
import io.vertx.core.buffer.Buffer;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Whether requests can be answered here at all. Its reasons are sentences of ours that name nobody
 * and no file: whoever balances load asks without a key.
 */
final class Readiness {

    private final Foundations on;

    Readiness(Foundations on) {
        this.on = on;
    }

    /** One thing that must be so. */
    private record Check(String name, boolean well, String otherwise) {}

    private List<Check> checks() {
        return List.of(
                new Check(
                        "policy",
                        on.policy().get() instanceof InForce.Active,
                        "no policy is in force, so nothing is answered; see `demur policy status`"),
                new Check(
                        "log",
                        !on.running().metrics().isLogFailing(),
                        "the log did not take what was to be written last"),
                new Check(
                        "checkpoint",
                        on.trail().log().unpublished().isEmpty(),
                        "the log is written, but cannot be published: a full disk, or an anchor out"
                                + " of reach"),
                new Check(
                        "keys",
                        !on.running().stale().getAsBoolean(),
                        "the store has not said for some time who has which key, so nobody is let"
                                + " in"));
    }

    /** Answers with 200, or with 503 and the reasons. */
    void say(Arrival arrival) {
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
        arrival.http()
                .response()
                .setStatusCode(reasons.isEmpty() ? 200 : 503)
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store")
                .end(Buffer.buffer(Canonical.bytes(new Json.Obj(fields))));
    }
}
