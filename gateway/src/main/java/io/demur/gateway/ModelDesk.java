package io.demur.gateway;

import io.demur.core.access.Caller;
import io.demur.core.charter.Charter;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.profile.Profile;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.wire.chat.BadCall;
import io.demur.wire.ollama.OllamaFront;
import io.vertx.core.buffer.Buffer;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The models that a caller may ask, with what Demur makes of them. None is reached by this. */
final class ModelDesk {

    private final Entrance entrance;
    private final InstantSource clock;

    ModelDesk(Entrance entrance, InstantSource clock) {
        this.entrance = entrance;
        this.clock = clock;
    }

    /** {@code GET /demur/v1/models}. */
    void say(Arrival arrival) {
        try {
            Caller caller = entrance.caller(arrival, clock.instant());
            Charter charter = entrance.policyInForce().charter();
            List<Json> models = new ArrayList<>();
            for (String name : entrance.allowed(caller)) {
                models.add(model(name, charter));
            }
            TreeMap<String, Json> body = new TreeMap<>();
            body.put("models", new Json.Arr(models));
            arrival.http()
                    .response()
                    .putHeader("content-type", "application/json")
                    .end(Buffer.buffer(Canonical.bytes(new Json.Obj(body))));
        } catch (BadCall e) {
            Apology.send(arrival.http().response(), OllamaFront.error(e.fault()));
        }
    }

    private Json model(String name, Charter charter) {
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("name", new Json.Str(name));
        entrance.models()
                .find(name, charter)
                .ifPresent(
                        it -> fields.put("class", new Json.Str(Gate.word(it.placement().model()))));
        List<Profile> profiles = entrance.models().profiles(name);
        fields.put("profiles", new Json.Arr(profiles.stream().map(ModelDesk::profile).toList()));
        return new Json.Obj(fields);
    }

    private static Json profile(Profile profile) {
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("server", new Json.Str(profile.subject().server()));
        fields.put("model", new Json.Str(profile.subject().model()));
        fields.put("digest", new Json.Str(profile.subject().digest()));
        fields.put("probed_at", new Json.Str(profile.at().toString()));
        fields.put("harmful", new Json.Whole(profile.harmful()));
        fields.put("harmful_refused", new Json.Whole(profile.refused()));
        fields.put("harmless", new Json.Whole(profile.harmless()));
        fields.put("harmless_refused", new Json.Whole(profile.declined()));
        fields.put("refuses_enough", new Json.Bool(profile.refusesEnough()));
        return new Json.Obj(fields);
    }
}
