package io.demur.store;

import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.BODY;
import static io.demur.store.Tables.CONTENT;
import static io.demur.store.Tables.FREE_PLACE;
import static io.demur.store.Tables.PART;
import static io.demur.store.Tables.PLACE;
import static io.demur.store.Tables.ROOM;
import static io.demur.store.Tables.SLOT;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.Result;

import java.util.Arrays;

/**
 * Where encrypted bodies lie.
 *
 * <p>SQLite can be told to overwrite what is deleted, but it also moves rows from page to page to
 * keep its trees in balance, and does not overwrite where they were: whoever deletes a row later
 * deletes one of several copies. (A search of the file found them after a thousand erasures.) It
 * does not move a row whose new content is as long as the old, nor one that is added at the end. So
 * places have one of few lengths, are only ever added at the end, and are emptied by overwriting;
 * an empty one is used again for a body that fits. No more of them are made than there ever were
 * bodies at one time.
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
        Long free =
                db.select(SLOT)
                        .from(FREE_PLACE)
                        .where(ROOM.eq((long) room))
                        .orderBy(SLOT)
                        .limit(1)
                        .fetchOne(SLOT);
        // where another replica was faster, there is nothing to delete any more
        if (free != null && db.deleteFrom(FREE_PLACE).where(SLOT.eq(free)).execute() == 1) {
            db.update(PLACE).set(CONTENT, padded).where(SLOT.eq(free)).execute();
            return new Place(free, room);
        }
        Result<Record1<Long>> made =
                db.insertInto(PLACE).set(CONTENT, padded).returningResult(SLOT).fetch();
        return new Place(made.get(0).value1(), room);
    }

    /** What lies in a place. */
    static byte[] content(DSLContext db, long slot, long length) {
        byte[] padded = db.select(CONTENT).from(PLACE).where(SLOT.eq(slot)).fetchSingle(CONTENT);
        return Arrays.copyOf(padded, Math.toIntExact(Math.min(length, padded.length)));
    }

    /**
     * Deletes bodies, and empties where they lay.
     *
     * @return how many
     */
    static int remove(DSLContext db, Condition which, int most) {
        var found =
                db.select(ATTEMPT, PART, SLOT, ROOM).from(BODY).where(which).limit(most).fetch();
        for (var row : found) {
            db.deleteFrom(BODY)
                    .where(ATTEMPT.eq(row.get(ATTEMPT)), PART.eq(row.get(PART)))
                    .execute();
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
        return found.size();
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
