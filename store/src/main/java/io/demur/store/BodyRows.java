package io.demur.store;

import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.BODY;
import static io.demur.store.Tables.LENGTH;
import static io.demur.store.Tables.MODE;
import static io.demur.store.Tables.PART;
import static io.demur.store.Tables.SLOT;
import static io.demur.store.Tables.SUBJECT_ID;

import io.demur.record.entry.Kept;

import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The rows of bodies, within somebody's transaction. */
final class BodyRows {

    private static final String ADD =
            "INSERT INTO body (attempt, part, subject, mode, slot, room, length, created, expires)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private BodyRows() {}

    /** One row, with nonce and ciphertext, none where only a commitment is kept; never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(String subject, Kept.Mode mode, byte[] sealed) {}

    /**
     * Adds one, in the place of an earlier one of the same subject; whose it is is known and
     * locked.
     *
     * @return one
     * @throws StoreRefused where the body there is another subject's
     */
    static int put(
            DSLContext db, String attempt, String part, Row row, Instant now, Duration retention)
            throws StoreRefused {
        Optional<Places.Place> place =
                row.sealed().length == 0
                        ? Optional.empty()
                        : Optional.of(Places.fill(db, row.sealed()));
        @Nullable Object[] values = {
            attempt,
            part,
            row.subject(),
            row.mode().name(),
            place.map(Places.Place::slot).orElse(null),
            place.map(Places.Place::room).orElse(null),
            (long) row.sealed().length,
            Micros.of(now),
            Micros.of(now.plus(retention))
        };
        if (Direct.change(db, ADD + " ON CONFLICT (attempt, part) DO NOTHING", values) == 1) {
            return 1;
        }
        // seldom: there was one before. What is refused takes its place back with the transaction
        Optional<String> whose =
                Direct.first(
                        db,
                        "SELECT subject FROM body WHERE attempt = ? AND part = ?",
                        old -> old.getString(1),
                        attempt,
                        part);
        if (whose.isPresent() && !whose.get().equals(row.subject())) {
            throw new StoreRefused("the %s of `%s` is another subject's".formatted(part, attempt));
        }
        Places.remove(db, ATTEMPT.eq(attempt).and(PART.eq(part)).and(SUBJECT_ID.eq(row.subject())));
        return Direct.change(db, ADD, values);
    }

    /** One of them. */
    static Optional<Row> find(DSLContext db, String attempt, String part) {
        return db.select(SUBJECT_ID, MODE, SLOT, LENGTH)
                .from(BODY)
                .where(ATTEMPT.eq(attempt), PART.eq(part))
                .fetchOptional(
                        row ->
                                new Row(
                                        row.get(SUBJECT_ID),
                                        Kept.Mode.valueOf(row.get(MODE)),
                                        row.get(SLOT) == null
                                                ? new byte[0]
                                                : Places.content(
                                                        db, row.get(SLOT), row.get(LENGTH))));
    }

    /** Whether one has more than a commitment. */
    static boolean hasWords(DSLContext db, String attempt, String part) {
        return db.fetchExists(
                db.selectFrom(BODY).where(ATTEMPT.eq(attempt), PART.eq(part), SLOT.isNotNull()));
    }
}
