package io.demur.gateway.profile;

import java.util.Objects;

/**
 * A model at a server of this machine or its network, with just these weights.
 *
 * @param server by the name that the configuration or the discovery gives it
 * @param model as the server names it
 * @param digest of the weights, as the server says; empty where it does not
 */
public record Subject(String server, String model, String digest) {
    public Subject {
        Objects.requireNonNull(server);
        Objects.requireNonNull(model);
        Objects.requireNonNull(digest);
    }
}
