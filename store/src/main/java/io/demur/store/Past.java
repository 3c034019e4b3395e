package io.demur.store;

import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.CASE_DECISION;
import static io.demur.store.Tables.ENTRY;
import static io.demur.store.Tables.EXCHANGE;
import static io.demur.store.Tables.HAZARD;
import static io.demur.store.Tables.HELD_REQUEST;
import static io.demur.store.Tables.ID;
import static io.demur.store.Tables.IDX;
import static io.demur.store.Tables.MICROS;
import static io.demur.store.Tables.MODEL;
import static io.demur.store.Tables.MODEL_CLASS;
import static io.demur.store.Tables.ORIGIN;
import static io.demur.store.Tables.PRINCIPAL;
import static io.demur.store.Tables.PROJECT;
import static io.demur.store.Tables.PURPOSE;
import static io.demur.store.Tables.RESULT;
import static io.demur.store.Tables.REVIEWER;
import static io.demur.store.Tables.REVIEW_CASE;
import static io.demur.store.Tables.SUBJECT_ID;
import static io.demur.store.Tables.TYPE;

import io.demur.log.LogReader;
import io.demur.log.note.Malformed;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Review;

import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What was done about single exchanges, up to now: where the tables do not have it yet they take in
 * what the log has. Safe for use by several threads and processes; none of the threads virtual.
 */
public final class Past {

    private final Store store;
    private final String origin;
    private final Projection projection;
    private final Published published;

    /** The log, as far as it is published. */
    public interface Published {
        LogReader log() throws IOException;

        /** How long it is now. */
        long size() throws IOException, Malformed;
    }

    /**
     * That of one log.
     *
     * @param origin the log's name
     */
    public Past(Store store, String origin, Projection projection, Published published) {
        this.store = store;
        this.origin = origin;
        this.projection = projection;
        this.published = published;
    }

    /** An exchange; nothing where there is none of that id. */
    public Optional<Exchanged> exchange(String attempt) throws StoreFailed, IOException {
        if (!Ids.isId("att", attempt)) {
            return Optional.empty();
        }
        Optional<Exchanged> known = store.read(db -> find(db, attempt));
        if (known.flatMap(Exchanged::result).isPresent()) {
            return known;
        }
        catchUp();
        return store.read(db -> find(db, attempt));
    }

    private void catchUp() throws StoreFailed, IOException {
        try {
            projection.catchUp(published.log(), published.size());
        } catch (Malformed e) {
            throw new IOException("the log cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<Exchanged> find(DSLContext db, String attempt) {
        return db.selectFrom(EXCHANGE)
                .where(ATTEMPT.eq(attempt))
                .fetchOptional(
                        row ->
                                new Exchanged(
                                        row.get(ATTEMPT),
                                        row.get(PRINCIPAL),
                                        row.get(SUBJECT_ID),
                                        Optional.ofNullable(row.get(PROJECT)),
                                        Optional.ofNullable(row.get(PURPOSE)),
                                        row.get(MODEL),
                                        row.get(MODEL_CLASS),
                                        Micros.at(row.get(MICROS)),
                                        Optional.ofNullable(row.get(RESULT)),
                                        hazard(row)));
    }

    private static Optional<String> hazard(Record row) {
        return Optional.ofNullable(row.get(HAZARD))
                .map(it -> it.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Who has decided about an exchange, by what the log says. */
    public Set<String> reviewers(String attempt) throws StoreFailed, IOException {
        catchUp();
        List<Long> reviews =
                store.read(
                        db ->
                                db.select(IDX)
                                        .from(ENTRY)
                                        .where(
                                                ORIGIN.eq(origin),
                                                TYPE.eq("REVIEW"),
                                                ATTEMPT.eq(attempt))
                                        .orderBy(IDX)
                                        .fetch(IDX));
        Set<String> reviewers = new HashSet<>();
        try {
            long size = published.size();
            for (long index : reviews) {
                published
                        .log()
                        .entries(
                                index,
                                index + 1,
                                size,
                                (at, bytes) -> {
                                    if (EntryCodec.read(bytes) instanceof Review review) {
                                        reviewers.add(review.reviewer());
                                    }
                                });
            }
        } catch (Malformed e) {
            throw new IOException("the log cannot be read: " + e.getMessage(), e);
        }
        return reviewers;
    }

    /** The same by the tables, within somebody's transaction: what the log does not have yet. */
    static Set<String> reviewers(DSLContext db, String attempt) {
        Set<String> reviewers =
                new HashSet<>(
                        db.select(REVIEWER)
                                .from(CASE_DECISION)
                                .where(
                                        ID.in(
                                                DSL.select(ID)
                                                        .from(REVIEW_CASE)
                                                        .where(ATTEMPT.eq(attempt))))
                                .fetch(REVIEWER));
        reviewers.addAll(
                db.select(REVIEWER)
                        .from(HELD_REQUEST)
                        .where(ATTEMPT.eq(attempt), REVIEWER.isNotNull())
                        .fetch(REVIEWER));
        return reviewers;
    }
}
