package io.demur.gateway.upstream;

import java.util.List;
import java.util.Optional;

/** Which models can be asked here, and where. Safe for use by several threads. */
public interface Models {

    /** Where a model is asked, by the name that callers use; nothing where there is no such one. */
    Optional<Upstream> of(String name);

    /** The names of all of them, in a fixed order. */
    List<String> names();
}
