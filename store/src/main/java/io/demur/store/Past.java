package io.demur.store;

import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.EXCHANGE;
import static io.demur.store.Tables.HAZARD;
import static io.demur.store.Tables.MICROS;
import static io.demur.store.Tables.MODEL;
import static io.demur.store.Tables.MODEL_CLASS;
import static io.demur.store.Tables.PRINCIPAL;
import static io.demur.store.Tables.PROJECT;
import static io.demur.store.Tables.PURPOSE;
import static io.demur.store.Tables.RESULT;
import static io.demur.store.Tables.SUBJECT_ID;

import io.demur.log.LogReader;
import io.demur.log.note.Malformed;
import io.demur.record.entry.Ids;

import org.jooq.DSLContext;
import org.jooq.Record;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

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
}
