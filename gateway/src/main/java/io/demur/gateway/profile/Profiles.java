package io.demur.gateway.profile;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The profiles of all models that were probed. A profile makes nothing laxer: of a model that the
 * policy does not name, one without a profile, or with one that shows too few refusals, has the
 * strictest class, and any other has the class that the policy gives it. Safe for use by several
 * threads.
 */
public final class Profiles {

    private final Map<Subject, Profile> known = new ConcurrentHashMap<>();
    private final Consumer<List<Profile>> keeper;

    /**
     * Those that are known, and a place for more.
     *
     * @param keeper keeps all of them where they outlive the process
     */
    public Profiles(List<Profile> known, Consumer<List<Profile>> keeper) {
        known.forEach(it -> this.known.put(it.subject(), it));
        this.keeper = keeper;
    }

    /** That of a model; nothing where it was not probed with these weights. */
    public Optional<Profile> of(Subject subject) {
        return Optional.ofNullable(known.get(subject));
    }

    /** All of them, in a fixed order. */
    public List<Profile> all() {
        return known.values().stream()
                .sorted(
                        Comparator.comparing((Profile it) -> it.subject().server())
                                .thenComparing(it -> it.subject().model())
                                .thenComparing(it -> it.subject().digest()))
                .toList();
    }

    /** Adds one; those of other weights of the same name are over. May be kept on a disk. */
    public void add(Profile profile) {
        known.keySet()
                .removeIf(
                        it ->
                                it.server().equals(profile.subject().server())
                                        && it.model().equals(profile.subject().model()));
        known.put(profile.subject(), profile);
        keeper.accept(all());
    }
}
