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

    public static final String ORIGIN = "demur.invalid/test";

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
        return Trail.open(
                log(folder, ring, Duration.ofSeconds(1)), start(), InstantSource.system());
    }

    /** What a process says when it starts. */
    public static Start start() {
        return new Start(Instant.now(), "demur test", "1", Optional.empty(), Optional.empty());
    }

    /**
     * The log of a folder.
     *
     * @param interval how often it is published of its own accord
     */
    public static Log log(Path folder, KeyRing ring, Duration interval)
            throws IOException, LogRefused {
        return Log.open(
                new LogSettings(
                        folder.resolve("log"),
                        ring.signingKey(ORIGIN),
                        List.of(),
                        List.of(),
                        interval,
                        broken -> {}));
    }
}
