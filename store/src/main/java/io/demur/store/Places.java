package io.demur.store;

import static io.demur.store.Tables.BODY;
import static io.demur.store.Tables.CONTENT;
import static io.demur.store.Tables.FREE_PLACE;
import static io.demur.store.Tables.PLACE;
import static io.demur.store.Tables.ROOM;
import static io.demur.store.Tables.SLOT;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;

import java.util.Arrays;
import java.util.Optional;

/**
 * Where encrypted bodies lie.
 *
 * <p>SQLite can be told to overwrite what is deleted, but it also moves rows from page to page to
 * keep its trees in balance, and does not overwrite where they were: whoever deletes a row later
 * deletes one of several copies. (A search of the file found them after a thousand erasures.) It
 * does not move a row whose new content is as long as the old, nor one that is added at the end. So
 * places have one of few lengths, are only ever added at the end, and are emptied by overwriting;
 * an empty one is used again for a body that fits. No more of them are made than there ever were
 * bodies at one time, those that were just being replaced counted with what replaced them.
 *
 * <p>PostgreSQL makes a new copy of a row with each change, and clears away the old ones in its own
 * time: there only the end of an epoch destroys them.
 */
final class Places {

    private static final int ROOM_MIN = 128;

    private Places() {}

    /**
     * One of them.
     *
     * @param room how much fits in
     */
    record Place(long slot, long room) {}

    /** Puts content into an empty place, or a new one. */
    static Place fill(DSLContext db, byte[] content) {
        int room = room(content.length);
        byte[] padded = Arrays.copyOf(content, room);
        // one that another replica is about to take is passed by: nobody waits for a place
        String lock = db.family() == SQLDialect.SQLITE ? "" : " FOR UPDATE SKIP LOCKED";
        Optional<Long> free =
                Direct.first(
                        db,
                        "SELECT slot FROM free_place WHERE room = ? ORDER BY slot LIMIT 1" + lock,
                        row -> row.getLong(1),
                        (long) room);
        if (free.isPresent()
                && Direct.change(db, "DELETE FROM free_place WHERE slot = ?", free.get()) == 1) {
            Direct.change(db, "UPDATE place SET content = ? WHERE slot = ?", padded, free.get());
            return new Place(free.get(), room);
        }
        return Direct.first(
                        db,
                        "INSERT INTO place (content) VALUES (?) RETURNING slot",
                        row -> new Place(row.getLong(1), room),
                        padded)
                .orElseThrow();
    }

    /** What lies in a place. */
    static byte[] content(DSLContext db, long slot, long length) {
        byte[] padded = db.select(CONTENT).from(PLACE).where(SLOT.eq(slot)).fetchSingle(CONTENT);
        return Arrays.copyOf(padded, Math.toIntExact(Math.min(length, padded.length)));
    }

    /**
     * Deletes bodies, and empties where they lay. Of a body that somebody else has deleted
     * meanwhile the place is not touched: it may be another's by now.
     *
     * @return how many were deleted here
     */
    static int remove(DSLContext db, Condition which) {
        var deleted = db.deleteFrom(BODY).where(which).returningResult(SLOT, ROOM).fetch();
        for (var row : deleted) {
            if (row.get(SLOT) != null) {
                db.update(PLACE)
                        .set(CONTENT, new byte[Math.toIntExact(row.get(ROOM))])
                        .where(SLOT.eq(row.get(SLOT)))
                        .execute();
                db.insertInto(FREE_PLACE)
                        .set(SLOT, row.get(SLOT))
                        .set(ROOM, row.get(ROOM))
                        .execute();
            }
        }
        return deleted.size();
    }

    /** The next of the lengths there are: four for each doubling. */
    static int room(int length) {
        if (length <= ROOM_MIN) {
            return ROOM_MIN;
        }
        int step = Integer.highestOneBit(length - 1) / 4;
        return Math.multiplyExact(Math.ceilDiv(length, step), step);
    }
}
