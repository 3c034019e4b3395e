package io.demur.gateway.gate;

import io.demur.log.Log;
import io.demur.log.LogRefused;
import io.demur.log.LogSettings;
import io.demur.record.KeyCeremony;
import io.demur.record.Trail;
import io.demur.record.entry.Start;
import io.demur.record.keys.KeyRing;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Real logs of tests, each in a folder with keys of its own. */
public final class Trails {

    static final String ORIGIN = "demur.invalid/test";

    private Trails() {}

    /** One that has just begun. */
    public static Trail begun(Path folder) throws Exception {
        InstantSource clock = InstantSource.system();
        return begun(folder, KeyRing.make(folder.resolve("keys"), clock, new SecureRandom()));
    }

    /** The same with these keys. */
    public static Trail begun(Path folder, KeyRing ring) throws Exception {
        new KeyCeremony(ring, () -> open(folder, ring)).begin(ORIGIN);
        return open(folder, ring);
    }

    private static Trail open(Path folder, KeyRing ring) throws IOException, LogRefused {
        LogSettings settings =
                new LogSettings(
                        folder.resolve("log"),
                        ring.signingKey(ORIGIN),
                        List.of(),
                        List.of(),
                        Duration.ofSeconds(1),
                        broken -> {});
        Start start =
                new Start(Instant.now(), "demur test", "1", Optional.empty(), Optional.empty());
        return Trail.open(Log.open(settings), start, InstantSource.system());
    }
}
