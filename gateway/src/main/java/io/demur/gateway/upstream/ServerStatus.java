package io.demur.gateway.upstream;

import java.util.List;
import java.util.Objects;

/**
 * How it stands with one server of models, for status and metrics.
 *
 * @param models the names that callers use
 * @param outstanding how many requests are under way
 */
public record ServerStatus(
        String name, String address, State state, int outstanding, List<String> models) {

    /** How it is. */
    public enum State {
        UP,
        /** It asks to be left alone for a moment. */
        BUSY,
        /** It does not answer, or answers nonsense; it is asked only where no other is left. */
        DOWN,
        /** It does not accept the key that it is shown: the configuration is to be mended. */
        MISCONFIGURED
    }

    public ServerStatus {
        Objects.requireNonNull(name);
        Objects.requireNonNull(address);
        Objects.requireNonNull(state);
        models = List.copyOf(models);
    }
}
