package io.demur.gateway;

import io.demur.core.charter.Charter;
import io.demur.gateway.upstream.Models;
import io.demur.gateway.upstream.Upstream;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Models by their names. */
record Named(Map<String, Upstream> more) implements Models {
    @Override
    public Optional<Upstream> of(String name, Charter charter) {
        return Optional.ofNullable(more.get(name));
    }

    @Override
    public List<String> names() {
        return List.copyOf(more.keySet());
    }
}
