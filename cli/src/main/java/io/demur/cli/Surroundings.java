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
        return base("XDG_CONFIG_HOME", ".config");
    }

    /**
     * Where what was fetched once is kept: {@code $XDG_CACHE_HOME/demur}, or {@code
     * ~/.cache/demur}.
     */
    Path cache() {
        return base("XDG_CACHE_HOME", ".cache");
    }

    private Path base(String variable, String inHome) {
        String given = environment.getOrDefault(variable, "");
        // the XDG rules ignore paths that are not absolute
        Path base =
                !given.isEmpty() && Path.of(given).isAbsolute()
                        ? Path.of(given)
                        : Path.of(
                                environment.getOrDefault("HOME", System.getProperty("user.home")),
                                inHome);
        return base.resolve("demur");
    }
}
