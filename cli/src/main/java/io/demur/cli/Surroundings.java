package io.demur.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a process finds around it.
 *
 * @param environment its variables
 * @param clock what time it is
 */
record Surroundings(Map<String, String> environment, InstantSource clock) {

    Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Those of this process. */
    static Surroundings ours() {
        return new Surroundings(System.getenv(), InstantSource.system());
    }

    /**
     * Where people's signing keys lie where no file is named: {@code $XDG_CONFIG_HOME/demur}, or
     * {@code ~/.config/demur}.
     */
    Path signingKeys() {
        String given = environment.getOrDefault("XDG_CONFIG_HOME", "");
        // the XDG rules ignore paths that are not absolute
        Path base =
                !given.isEmpty() && Path.of(given).isAbsolute()
                        ? Path.of(given)
                        : Path.of(
                                environment.getOrDefault("HOME", System.getProperty("user.home")),
                                ".config");
        return base.resolve("demur");
    }
}
