package io.demur.store;

import static io.demur.store.Tables.CASE_DECISION;
import static io.demur.store.Tables.CLAIMANT;
import static io.demur.store.Tables.CLAIMED;
import static io.demur.store.Tables.DECISION;
import static io.demur.store.Tables.ID;
import static io.demur.store.Tables.KIND;
import static io.demur.store.Tables.MICROS;
import static io.demur.store.Tables.PENDING_ENTRY;
import static io.demur.store.Tables.REVIEW_CASE;
import static io.demur.store.Tables.STATE;
import static io.demur.store.Tables.SUBJECT;
import static io.demur.store.Tables.SUBJECT_ID;
import static io.demur.store.Tables.VERSION;

import io.demur.record.entry.Entry;
import io.demur.record.json.Json;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;

import org.jooq.DSLContext;
import org.jooq.impl.DSL;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Cases that somebody outside has opened and waits to have answered: appeals and reports. What
 * changes is in the same transaction as the entries about it. Safe for use by several threads and
 * processes.
 */
public final class Petitions implements Pending {

    private final Store store;
    private final PendingEntries entries;

    public Petitions(Store store, InstantSource clock) {
        this.store = store;
        entries = new PendingEntries(store, clock);
    }

    /** What came of opening one. */
    public enum Filed {
        OPENED,
        /** One of its id is there; nothing was changed. */
        THERE,
        /** So many of the subject are open that no more are taken. */
        TOO_MANY
    }

    /**
     * An appeal that was upheld: the refusal of that attempt binds no longer.
     *
     * @param principal whose attempt it is, as a pseudonym
     * @param earlier the refusal that it came back to, where it did
     */
    public record Upheld(
            String id, String attempt, String principal, Optional<String> earlier, Instant at) {
        public Upheld {
            Objects.requireNonNull(earlier);
        }
    }

    /**
     * Opens one, with the entries that tell of it. It is on disk when this returns.
     *
     * @param max so many of its kind and subject may be open
     */
    public Filed open(ReviewCase opened, List<Entry> telling, int max) throws StoreFailed {
        return store.change(
                db -> {
                    if (CaseRows.find(db, opened.id()).isPresent()) {
                        return Filed.THERE;
                    }
                    if (opened.subject().isPresent()
                            && count(db, opened.kind(), opened.subject().get()) >= max) {
                        return Filed.TOO_MANY;
                    }
                    return Cases.open(db, entries, opened, telling) ? Filed.OPENED : Filed.THERE;
                });
    }

    /** How many of a kind and subject are open. */
    public int open(Kind kind, String subject) throws StoreFailed {
        return store.<Integer>read(db -> count(db, kind, subject));
    }

    /** Whether nothing can be kept for a subject any more. */
    public boolean isErased(String subject) throws StoreFailed {
        return !store.<Boolean>read(db -> db.fetchExists(SUBJECT, ID.eq(subject)));
    }

    private static int count(DSLContext db, Kind kind, String subject) {
        return db.fetchCount(
                db.selectFrom(REVIEW_CASE)
                        .where(KIND.eq(kind.name()), SUBJECT_ID.eq(subject), CaseRows.UNDECIDED));
    }

    /**
     * Takes an appeal back, as long as nobody has answered; the second time changes nothing. A
     * report is not taken back.
     */
    public boolean withdraw(String id, Entry telling) throws StoreFailed {
        return store.<Boolean>change(
                db -> {
                    int changed =
                            db.update(REVIEW_CASE)
                                    .set(STATE, State.WITHDRAWN.name())
                                    .set(VERSION, VERSION.plus(1))
                                    .setNull(CLAIMANT)
                                    .setNull(CLAIMED)
                                    .where(
                                            ID.eq(id),
                                            KIND.eq(Kind.APPEAL.name()),
                                            CaseRows.UNDECIDED)
                                    .execute();
                    if (changed > 0) {
                        entries.add(db, id + "-withdrawn", telling);
                    }
                    return changed > 0
                            || CaseRows.find(db, id)
                                    .filter(it -> it.state() == State.WITHDRAWN)
                                    .isPresent();
                });
    }

    /** Has an entry wait that no case is about. */
    public void tell(String id, Entry entry) throws StoreFailed {
        store.change(
                db -> {
                    entries.add(db, id, entry);
                    return id;
                });
    }

    /**
     * Appeals that were upheld, the oldest first: those of which the log has all that there is to
     * say.
     *
     * @param since that or later
     */
    public List<Upheld> upheld(Instant since) throws StoreFailed {
        return store.read(
                db -> {
                    List<Upheld> found = new ArrayList<>();
                    for (String id :
                            db.selectDistinct(ID, MICROS)
                                    .from(CASE_DECISION)
                                    .where(
                                            MICROS.ge(Micros.of(since)),
                                            DECISION.eq("overturn"),
                                            ID.in(appeals()))
                                    .orderBy(MICROS, ID)
                                    .fetch(ID)) {
                        upheld(db, id).ifPresent(found::add);
                    }
                    return found;
                });
    }

    private static org.jooq.Select<org.jooq.Record1<String>> appeals() {
        return DSL.select(ID)
                .from(REVIEW_CASE)
                .where(KIND.eq(Kind.APPEAL.name()), STATE.eq(State.DECIDED.name()));
    }

    /** A second look may have come to another end; and nothing holds before the log tells of it. */
    private static Optional<Upheld> upheld(DSLContext db, String id) {
        if (db.fetchExists(db.selectFrom(PENDING_ENTRY).where(ID.startsWith(id + "-")))) {
            return Optional.empty();
        }
        return CaseRows.find(db, id)
                .filter(it -> it.said().getLast().decision().equals("overturn"))
                .map(
                        it ->
                                new Upheld(
                                        id,
                                        it.attempt().orElseThrow(),
                                        it.subject().orElseThrow(),
                                        it.about().fields().get("earlier") instanceof Json.Str of
                                                ? Optional.of(of.text())
                                                : Optional.empty(),
                                        it.said().getLast().at()));
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
