package io.demur.store;

import static io.demur.store.Tables.ABOUT;
import static io.demur.store.Tables.ACCEPTABLE;
import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.CASE_DECISION;
import static io.demur.store.Tables.CLAIMANT;
import static io.demur.store.Tables.CLAIMED;
import static io.demur.store.Tables.CREATED;
import static io.demur.store.Tables.DECISION;
import static io.demur.store.Tables.DUE;
import static io.demur.store.Tables.HAZARD;
import static io.demur.store.Tables.ID;
import static io.demur.store.Tables.KIND;
import static io.demur.store.Tables.MICROS;
import static io.demur.store.Tables.MODEL;
import static io.demur.store.Tables.MODEL_CLASS;
import static io.demur.store.Tables.NR;
import static io.demur.store.Tables.PROJECT;
import static io.demur.store.Tables.REASON;
import static io.demur.store.Tables.REVIEWER;
import static io.demur.store.Tables.REVIEW_CASE;
import static io.demur.store.Tables.SEVERITY;
import static io.demur.store.Tables.STATE;
import static io.demur.store.Tables.SUBJECT_ID;
import static io.demur.store.Tables.VERSION;

import io.demur.core.harm.Severity;
import io.demur.record.entry.Entry;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.json.NotCanonical;
import io.demur.store.ReviewCase.Claim;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.Said;
import io.demur.store.ReviewCase.State;

import org.jooq.DSLContext;
import org.jooq.Record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The cases that people look at. What is decided is in the same transaction as the entry about it,
 * which waits for whoever has the log. Safe for use by several threads and processes.
 */
public final class Cases implements Pending {

    private final Store store;
    private final PendingEntries entries;

    public Cases(Store store, InstantSource clock) {
        this.store = store;
        entries = new PendingEntries(store, clock);
    }

    /**
     * Opens one, with the entries that tell of it. It is on disk when this returns.
     *
     * @return whether it was opened; not where one of its id is there
     */
    public boolean open(ReviewCase opened, List<Entry> telling) throws StoreFailed {
        return store.<Boolean>change(db -> open(db, entries, opened, telling));
    }

    /** The same within somebody's transaction. */
    static boolean open(
            DSLContext db, PendingEntries entries, ReviewCase opened, List<Entry> telling) {
        int made =
                db.insertInto(REVIEW_CASE)
                        .set(ID, opened.id())
                        .set(KIND, opened.kind().name())
                        .set(ATTEMPT, opened.attempt().orElse(null))
                        .set(SUBJECT_ID, opened.subject().orElse(null))
                        .set(PROJECT, opened.project().orElse(null))
                        .set(HAZARD, opened.hazard().orElse(null))
                        .set(MODEL, opened.model().orElse(null))
                        .set(MODEL_CLASS, opened.modelClass().orElse(null))
                        .set(ABOUT, Canonical.text(opened.about()))
                        .set(CREATED, Micros.of(opened.created()))
                        .set(DUE, Micros.of(opened.due()))
                        .set(STATE, State.OPEN.name())
                        .set(VERSION, 1L)
                        .onConflict(ID)
                        .doNothing()
                        .execute();
        if (made > 0) {
            int nr = 0;
            for (Entry entry : telling) {
                entries.add(db, "%s-%d".formatted(opened.id(), nr++), entry);
            }
        }
        return made > 0;
    }

    /** One of them. */
    public Optional<ReviewCase> find(String id) throws StoreFailed {
        return store.read(db -> find(db, id));
    }

    static Optional<ReviewCase> find(DSLContext db, String id) {
        return db.selectFrom(REVIEW_CASE).where(ID.eq(id)).fetchOptional(row -> of(db, row));
    }

    /** Those about an exchange, the oldest first. */
    public List<ReviewCase> about(String attempt) throws StoreFailed {
        return store.read(
                db ->
                        db.selectFrom(REVIEW_CASE)
                                .where(ATTEMPT.eq(attempt))
                                .orderBy(CREATED, ID)
                                .fetch(row -> of(db, row)));
    }

    /**
     * Those of some kinds and states, the one that is due first first.
     *
     * @param max so many at most
     */
    public List<ReviewCase> all(Set<Kind> kinds, Set<State> states, int max) throws StoreFailed {
        return store.read(
                db ->
                        db.selectFrom(REVIEW_CASE)
                                .where(
                                        KIND.in(kinds.stream().map(Enum::name).toList()),
                                        STATE.in(states.stream().map(Enum::name).toList()))
                                .orderBy(DUE, ID)
                                .limit(max)
                                .fetch(row -> of(db, row)));
    }

    private static ReviewCase of(DSLContext db, Record row) {
        List<Said> said =
                db.selectFrom(CASE_DECISION)
                        .where(ID.eq(row.get(ID)))
                        .orderBy(NR)
                        .fetch(
                                it ->
                                        new Said(
                                                it.get(REVIEWER),
                                                it.get(DECISION),
                                                it.get(REASON),
                                                Optional.ofNullable(it.get(ACCEPTABLE))
                                                        .map(Boolean::valueOf),
                                                Optional.ofNullable(it.get(SEVERITY))
                                                        .map(Severity::valueOf),
                                                Micros.at(it.get(MICROS))));
        Optional<Claim> claim =
                Optional.ofNullable(row.get(CLAIMANT))
                        .map(it -> new Claim(it, Micros.at(row.get(CLAIMED))));
        return new ReviewCase(
                row.get(ID),
                Kind.valueOf(row.get(KIND)),
                Optional.ofNullable(row.get(ATTEMPT)),
                Optional.ofNullable(row.get(SUBJECT_ID)),
                Optional.ofNullable(row.get(PROJECT)),
                Optional.ofNullable(row.get(HAZARD)),
                Optional.ofNullable(row.get(MODEL)),
                Optional.ofNullable(row.get(MODEL_CLASS)),
                json(row.get(ABOUT)),
                Micros.at(row.get(CREATED)),
                Micros.at(row.get(DUE)),
                State.valueOf(row.get(STATE)),
                row.get(VERSION),
                claim,
                said);
    }

    private static Json.Obj json(String text) {
        try {
            if (Canonical.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Json.Obj about) {
                return about;
            }
        } catch (NotCanonical e) {
            throw new IllegalStateException("a case is damaged: " + e.getMessage(), e);
        }
        throw new IllegalStateException("a case is damaged: what it is about is no object");
    }

    @Override
    public int publish(EntryWriter log) throws StoreFailed, IOException {
        return entries.publish(log);
    }

    @Override
    public int pending() throws StoreFailed {
        return entries.pending();
    }
}
