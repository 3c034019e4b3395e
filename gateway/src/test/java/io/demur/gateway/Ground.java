package io.demur.gateway;

import io.demur.core.charter.Charter;
import io.demur.core.charter.Models;
import io.demur.core.charter.Settings;
import io.demur.core.compose.Wording;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.gateway.gate.Trails;
import io.demur.record.Trail;
import io.demur.record.keys.KeyRing;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is there before a gateway is: keys, a log that is written, a clock. */
record Ground(KeyRing ring, Trail trail, InstantSource clock) {

    /** A new one. */
    static Ground begun(Path folder) throws Exception {
        InstantSource clock = InstantSource.system();
        KeyRing ring = KeyRing.make(folder.resolve("keys"), clock, new SecureRandom());
        return new Ground(ring, Trails.begun(folder, ring), clock);
    }

    /** A policy document that says nothing but this. */
    static Charter charter(Policy policy, Models models, Settings settings) {
        return new Charter(
                "test",
                policy,
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                models,
                Wording.NONE,
                settings,
                Optional.empty());
    }

    /** These models stand here, and all others elsewhere. */
    static Models local(String... models) {
        return new Models(
                Arrays.stream(models)
                        .collect(
                                Collectors.toMap(
                                        it -> it,
                                        it ->
                                                new Models.Placement(
                                                        ModelClass.LOCAL, Optional.empty()))),
                ModelClass.HOSTED);
    }

    /** The usual ones, but for how refusals look. */
    static GatewaySettings settings(Refusals.Form form) {
        GatewaySettings usual = GatewaySettings.USUAL;
        return new GatewaySettings(
                usual.host(),
                0,
                usual.instances(),
                usual.bodyBytesMax(),
                usual.bodyWithin(),
                usual.answeredWithin(),
                usual.stopWithin(),
                form,
                usual.tls(),
                usual.address());
    }
}
