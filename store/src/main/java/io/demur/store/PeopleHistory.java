package io.demur.store;

import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.ENTRY;
import static io.demur.store.Tables.ENTRY_TEXT;
import static io.demur.store.Tables.EXCHANGE;
import static io.demur.store.Tables.ID;
import static io.demur.store.Tables.IDX;
import static io.demur.store.Tables.MICROS;
import static io.demur.store.Tables.ORIGIN;
import static io.demur.store.Tables.PEOPLE;
import static io.demur.store.Tables.TYPE;

import io.demur.log.note.Malformed;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.RouteAround;
import io.demur.record.entry.Unknown;
import io.demur.store.LedgerRows.Window;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a log tells of people and refusals, in its order: ROUTE_AROUND, REVIEW, APPEAL, REPORT and
 * FEEDBACK entries, as far as the tables have come. Safe for use by several threads.
 */
public final class PeopleHistory {

    private static final List<String> TYPES =
            List.of("ROUTE_AROUND", "REVIEW", "APPEAL", "REPORT", "FEEDBACK");

    private static final Field<String> TOLD_ORIGIN =
            DSL.field(DSL.name("entry", "origin"), String.class);
    private static final Field<Long> TOLD_IDX = DSL.field(DSL.name("entry", "idx"), Long.class);
    private static final Field<String> ROW_ORIGIN =
            DSL.field(DSL.name("people", "origin"), String.class);
    private static final Field<Long> ROW_IDX = DSL.field(DSL.name("people", "idx"), Long.class);
    private static final Field<String> ROW_ATTEMPT =
            DSL.field(DSL.name("people", "attempt"), String.class);
    private static final Field<String> ASKED =
            DSL.field(DSL.name("exchange", "attempt"), String.class);
    private static final Condition SAME = ROW_ORIGIN.eq(TOLD_ORIGIN).and(ROW_IDX.eq(TOLD_IDX));

    private final Store store;
    private final String origin;

    /**
     * That of one log.
     *
     * @param origin the log's name
     */
    public PeopleHistory(Store store, String origin) {
        this.store = store;
        this.origin = origin;
    }

    /**
     * The looks within a time, and of the cases that were looked at then the looks before: of one
     * that was looked at twice the first look may be earlier.
     */
    public List<Entry> looks(Window window) throws StoreFailed {
        Condition before = TYPE.eq("REVIEW").and(MICROS.lt(Micros.of(window.until())));
        Condition within = before.and(MICROS.ge(Micros.of(window.since())));
        return store.read(
                db ->
                        entries(
                                db,
                                origin,
                                before.and(
                                        ID.in(
                                                DSL.select(ID)
                                                        .from(PEOPLE)
                                                        .where(ORIGIN.eq(origin), within)))));
    }

    /**
     * What people did about the exchanges of a time, up to now. Of appeals and of what callers
     * think, which may be many, only what is about these; of the rest all from its beginning on.
     */
    static List<Entry> about(DSLContext db, String origin, Window window) {
        Condition asked =
                DSL.exists(
                        DSL.selectOne()
                                .from(EXCHANGE)
                                .where(
                                        ASKED.eq(ROW_ATTEMPT),
                                        MICROS.lt(Micros.of(window.until()))));
        return entries(
                db,
                origin,
                MICROS.ge(Micros.of(window.since()))
                        .and(TYPE.notIn("APPEAL", "FEEDBACK").or(asked)));
    }

    private static List<Entry> entries(DSLContext db, String origin, Condition which) {
        List<Entry> found = new ArrayList<>();
        for (String text :
                db.select(ENTRY_TEXT)
                        .from(PEOPLE)
                        .where(ORIGIN.eq(origin), which)
                        .orderBy(IDX)
                        .fetch(ENTRY_TEXT)) {
            found.add(read(text));
        }
        return found;
    }

    /** The entry of a row. */
    static Entry read(String text) {
        try {
            return EntryCodec.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (Malformed e) {
            throw new IllegalStateException(
                    "table `people` is damaged, `demur store rebuild` makes it anew: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Puts a row there where the entry is one of these, unless it is. */
    static int put(DSLContext db, String origin, long index, Entry entry) {
        return isOne(entry)
                ? db.insertInto(PEOPLE)
                        .set(row(origin, index, entry))
                        .onConflict(ORIGIN, IDX)
                        .doNothing()
                        .execute()
                : 0;
    }

    /** Where entries lie that have no row, because an earlier program took them in. */
    static List<Long> missing(DSLContext db, String origin, long next) {
        return db.select(TOLD_IDX)
                .from(ENTRY)
                .where(
                        TYPE.in(TYPES),
                        TOLD_ORIGIN.eq(origin),
                        TOLD_IDX.lt(next),
                        DSL.notExists(DSL.selectOne().from(PEOPLE).where(SAME)))
                .orderBy(TOLD_IDX)
                .fetch(TOLD_IDX);
    }

    /** How its row differs, in words; empty where it does not, or is not to have one. */
    static String difference(DSLContext db, String origin, long index, Entry entry) {
        if (!isOne(entry)) {
            return "";
        }
        var there = db.selectFrom(PEOPLE).where(ORIGIN.eq(origin), IDX.eq(index)).fetchOne();
        return Rows.difference(there, row(origin, index, entry));
    }

    /** Rows that come from no entry, in words. */
    static List<String> forged(DSLContext db, String origin) {
        return db.select(ROW_IDX)
                .from(PEOPLE)
                .where(
                        ROW_ORIGIN.eq(origin),
                        DSL.notExists(
                                DSL.selectOne()
                                        .from(ENTRY)
                                        .where(SAME.and(typeOfEntry().in(TYPES)))))
                .orderBy(ROW_IDX)
                .fetch(
                        row ->
                                "what people did at %s: the log has no such entry"
                                        .formatted(row.value1()));
    }

    private static Field<String> typeOfEntry() {
        return DSL.field(DSL.name("entry", "type"), String.class);
    }

    private static boolean isOne(Entry entry) {
        return TYPES.contains(EntryCodec.type(entry)) && !(entry instanceof Unknown);
    }

    private static Map<Field<?>, @Nullable Object> row(String origin, long index, Entry entry) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>(Rows.entry(origin, index, entry));
        if (entry instanceof RouteAround around) {
            // what refusing cost is counted where it was refused
            row.put(ATTEMPT, around.refused());
        }
        row.put(ENTRY_TEXT, new String(EntryCodec.bytes(entry), StandardCharsets.UTF_8));
        return row;
    }
}
