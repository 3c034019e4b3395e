package io.demur.core.access;

import io.demur.core.access.Authentication.Known;
import io.demur.core.access.Authentication.Rejected;
import io.demur.core.access.Authentication.Why;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who has which key, at one version of it. Immutable, so safe for use by several threads; a
 * question costs one hash and one look-up, however many keys there are.
 */
public final class Roster {

    /** Nobody may ask. */
    public static final Roster EMPTY = new Roster(0, List.of(), List.of(), List.of());

    private final long version;
    private final Map<String, Holder> holders = new HashMap<>();
    private final Map<String, Principal> principals = new HashMap<>();
    private final Map<String, Project> projects = new HashMap<>();

    /** A key with what is worked out beforehand. */
    private record Holder(AccessKey key, Optional<Caller> caller) {}

    /**
     * A roster.
     *
     * @param version greater for a later one
     */
    public Roster(
            long version,
            Collection<Principal> principals,
            Collection<Project> projects,
            Collection<AccessKey> keys) {
        this.version = version;
        principals.forEach(each -> this.principals.put(each.id(), each));
        projects.forEach(each -> this.projects.put(each.name(), each));
        for (AccessKey key : keys) {
            Optional<Caller> caller =
                    caller(Optional.of(key.id()), key.principal(), key.project(), key.scope());
            holders.put(key.id(), new Holder(key, caller));
        }
    }

    /** Which one it is. */
    public long version() {
        return version;
    }

    /** Says who has a key. */
    public Authentication authenticate(String text, Instant now) {
        return switch (KeyText.read(text)) {
            case KeyText.Reading.Faulty it -> new Rejected(Why.NO_KEY, Optional.of(it.fault()));
            case KeyText.Reading.Sound it -> authenticate(it.key(), now);
        };
    }

    private Authentication authenticate(KeyText text, Instant now) {
        Holder holder = holders.get(text.id());
        KeyHash hash = text.hash();
        if (holder == null || !hash.matches(holder.key.hash())) {
            return new Rejected(Why.UNKNOWN, Optional.empty());
        }
        return switch (holder.key.at(now)) {
            case REVOKED -> new Rejected(Why.REVOKED, Optional.empty());
            case EXPIRED -> new Rejected(Why.EXPIRED, Optional.empty());
            case GOOD ->
                    holder.caller
                            .<Authentication>map(Known::new)
                            .orElseGet(() -> new Rejected(Why.REMOVED, Optional.empty()));
        };
    }

    /**
     * Somebody who came in by another way than a key: over a socket that says who it is, or from
     * this machine, where the configuration names a principal for that.
     *
     * @return nothing where there is no such principal (any more)
     */
    public Optional<Caller> without(String principal, Optional<String> project, Scope scope) {
        return caller(Optional.empty(), principal, project, scope);
    }

    /** A project that is gone declares nothing and limits nothing. */
    private Optional<Caller> caller(
            Optional<String> key, String principal, Optional<String> project, Scope scope) {
        return Optional.ofNullable(principals.get(principal))
                .filter(it -> it.removed().isEmpty())
                .map(
                        it ->
                                new Caller(
                                        key,
                                        it.id(),
                                        it.role(),
                                        project,
                                        project.map(projects::get).flatMap(Project::purpose),
                                        scope,
                                        it.limits(),
                                        project.map(projects::get)
                                                .map(Project::limits)
                                                .orElse(Limits.NONE)));
    }
}
