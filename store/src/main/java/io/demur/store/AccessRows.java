package io.demur.store;

import static io.demur.store.Tables.*;

import io.demur.core.access.AccessKey;
import io.demur.core.access.KeyHash;
import io.demur.core.access.Limits;
import io.demur.core.access.Operation;
import io.demur.core.access.Principal;
import io.demur.core.access.Project;
import io.demur.core.access.Scope;
import io.demur.record.entry.AccessChange;
import io.demur.record.entry.AccessChange.Action;
import io.demur.record.entry.AccessChange.Held;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The rows of who may ask what, and what a change does to them. */
final class AccessRows {

    private AccessRows() {}

    /** Any change of them makes a new version, which those who hold them see. */
    static void bump(DSLContext db) {
        db.update(ACCESS_VERSION).set(VERSION, VERSION.plus(1)).execute();
    }

    static long version(DSLContext db) {
        return db.select(VERSION).from(ACCESS_VERSION).fetchSingle(VERSION);
    }

    /**
     * Makes the rows as a change says they are. A second time changes nothing.
     *
     * @param beside what the log does not have: a key's hash, a principal's sealed name
     */
    static void apply(DSLContext db, AccessChange change, byte @Nullable [] beside) {
        switch (change.held()) {
            case Held.Key it -> apply(db, change, it, beside);
            case Held.Principal it -> apply(db, change, it, beside);
            case Held.Project it -> apply(db, change, it);
        }
        bump(db);
    }

    private static void apply(DSLContext db, AccessChange change, Held.Project it) {
        long at = Micros.of(change.at());
        Map<Field<?>, @Nullable Object> row = limits(it.limits());
        row.put(PURPOSE, it.purpose().orElse(null));
        switch (change.action()) {
            case CREATED ->
                    db.insertInto(PROJECT_TABLE)
                            .set(NAME, it.name())
                            .set(row)
                            .set(CREATED, at)
                            .onConflict(NAME)
                            .doUpdate()
                            .set(row)
                            .set(CREATED, at)
                            .setNull(REMOVED)
                            .execute();
            case REMOVED ->
                    db.update(PROJECT_TABLE).set(REMOVED, at).where(NAME.eq(it.name())).execute();
            // not brought back by what was said before it was removed
            case CHANGED, REPLACED, REVOKED ->
                    db.update(PROJECT_TABLE).set(row).where(NAME.eq(it.name())).execute();
        }
    }

    private static void apply(
            DSLContext db, AccessChange change, Held.Key key, byte @Nullable [] beside) {
        long at = Micros.of(change.at());
        if (change.action() == Action.CREATED) {
            // one whose principal was removed or erased meanwhile never comes to be
            if (beside == null
                    || principal(db, key.principal()).filter(it -> !gone(it)).isEmpty()) {
                return;
            }
            db.insertInto(ACCESS_KEY)
                    .set(ID, key.name())
                    .set(HASH, new String(beside, StandardCharsets.US_ASCII))
                    .set(PRINCIPAL, key.principal())
                    .set(PROJECT, key.project().orElse(null))
                    .set(
                            OPERATIONS,
                            key.scope().operations().stream()
                                    .map(Operation::word)
                                    .sorted()
                                    .collect(Collectors.joining("\n")))
                    .set(MODELS, String.join("\n", key.scope().models()))
                    .set(CREATED, at)
                    .set(EXPIRES, key.expires().map(Micros::of).orElse(null))
                    .onConflict(ID)
                    .doNothing()
                    .execute();
            return;
        }
        if (change.action() == Action.REVOKED) {
            revoke(db, ID.eq(key.name()), at);
            return;
        }
        db.update(ACCESS_KEY)
                .set(EXPIRES, key.expires().map(Micros::of).orElse(null))
                .set(SUCCESSOR, key.successor().orElse(null))
                .where(ID.eq(key.name()))
                .execute();
    }

    private static void apply(
            DSLContext db, AccessChange change, Held.Principal it, byte @Nullable [] beside) {
        if (change.action() == Action.REMOVED) {
            long at = Micros.of(change.at());
            db.update(PRINCIPAL_TABLE).set(REMOVED, at).where(ID.eq(it.name())).execute();
            revoke(db, PRINCIPAL.eq(it.name()), at);
            return;
        }
        Map<Field<?>, @Nullable Object> row = limits(it.limits());
        row.put(ROLE, it.role());
        if (change.action() == Action.CREATED && beside != null) {
            row.put(SEALED, beside);
            row.put(REMOVED, null);
            row.put(CREATED, Micros.of(change.at()));
            db.insertInto(PRINCIPAL_TABLE)
                    .set(ID, it.name())
                    .set(row)
                    .onConflict(ID)
                    .doUpdate()
                    .set(row)
                    .execute();
        } else {
            db.update(PRINCIPAL_TABLE).set(row).where(ID.eq(it.name())).execute();
        }
    }

    /**
     * Takes away again what the log says was taken away: tables that were put back from an older
     * copy have it still. What was made again since then stays.
     */
    static void again(DSLContext db, AccessChange change) {
        long at = Micros.of(change.at());
        int taken =
                switch (change.action()) {
                    case CREATED, CHANGED -> 0;
                    case REVOKED -> revoke(db, ID.eq(change.held().name()), at);
                    case REPLACED -> change.held() instanceof Held.Key key ? replace(db, key) : 0;
                    case REMOVED -> remove(db, change.held(), at);
                };
        if (taken > 0) {
            bump(db);
        }
    }

    private static int revoke(DSLContext db, Condition which, long at) {
        return db.update(ACCESS_KEY).set(REVOKED, at).where(which, REVOKED.isNull()).execute();
    }

    private static int replace(DSLContext db, Held.Key key) {
        Long end = key.expires().map(Micros::of).orElse(null);
        return db.update(ACCESS_KEY)
                .set(EXPIRES, end)
                .set(SUCCESSOR, key.successor().orElse(null))
                .where(ID.eq(key.name()), EXPIRES.isDistinctFrom(end).or(SUCCESSOR.isNull()))
                .execute();
    }

    private static int remove(DSLContext db, Held held, long at) {
        Condition before = CREATED.le(at).and(REMOVED.isNull());
        return switch (held) {
            case Held.Key key -> revoke(db, ID.eq(key.name()), at);
            case Held.Project it ->
                    db.update(PROJECT_TABLE)
                            .set(REMOVED, at)
                            .where(NAME.eq(it.name()), before)
                            .execute();
            case Held.Principal it ->
                    db.update(PRINCIPAL_TABLE)
                                    .set(REMOVED, at)
                                    .where(ID.eq(it.name()), before)
                                    .execute()
                            + revoke(db, PRINCIPAL.eq(it.name()).and(CREATED.le(at)), at);
        };
    }

    /** Nothing is left of a principal but what the log says. */
    static void forget(DSLContext db, String principal) {
        int gone = db.deleteFrom(ACCESS_KEY).where(PRINCIPAL.eq(principal)).execute();
        gone += db.deleteFrom(PRINCIPAL_TABLE).where(ID.eq(principal)).execute();
        gone += db.deleteFrom(ACCESS_PENDING).where(NAME.eq(principal)).execute();
        if (gone > 0) {
            bump(db);
        }
    }

    static Optional<Principal> principal(DSLContext db, String id) {
        return db.selectFrom(PRINCIPAL_TABLE).where(ID.eq(id)).fetchOptional(AccessRows::principal);
    }

    static Optional<AccessKey> key(DSLContext db, String id) {
        return db.selectFrom(ACCESS_KEY).where(ID.eq(id)).fetchOptional(AccessRows::key);
    }

    static Optional<Project> project(DSLContext db, String name) {
        return db.selectFrom(PROJECT_TABLE)
                .where(NAME.eq(name), REMOVED.isNull())
                .fetchOptional(AccessRows::project);
    }

    /** What holds, as the log would say it. */
    static List<Held> held(DSLContext db, Instant now) {
        List<Held> held = new ArrayList<>();
        db.selectFrom(PRINCIPAL_TABLE).fetch(AccessRows::principal).stream()
                .filter(it -> !gone(it))
                .map(it -> new Held.Principal(it.id(), it.role(), it.limits()))
                .forEach(held::add);
        db.selectFrom(PROJECT_TABLE)
                .where(REMOVED.isNull())
                .fetch(AccessRows::project)
                .forEach(it -> held.add(new Held.Project(it.name(), it.purpose(), it.limits())));
        db.selectFrom(ACCESS_KEY).fetch(AccessRows::key).stream()
                .filter(it -> it.at(now) == AccessKey.State.GOOD)
                .map(AccessRows::held)
                .forEach(held::add);
        return held;
    }

    static Held.Key held(AccessKey key) {
        return new Held.Key(
                key.id(),
                key.principal(),
                key.project(),
                key.scope(),
                key.expires(),
                key.successor());
    }

    static boolean gone(Principal principal) {
        return principal.removed().isPresent();
    }

    static Principal principal(Record row) {
        return new Principal(
                row.get(ID),
                row.get(ROLE),
                limits(row),
                Micros.at(row.get(CREATED)),
                time(row.get(REMOVED)));
    }

    static Project project(Record row) {
        return new Project(
                row.get(NAME),
                Optional.ofNullable(row.get(PURPOSE)),
                limits(row),
                Micros.at(row.get(CREATED)));
    }

    private static Map<Field<?>, @Nullable Object> limits(Limits limits) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        row.put(REQUESTS_PER_MINUTE, number(limits.requestsPerMinute()));
        row.put(TOKENS_PER_MINUTE, number(limits.tokensPerMinute()));
        row.put(CONCURRENT, number(limits.concurrent()));
        row.put(TOKENS_PER_DAY, number(limits.tokensPerDay()));
        return row;
    }

    private static Limits limits(Record row) {
        return new Limits(
                number(row.get(REQUESTS_PER_MINUTE)),
                number(row.get(TOKENS_PER_MINUTE)),
                number(row.get(CONCURRENT)),
                number(row.get(TOKENS_PER_DAY)));
    }

    static AccessKey key(Record row) {
        return new AccessKey(
                row.get(ID),
                new KeyHash(row.get(HASH)),
                row.get(PRINCIPAL),
                Optional.ofNullable(row.get(PROJECT)),
                new Scope(
                        lines(row.get(OPERATIONS)).stream()
                                .flatMap(word -> Operation.of(word).stream())
                                .collect(Collectors.toSet()),
                        lines(row.get(MODELS))),
                Micros.at(row.get(CREATED)),
                time(row.get(EXPIRES)),
                time(row.get(REVOKED)),
                Optional.ofNullable(row.get(SUCCESSOR)));
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    private static Optional<Instant> time(@Nullable Long micros) {
        return Optional.ofNullable(micros).map(Micros::at);
    }

    private static OptionalLong number(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static @Nullable Long number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
