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
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What was done about single exchanges, up to now: where the tables do not have it yet they take in
 * what the log has. Safe for use by several threads and processes; none of the threads virtual.
 */
public final class Past {

    private static final Duration PACE = Duration.ofSeconds(1);

    private final Store store;
    private final Projection projection;
    private final Published published;
    private final long pace;
    private final Object turn = new Object();

    /** When somebody began to take in what is new, and the last time that came to its end. */
    private long begun;

    private long taken;

    /** The log, as far as it is published. */
    public interface Published {
        LogReader log() throws IOException;

        /** How long it is now. */
        long size() throws IOException, Malformed;
    }

    /** That of one log. */
    public Past(Store store, Projection projection, Published published) {
        this(store, projection, published, PACE);
    }

    /**
     * The same, at another pace.
     *
     * @param pace what is new is taken in once within it, for all who ask
     */
    public Past(Store store, Projection projection, Published published, Duration pace) {
        this.store = store;
        this.projection = projection;
        this.published = published;
        this.pace = pace.toNanos();
        begun = System.nanoTime() - this.pace;
        taken = begun;
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

    /**
     * Takes in what is new; what somebody else began to take in after this was asked for serves.
     */
    private void catchUp() throws StoreFailed, IOException {
        long asked = System.nanoTime();
        synchronized (turn) {
            if (taken - asked > 0) {
                return;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(begun + pace - System.nanoTime());
                begun = System.nanoTime();
                projection.catchUp(published.log(), published.size());
                taken = begun;
            } catch (Malformed e) {
                throw new IOException("the log cannot be read: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted before the log was looked at", e);
            }
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
