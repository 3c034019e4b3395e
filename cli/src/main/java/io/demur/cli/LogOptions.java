package io.demur.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which installation a command works on that writes to its log. */
final class LogOptions {

    @Mixin private DataOptions data = new DataOptions();

    @Option(
            names = "--new-anchor",
            description =
                    "Begins an anchor where this machine has none for the log: after it moved,"
                            + " once you know that no newer copy of it is anywhere.")
    private boolean newAnchor;

    Installation installation(Surroundings surroundings) {
        Installation found = new Installation(data.folder(), surroundings);
        return newAnchor ? found.withNewAnchor() : found;
    }

    /** What has to be said behind a command so that it works on the same installation. */
    String said() {
        return data.said();
    }
}
