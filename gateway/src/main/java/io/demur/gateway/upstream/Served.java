package io.demur.gateway.upstream;

import io.demur.core.charter.Models.Placement;

import java.util.Objects;
import java.util.Set;

/**
 * The model that a caller's name for it stands for. Whatever is decided of it is decided by this,
 * and not by how somebody happens to spell it.
 *
 * @param name by which the installation lists it
 * @param names all by which callers may ask for it
 * @param placement what the policy says of it: its class, and where it may be asked
 * @param upstream where it is asked
 */
public record Served(String name, Set<String> names, Placement placement, Upstream upstream) {
    public Served {
        Objects.requireNonNull(name);
        names = Set.copyOf(names);
        Objects.requireNonNull(placement);
        Objects.requireNonNull(upstream);
    }
}
