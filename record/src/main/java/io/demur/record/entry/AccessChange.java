package io.demur.record.entry;

import io.demur.core.access.Limits;
import io.demur.core.access.Scope;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * ACCESS_CHANGE: who may ask what is changed. It says all of what it is about as it stands from
 * then on, so that the last one of a name is enough; never a secret, nor what is kept of one.
 *
 * @param id by which it is known that two entries say the same thing
 * @param by who changed it, as a pseudonym or the name of an operator
 * @param reason a reason code
 */
public record AccessChange(
        Instant at, String id, Action action, Held held, String by, Optional<String> reason)
        implements Entry {

    /** What was done. */
    public enum Action {
        CREATED,
        /** It goes on, otherwise than before. */
        CHANGED,
        /** A key has a successor, and ends when that says. */
        REPLACED,
        /** A key is good for nothing from now on. */
        REVOKED,
        /** A principal, and all keys of it, or a project. */
        REMOVED
    }

    /** What is changed. */
    public sealed interface Held {

        /** By which it is found. */
        String name();

        /**
         * A key.
         *
         * @param name its id
         * @param principal whose, as a pseudonym
         * @param expires when it ends by itself
         * @param successor the id of the key that replaces it
         */
        record Key(
                String name,
                String principal,
                Optional<String> project,
                Scope scope,
                Optional<Instant> expires,
                Optional<String> successor)
                implements Held {
            public Key {
                Words.name("name", name);
                Words.name("principal", principal);
                project.ifPresent(it -> Words.name("project", it));
                scope = new Scope(scope.operations(), Words.names("models", scope.models()));
                expires = expires.map(Words::micros);
                successor.ifPresent(it -> Words.name("successor", it));
            }
        }

        /**
         * A principal.
         *
         * @param name the pseudonym
         */
        record Principal(String name, String role, Limits limits) implements Held {
            public Principal {
                Words.name("name", name);
                Words.name("role", role);
                Objects.requireNonNull(limits);
            }
        }

        /** A project. */
        record Project(String name, Optional<String> purpose, Limits limits) implements Held {
            public Project {
                Words.name("name", name);
                Objects.requireNonNull(limits);
                purpose.ifPresent(it -> Words.name("purpose", it));
            }
        }
    }

    public AccessChange {
        at = Words.micros(at);
        Words.id("id", "acc", id);
        Set<Action> known =
                switch (held) {
                    case Held.Key it -> EnumSet.of(Action.CREATED, Action.REPLACED, Action.REVOKED);
                    case Held.Principal it ->
                            EnumSet.of(Action.CREATED, Action.CHANGED, Action.REMOVED);
                    case Held.Project it ->
                            EnumSet.of(Action.CREATED, Action.CHANGED, Action.REMOVED);
                };
        if (!known.contains(action)) {
            throw new IllegalArgumentException(
                    "`action` is `%s`, and should be one of %s".formatted(action, known));
        }
        Words.name("by", by);
        reason.ifPresent(it -> Words.code("reason", it));
    }

    @Override
    public AccessChange at(Instant time) {
        return new AccessChange(time, id, action, held, by, reason);
    }
}
