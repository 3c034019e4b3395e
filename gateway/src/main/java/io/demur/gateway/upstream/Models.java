package io.demur.gateway.upstream;

import io.demur.core.charter.Charter;
import io.demur.gateway.profile.Profile;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which models can be asked here, and where. Safe for use by several threads. */
public interface Models {

    /**
     * Where a model is asked, by the name that callers use; nothing where there is no such one.
     *
     * @param charter by which it is asked: where that fixes the model's address, it is asked there
     *     and nowhere else
     */
    Optional<Upstream> of(String name, Charter charter);

    /** The model that a name stands for; nothing where there is no such one. */
    default Optional<Served> find(String name, Charter charter) {
        return of(name, charter)
                .map(it -> new Served(name, Set.of(name), charter.models().of(name), it));
    }

    /** How the models behind a name refused when they were probed; none where they were not. */
    default List<Profile> profiles(String name) {
        return List.of();
    }

    /** The names of all of them, in a fixed order. */
    List<String> names();
}
