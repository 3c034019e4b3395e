package io.demur.store;

import static io.demur.store.Tables.DRILL;
import static io.demur.store.Tables.ENTRY;
import static io.demur.store.Tables.ENTRY_TEXT;
import static io.demur.store.Tables.IDX;
import static io.demur.store.Tables.ORIGIN;
import static io.demur.store.Tables.TYPE;

import io.demur.log.LogReader;
import io.demur.log.note.Malformed;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;

import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The drills that a log tells of, in its order: rows that the {@link Projection} makes, and behind
 * them the log itself, so that nothing is lost where a process is killed. Safe for use by several
 * threads.
 */
public final class DrillHistory {

    private final Store store;
    private final String origin;

    /**
     * Those of one log.
     *
     * @param origin the log's name
     */
    public DrillHistory(Store store, String origin) {
        this.store = store;
        this.origin = origin;
    }

    /**
     * All of them: those with a row, and those that lie behind what the tables have of the log.
     *
     * @param from how many entries of the log the tables have
     * @param size of the log
     */
    public List<DrillRun> all(LogReader log, long from, long size)
            throws StoreFailed, IOException, Malformed {
        Map<Long, DrillRun> found = new TreeMap<>();
        for (var row : store.read(db -> db.selectFrom(DRILL).where(ORIGIN.eq(origin)).fetch())) {
            long index = row.get(IDX);
            if (index < from && read(row.get(ENTRY_TEXT)) instanceof DrillRun drill) {
                found.put(index, drill);
            }
        }
        log.entries(
                Math.min(from, size),
                size,
                size,
                (index, bytes) -> {
                    if (tells(bytes) && EntryCodec.read(bytes) instanceof DrillRun drill) {
                        found.put(index, drill);
                    }
                });
        return List.copyOf(found.values());
    }

    /** Whether an entry may be one; cheaper than to read them all. */
    private static boolean tells(byte[] entry) {
        return new String(entry, StandardCharsets.ISO_8859_1).contains("\"DRILL\"");
    }

    private static Entry read(String text) throws Malformed {
        return EntryCodec.read(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts a row there, unless it is. */
    static void put(DSLContext db, String origin, long index, DrillRun drill) {
        db.insertInto(DRILL)
                .set(row(origin, index, drill))
                .onConflict(ORIGIN, IDX)
                .doNothing()
                .execute();
    }

    /** How its row differs, in words; empty where it does not. */
    static String difference(DSLContext db, String origin, long index, DrillRun drill) {
        var there = db.selectFrom(DRILL).where(ORIGIN.eq(origin), IDX.eq(index)).fetchOne();
        return Rows.difference(there, row(origin, index, drill));
    }

    /** Rows that come from no entry, in words. */
    static List<String> forged(DSLContext db, String origin, long next) {
        Set<Long> told =
                new HashSet<>(
                        db.select(IDX)
                                .from(ENTRY)
                                .where(ORIGIN.eq(origin), TYPE.eq("DRILL"))
                                .fetch(IDX));
        List<String> found = new ArrayList<>();
        for (Long index :
                db.select(IDX)
                        .from(DRILL)
                        .where(ORIGIN.eq(origin), IDX.lt(next))
                        .orderBy(IDX)
                        .fetch(IDX)) {
            if (!told.contains(index)) {
                found.add("drill at %s: the log has no such entry".formatted(index));
            }
        }
        return found;
    }

    private static Map<Field<?>, @Nullable Object> row(String origin, long index, DrillRun drill) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        row.put(ORIGIN, origin);
        row.put(IDX, index);
        row.put(ENTRY_TEXT, new String(EntryCodec.bytes(drill), StandardCharsets.UTF_8));
        return row;
    }
}
