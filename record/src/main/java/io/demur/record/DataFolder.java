package io.demur.record;

import java.nio.file.Path;
import java.util.Map;

/**
 * The folder that holds all of one installation: its log, its keys, its store, its policy.
 *
 * @param root the folder itself
 */
public record DataFolder(Path root) {

    /**
     * The folder that is used where none is named: {@code $XDG_DATA_HOME/demur}, or {@code
     * ~/.local/share/demur}.
     */
    public static DataFolder usual(Map<String, String> environment) {
        return new DataFolder(base(environment, "XDG_DATA_HOME", ".local/share").resolve("demur"));
    }

    /** The published log with its journal. */
    public Path log() {
        return root.resolve("log");
    }

    public Path keys() {
        return root.resolve("keys");
    }

    /** The store, where it is SQLite. */
    public Path store() {
        return root.resolve("store.db");
    }

    public Path policy() {
        return root.resolve("policy");
    }

    /**
     * Where the last signed heads of logs are kept, outside every data folder: {@code
     * $XDG_STATE_HOME/demur/anchors}, or {@code ~/.local/state/demur/anchors}.
     */
    public static Path anchors(Map<String, String> environment) {
        return base(environment, "XDG_STATE_HOME", ".local/state").resolve("demur/anchors");
    }

    private static Path base(Map<String, String> environment, String name, String otherwise) {
        String given = environment.getOrDefault(name, "");
        // the XDG rules ignore paths that are not absolute
        if (!given.isEmpty() && Path.of(given).isAbsolute()) {
            return Path.of(given);
        }
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        return Path.of(home, otherwise);
    }
}
