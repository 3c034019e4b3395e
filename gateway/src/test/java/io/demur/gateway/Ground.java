package io.demur.gateway;

import io.demur.gateway.gate.Trails;
import io.demur.record.Trail;
import io.demur.record.keys.KeyRing;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/** What is there before a gateway is: keys, a log that is written, a clock. */
record Ground(KeyRing ring, Trail trail, InstantSource clock) {

    /** A new one. */
    static Ground begun(Path folder) throws Exception {
        InstantSource clock = InstantSource.system();
        KeyRing ring = KeyRing.make(folder.resolve("keys"), clock, new SecureRandom());
        return new Ground(ring, Trails.begun(folder, ring), clock);
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
