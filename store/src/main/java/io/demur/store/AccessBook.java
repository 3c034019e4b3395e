package io.demur.store;

import static io.demur.store.Tables.*;

import io.demur.core.access.AccessKey;
import io.demur.core.access.KeyText;
import io.demur.core.access.Limits;
import io.demur.core.access.Principal;
import io.demur.core.access.Project;
import io.demur.core.access.Roster;
import io.demur.core.access.Scope;
import io.demur.record.entry.AccessChange;
import io.demur.record.entry.AccessChange.Action;
import io.demur.record.entry.AccessChange.Held;
import io.demur.record.entry.Ids;

import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Who may ask what: principals, projects and keys, and how that is changed.
 *
 * <p>A change waits here until somebody who has the log has written it there: {@link #publish}.
 * What takes something away (a revocation, a removal, an earlier end) holds at once, log or no log.
 * What gives something holds only once the log has it, so that nobody has ever had what the log
 * does not tell of. So several processes may change things while one has the log.
 *
 * <p>Of a key only a hash is kept, and of a principal's name only what the subject's own key has
 * sealed: who erases the subject erases both. Safe for use by several threads and processes.
 */
public final class AccessBook implements Pending {

    private final Store store;
    private final Names names;
    private final Waiting waiting;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Ids ids;

    /**
     * The book in a store.
     *
     * @param subjects whose pseudonyms principals have
     */
    public AccessBook(Store store, Subjects subjects, SecureRandom random, InstantSource clock) {
        this.store = store;
        this.names = new Names(subjects, random);
        this.random = random;
        this.clock = clock;
        this.ids = new Ids(clock, random);
        this.waiting = new Waiting(store, clock);
    }

    /**
     * A principal and its name.
     *
     * @param name nothing where the key that sealed it is gone
     */
    public record Named(Principal principal, Optional<String> name) {}

    /** Who changes something, and why. */
    public record By(String who, Optional<String> reason) {

        /** Somebody who gives no reason. */
        public static By of(String who) {
            return new By(who, Optional.empty());
        }
    }

    /**
     * Adds a principal, or takes one back that was removed; its earlier keys stay revoked.
     *
     * @param name as people know it; what stands in the log is a pseudonym
     * @return the pseudonym
     * @throws StoreRefused where there is one of that name, or it is no name
     */
    public String addPrincipal(String name, String role, Limits limits, By by)
            throws StoreFailed, StoreRefused {
        named("principal", name);
        String id = names.pseudonym(name);
        submit(
                by,
                Action.CREATED,
                db -> {
                    if (AccessRows.principal(db, id)
                            .filter(it -> !AccessRows.gone(it))
                            .isPresent()) {
                        throw new StoreRefused("there is a principal `%s` already".formatted(name));
                    }
                    return new Held.Principal(id, role, limits);
                },
                db -> names.seal(db, id, name));
        return id;
    }

    /**
     * Gives a principal another role.
     *
     * @throws StoreRefused where there is no such principal, or another change of it waits
     */
    public void setRole(String principal, String role, By by) throws StoreFailed, StoreRefused {
        submit(
                by,
                Action.CHANGED,
                db -> new Held.Principal(principal, role, there(db, principal).limits()),
                db -> null);
    }

    /**
     * Gives a principal other limits.
     *
     * @throws StoreRefused where there is no such principal, or another change of it waits
     */
    public void setLimits(String principal, Limits limits, By by) throws StoreFailed, StoreRefused {
        submit(
                by,
                Action.CHANGED,
                db -> new Held.Principal(principal, there(db, principal).role(), limits),
                db -> null);
    }

    /**
     * Removes a principal, and revokes all its keys, at once.
     *
     * @throws StoreRefused where there is no such principal
     */
    public void removePrincipal(String principal, By by) throws StoreFailed, StoreRefused {
        submit(
                by,
                Action.REMOVED,
                db -> {
                    Principal there = there(db, principal);
                    return new Held.Principal(principal, there.role(), there.limits());
                },
                db -> null);
    }

    /**
     * Adds a project.
     *
     * @throws StoreRefused where there is one of that name, or another change of it waits
     */
    public void addProject(String name, Optional<String> purpose, Limits limits, By by)
            throws StoreFailed, StoreRefused {
        named("project", name);
        submit(
                by,
                Action.CREATED,
                db -> {
                    if (AccessRows.project(db, name).isPresent()) {
                        throw new StoreRefused("there is a project `%s` already".formatted(name));
                    }
                    return new Held.Project(name, purpose, limits);
                },
                db -> null);
    }

    /**
     * Has a project declare another purpose, or none.
     *
     * @throws StoreRefused where there is no such project, or another change of it waits
     */
    public void setPurpose(String project, Optional<String> purpose, By by)
            throws StoreFailed, StoreRefused {
        submit(
                by,
                Action.CHANGED,
                db -> new Held.Project(project, purpose, project(db, project).limits()),
                db -> null);
    }

    /**
     * Gives a project other limits, for all of its keys together.
     *
     * @throws StoreRefused where there is no such project, or another change of it waits
     */
    public void setProjectLimits(String project, Limits limits, By by)
            throws StoreFailed, StoreRefused {
        submit(
                by,
                Action.CHANGED,
                db -> new Held.Project(project, project(db, project).purpose(), limits),
                db -> null);
    }

    /**
     * Removes a project, at once; its keys go on without one that counts.
     *
     * @throws StoreRefused where there is no such project
     */
    public void removeProject(String project, By by) throws StoreFailed, StoreRefused {
        submit(
                by,
                Action.REMOVED,
                db -> {
                    Project there = project(db, project);
                    return new Held.Project(project, there.purpose(), there.limits());
                },
                db -> null);
    }

    /**
     * Makes a key.
     *
     * @return its text, which is nowhere else: it cannot be shown a second time
     * @throws StoreRefused where there is no such principal or project
     */
    public KeyText createKey(
            String principal,
            Optional<String> project,
            Scope scope,
            Optional<Instant> expires,
            By by)
            throws StoreFailed, StoreRefused {
        KeyText key = KeyText.random(random);
        submit(
                by,
                Action.CREATED,
                db -> made(db, key, principal, project, scope, expires),
                db -> hash(key));
        return key;
    }

    private static Held.Key made(
            DSLContext db,
            KeyText key,
            String principal,
            Optional<String> project,
            Scope scope,
            Optional<Instant> expires)
            throws StoreRefused {
        there(db, principal);
        if (project.isPresent()) {
            project(db, project.get());
        }
        return new Held.Key(key.id(), principal, project, scope, expires, Optional.empty());
    }

    private static byte[] hash(KeyText key) {
        return key.hash().hex().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Makes a key that is good for the same, and ends the old one: both or neither.
     *
     * @param grace how long the old one is still good
     * @return the text of the new one
     * @throws StoreRefused where the old one is not good any more, or was replaced
     */
    public KeyText rotateKey(String id, Duration grace, By by) throws StoreFailed, StoreRefused {
        KeyText key = KeyText.random(random);
        store.write(
                db -> {
                    AccessRows.bump(db);
                    AccessKey old = replaceable(db, id);
                    Optional<String> project = old.project();
                    Held.Key next =
                            made(db, key, old.principal(), project, old.scope(), old.expires());
                    put(db, by, Action.CREATED, next, hash(key));
                    Instant end = clock.instant().plus(grace);
                    Held.Key ending =
                            new Held.Key(
                                    id,
                                    old.principal(),
                                    project,
                                    old.scope(),
                                    Optional.of(old.expires().filter(end::isAfter).orElse(end)),
                                    Optional.of(key.id()));
                    return put(db, by, Action.REPLACED, ending, null);
                });
        return key;
    }

    private AccessKey replaceable(DSLContext db, String id) throws StoreRefused {
        AccessKey key = AccessRows.key(db, id).orElseThrow(() -> new StoreRefused(noKey(id)));
        if (key.at(clock.instant()) != AccessKey.State.GOOD || key.successor().isPresent()) {
            throw new StoreRefused(
                    "key `%s` is %s: `demur admin key create` makes another"
                            .formatted(
                                    id,
                                    key.successor()
                                            .map("replaced by `%s`"::formatted)
                                            .orElse("not good any more")));
        }
        return key;
    }

    /**
     * Revokes a key, at once; one that still waits for the log never comes to be, or where that is
     * being written, comes to an end with the same breath.
     *
     * @throws StoreRefused where there is no such key
     */
    public void revokeKey(String id, By by) throws StoreFailed, StoreRefused {
        store.write(
                db -> {
                    AccessRows.bump(db);
                    if (waiting.withdraw(db, "key", id)) {
                        return id;
                    }
                    Optional<Held> there = AccessRows.key(db, id).map(AccessRows::held);
                    if (there.isEmpty()) {
                        there = waiting.making(db, "key", id);
                    }
                    Held held = there.orElseThrow(() -> new StoreRefused(noKey(id)));
                    return put(db, by, Action.REVOKED, held, null);
                });
    }

    /** What a change is about, from what there is. */
    private interface About {
        Held in(DSLContext db) throws StoreRefused;
    }

    /** What the log does not have of it. */
    private interface Beside {
        byte @Nullable [] in(DSLContext db) throws StoreRefused;
    }

    private void submit(By by, Action action, About about, Beside beside)
            throws StoreFailed, StoreRefused {
        store.write(
                db -> {
                    // first of all, so that on a server who changes something waits for others
                    AccessRows.bump(db);
                    return put(db, by, action, about.in(db), beside.in(db));
                });
    }

    /** Has a change wait for the log, and hold at once where it takes something away. */
    private String put(DSLContext db, By by, Action action, Held held, byte @Nullable [] kept)
            throws StoreRefused {
        String id = ids.next("acc");
        // behind all that waits, whatever the clock says: the log gets them in this order
        Instant now = waiting.after(db, clock.instant());
        AccessChange change = new AccessChange(now, id, action, held, by.who(), by.reason());
        waiting.add(db, change, kept);
        switch (action) {
            case REPLACED, REVOKED, REMOVED -> AccessRows.apply(db, change, kept);
            case CREATED, CHANGED -> waiting.refuseAnother(db, change);
        }
        return id;
    }

    /**
     * Writes into the log what it does not have yet, oldest first, and makes it hold. Where several
     * processes do this, each change is written by one of them.
     *
     * @return how many changes were written
     * @throws IOException where the log took one no more; it is tried again the next time
     */
    @Override
    public int publish(EntryWriter log) throws StoreFailed, IOException {
        return waiting.publish(log);
    }

    @Override
    public int pending() throws StoreFailed {
        return waiting.count();
    }

    /** Whether a change of something waits for the log, by its id, pseudonym or name. */
    public boolean waits(String name) throws StoreFailed {
        return waiting.has(name);
    }

    /** Greater after every change: cheap to ask often. */
    public long version() throws StoreFailed {
        return store.read(AccessRows::version);
    }

    /** What {@link Roster} says who has which key, as of one moment. */
    public Roster roster() throws StoreFailed {
        return store.read(
                db ->
                        new Roster(
                                AccessRows.version(db),
                                db.selectFrom(PRINCIPAL_TABLE).fetch(AccessRows::principal),
                                db.selectFrom(PROJECT_TABLE)
                                        .where(REMOVED.isNull())
                                        .fetch(AccessRows::project),
                                db.selectFrom(ACCESS_KEY).fetch(AccessRows::key)));
    }

    /** The pseudonym of somebody who is or was a principal. */
    public Optional<String> find(String name) throws StoreFailed {
        Optional<String> id = names.find(name);
        return id.isPresent()
                ? store.read(db -> AccessRows.principal(db, id.get())).map(Principal::id)
                : id;
    }

    /** All principals, those that were removed included, the oldest first. */
    public List<Named> principals() throws StoreFailed {
        return store.read(
                db ->
                        db.selectFrom(PRINCIPAL_TABLE)
                                .orderBy(CREATED, ID)
                                .fetch(
                                        row ->
                                                new Named(
                                                        AccessRows.principal(row),
                                                        names.open(
                                                                db,
                                                                row.get(ID),
                                                                row.get(SEALED)))));
    }

    /** All projects. */
    public List<Project> projects() throws StoreFailed {
        return store.read(
                db ->
                        db.selectFrom(PROJECT_TABLE)
                                .where(REMOVED.isNull())
                                .orderBy(NAME)
                                .fetch(AccessRows::project));
    }

    /** All keys, those that ended included, the oldest first. */
    public List<AccessKey> keys() throws StoreFailed {
        return store.read(
                db -> db.selectFrom(ACCESS_KEY).orderBy(CREATED, ID).fetch(AccessRows::key));
    }

    /** What holds now, as the log would say it. */
    List<Held> held(Instant now) throws StoreFailed {
        return store.read(db -> AccessRows.held(db, now));
    }

    /**
     * Two names that look the same are one: no spaces around them, and nothing that is not seen.
     */
    private static void named(String what, String name) throws StoreRefused {
        boolean seen =
                name.codePoints()
                        .noneMatch(
                                c ->
                                        Character.isISOControl(c)
                                                || Character.getType(c) == Character.FORMAT);
        if (name.isBlank() || !name.equals(name.strip()) || !seen) {
            throw new StoreRefused(
                    "`%s` names no %s: a name has no controls in it and no spaces around it"
                            .formatted(name.replaceAll("\\p{Cntrl}", "?"), what));
        }
    }

    private static Principal there(DSLContext db, String principal) throws StoreRefused {
        return AccessRows.principal(db, principal)
                .filter(it -> !AccessRows.gone(it))
                .orElseThrow(
                        () ->
                                new StoreRefused(
                                        "there is no principal `%s`, or it was removed"
                                                .formatted(principal)));
    }

    private static Project project(DSLContext db, String name) throws StoreRefused {
        return AccessRows.project(db, name)
                .orElseThrow(() -> new StoreRefused("there is no project `%s`".formatted(name)));
    }

    private static String noKey(String id) {
        return "there is no key `%s`".formatted(id);
    }
}
