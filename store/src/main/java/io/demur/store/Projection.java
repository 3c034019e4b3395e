package io.demur.store;

import static io.demur.store.Tables.ACCESS_CHANGE;
import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.CHECKED_ROOT;
import static io.demur.store.Tables.CHECKED_SIZE;
import static io.demur.store.Tables.DRILL;
import static io.demur.store.Tables.ENTRY;
import static io.demur.store.Tables.EXCHANGE;
import static io.demur.store.Tables.IDX;
import static io.demur.store.Tables.NEXT_INDEX;
import static io.demur.store.Tables.ORIGIN;
import static io.demur.store.Tables.OUTCOME_IDX;
import static io.demur.store.Tables.PEOPLE;
import static io.demur.store.Tables.PROJECTION;
import static io.demur.store.Tables.TYPE;

import io.demur.log.LogReader;
import io.demur.log.merkle.Merkle;
import io.demur.log.note.Malformed;
import io.demur.record.entry.AccessChange;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Erase;
import io.demur.record.entry.Outcome;
import io.demur.store.StoreFailed.Kind;

import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What one log says, in tables. It follows the log and may always be made anew from it; where the
 * two disagree, the log is right. What the log says was erased or taken away it erases and takes
 * away again, so that a copy of the tables that is put back gives nobody back what was taken.
 *
 * <p>Safe for use by several threads and processes: who comes second finds it done.
 */
public final class Projection {

    /** How many entries go into one transaction at most. */
    static final int BATCH = 1_000;

    private static final String EMPTY = Merkle.EMPTY.base64();

    private static final Field<String> PROJECTION_ORIGIN = of(PROJECTION, ORIGIN);
    private static final Field<String> ENTRY_ORIGIN = of(ENTRY, ORIGIN);
    private static final Field<Long> ENTRY_IDX = of(ENTRY, IDX);
    private static final Field<String> ENTRY_ATTEMPT = of(ENTRY, ATTEMPT);
    private static final Field<String> EXCHANGE_ORIGIN = of(EXCHANGE, ORIGIN);
    private static final Field<Long> EXCHANGE_IDX = of(EXCHANGE, IDX);
    private static final Field<Long> EXCHANGE_OUTCOME = of(EXCHANGE, OUTCOME_IDX);
    private static final Field<String> EXCHANGE_ATTEMPT = of(EXCHANGE, ATTEMPT);

    private final Store store;
    private final String origin;
    private final EntryReader entries;
    private final InstantSource clock;
    private final PendingEntries pending;

    /** Whether what an earlier program left out was looked for: it is, once. */
    private volatile boolean complete;

    /**
     * The projection of one log.
     *
     * @param origin the log's name
     */
    public Projection(Store store, String origin, EntryReader entries, InstantSource clock) {
        this.store = store;
        this.origin = origin;
        this.entries = entries;
        this.clock = clock;
        pending = new PendingEntries(store, clock);
    }

    /**
     * Takes away and erases again what the log says was, in what {@link #catchUp} has not taken in
     * yet, and leaves the rest to that: for a process that lets people in, and cannot wait until
     * millions of entries are in tables.
     *
     * @param tells whether an entry, by its bytes, may be a change of access, an erasure, what a
     *     person decided, or the end of an attempt that a kill cut short
     */
    public void takeAway(LogReader log, long size, Predicate<byte[]> tells)
            throws StoreFailed, IOException, Malformed {
        List<Entry> told = new ArrayList<>();
        long from = Math.min(reached().next(), size);
        log.entries(
                from,
                size,
                size,
                (index, bytes) -> {
                    if (tells.test(bytes)) {
                        told.add(entries.read(bytes));
                    }
                });
        if (told.isEmpty()) {
            return;
        }
        boolean erased =
                store.change(
                        db -> {
                            for (Entry entry : told) {
                                takeAway(db, entry);
                            }
                            return told.stream().anyMatch(Erase.class::isInstance);
                        });
        Erasure.dropKeys(store, told);
        if (erased) {
            store.scrub();
        }
    }

    private void takeAway(DSLContext db, Entry entry) throws StoreFailed {
        if (entry instanceof AccessChange change) {
            Waiting.written(db, change);
            AccessRows.again(db, change);
        } else if (entry instanceof Erase erase) {
            Erasure.again(db, erase, clock.instant());
        } else if (entry instanceof Outcome outcome) {
            HeldRequests.ended(db, outcome);
        } else if (PendingEntries.mayWait(entry)) {
            pending.written(db, entry);
        }
    }

    /** How many entries of the log it has taken in. */
    public long next() throws StoreFailed {
        return reached().next();
    }

    /** How far it has come, and up to where it was compared with the log. */
    private record Reached(long next, long checkedSize, String checkedRoot) {}

    /**
     * Takes in what the log has got since the last time, and does again what that says was erased.
     *
     * @param size of the log, as a checkpoint says
     * @return how many entries were taken in
     * @throws StoreFailed with {@link Kind#DISAGREES} where what was taken in earlier is not what
     *     the log begins with: then {@link #rebuild} is called for
     */
    public long catchUp(LogReader log, long size) throws StoreFailed, IOException, Malformed {
        Reached reached = reached();
        if (reached.next() > size) {
            throw disagrees(
                    "has %s entries of `%s`, the log only %s"
                            .formatted(reached.next(), origin, size));
        }
        LogReader all = new LogReader(new EarlierTiles(log.source(), size));
        if (!all.root(reached.checkedSize()).base64().equals(reached.checkedRoot())) {
            throw disagrees(
                    "does not have the first %s entries of `%s` as the log has them"
                            .formatted(reached.checkedSize(), origin));
        }
        if (!complete) {
            missing(all, reached.next(), size);
            complete = true;
        }
        long taken = 0;
        boolean erased = false;
        long next = reached.next();
        while (next < size) {
            long from = next;
            long to = Math.min(size, from + BATCH);
            List<Entry> batch = read(all, from, to, size);
            boolean applied = store.change(db -> apply(db, from, to, batch));
            Erasure.dropKeys(store, batch);
            if (applied) {
                taken += to - from;
                erased |= batch.stream().anyMatch(Erase.class::isInstance);
                next = to;
            } else {
                // another process has taken them in
                next = reached().next();
            }
        }
        String root = all.root(size).base64();
        store.change(
                db ->
                        db.update(PROJECTION)
                                .set(CHECKED_SIZE, size)
                                .set(CHECKED_ROOT, root)
                                .where(
                                        ORIGIN.eq(origin),
                                        NEXT_INDEX.ge(size),
                                        CHECKED_SIZE.lt(size))
                                .execute());
        if (erased) {
            store.scrub();
        }
        return taken;
    }

    /**
     * Forgets what it took in of this log, and takes it in again from the beginning. Bodies,
     * subjects and holds stay, but for what the log says was erased. It may be broken off at any
     * point: the next call of {@link #catchUp} goes on.
     *
     * @return how many entries were taken in
     */
    public long rebuild(LogReader log, long size) throws StoreFailed, IOException, Malformed {
        store.change(
                db -> {
                    db.deleteFrom(ENTRY).where(ORIGIN.eq(origin)).execute();
                    db.deleteFrom(EXCHANGE).where(ORIGIN.eq(origin)).execute();
                    db.deleteFrom(ACCESS_CHANGE).where(ORIGIN.eq(origin)).execute();
                    db.deleteFrom(DRILL).where(ORIGIN.eq(origin)).execute();
                    db.deleteFrom(PEOPLE).where(ORIGIN.eq(origin)).execute();
                    return db.deleteFrom(PROJECTION).where(ORIGIN.eq(origin)).execute();
                });
        return catchUp(log, size);
    }

    /**
     * What a comparison found.
     *
     * @param entries how many were compared
     * @param wrong how many of them, or of their exchanges, are not as the log has them
     * @param first the first ten of those, in words
     */
    public record Agreement(long entries, long wrong, List<String> first) {
        public Agreement {
            first = List.copyOf(first);
        }
    }

    /**
     * Compares every row with the entry that it comes from, up to where the projection has come,
     * and looks for rows that come from none.
     */
    public Agreement check(LogReader log, long size) throws StoreFailed, IOException, Malformed {
        long next = reached().next();
        List<String> found = new ArrayList<>();
        long wrong = 0;
        if (next > size) {
            wrong++;
            found.add("there are rows of %s entries, and %s in the log".formatted(next, size));
        }
        long end = Math.min(next, size);
        for (long from = 0; from < end; from += BATCH) {
            long first = from;
            long to = Math.min(end, from + BATCH);
            List<Entry> batch = read(log, from, to, size);
            List<String> differences = store.read(db -> compare(db, first, batch));
            wrong += differences.size();
            differences.stream().limit(10 - Math.min(10, found.size())).forEach(found::add);
        }
        List<String> forged = store.read(db -> forged(db, next));
        wrong += forged.size();
        forged.stream().limit(10 - Math.min(10, found.size())).forEach(found::add);
        return new Agreement(end, wrong, found);
    }

    /** Puts rows there that an earlier program did not know of. */
    private void missing(LogReader log, long next, long size)
            throws StoreFailed, IOException, Malformed {
        for (long index : store.read(db -> PeopleHistory.missing(db, origin, next))) {
            List<Entry> one = read(log, index, index + 1, size);
            var unused = store.change(db -> PeopleHistory.put(db, origin, index, one.getFirst()));
        }
    }

    private List<Entry> read(LogReader log, long from, long to, long size)
            throws IOException, Malformed {
        List<Entry> batch = new ArrayList<>();
        log.entries(from, to, size, (index, bytes) -> batch.add(entries.read(bytes)));
        return batch;
    }

    /** Takes in a batch, unless somebody else has come further. */
    private boolean apply(DSLContext db, long from, long to, List<Entry> batch) throws StoreFailed {
        db.insertInto(PROJECTION)
                .set(ORIGIN, origin)
                .set(NEXT_INDEX, 0L)
                .set(CHECKED_SIZE, 0L)
                .set(CHECKED_ROOT, EMPTY)
                .onConflict(ORIGIN)
                .doNothing()
                .execute();
        int moved =
                db.update(PROJECTION)
                        .set(NEXT_INDEX, to)
                        .where(ORIGIN.eq(origin), NEXT_INDEX.eq(from))
                        .execute();
        if (moved == 0) {
            return false;
        }
        long index = from;
        for (Entry entry : batch) {
            db.insertInto(ENTRY).set(Rows.entry(origin, index, entry)).execute();
            if (entry instanceof Attempt attempt) {
                db.insertInto(EXCHANGE)
                        .set(Rows.attempt(origin, index, attempt))
                        .onConflict(ATTEMPT)
                        .doNothing()
                        .execute();
            } else if (entry instanceof Outcome outcome) {
                db.update(EXCHANGE)
                        .set(Rows.outcome(index, outcome))
                        .where(ATTEMPT.eq(outcome.attempt()), ORIGIN.eq(origin))
                        .execute();
            } else if (entry instanceof AccessChange change) {
                db.insertInto(ACCESS_CHANGE)
                        .set(AccessHistory.row(origin, index, change))
                        .execute();
            } else if (entry instanceof DrillRun drill) {
                DrillHistory.put(db, origin, index, drill);
            }
            PeopleHistory.put(db, origin, index, entry);
            takeAway(db, entry);
            index++;
        }
        return true;
    }

    private List<String> compare(DSLContext db, long from, List<Entry> batch) {
        List<String> found = new ArrayList<>();
        var rows =
                db.selectFrom(ENTRY)
                        .where(ORIGIN.eq(origin), IDX.between(from, from + batch.size() - 1L))
                        .fetchMap(IDX);
        long index = from;
        for (Entry entry : batch) {
            String difference = Rows.difference(rows.get(index), Rows.entry(origin, index, entry));
            if (difference.isEmpty()) {
                difference = exchange(db, index, entry);
            }
            if (!difference.isEmpty()) {
                found.add("entry %s: %s".formatted(index, difference));
            }
            index++;
        }
        return found;
    }

    private String exchange(DSLContext db, long index, Entry entry) {
        if (entry instanceof Attempt attempt) {
            Record row = db.selectFrom(EXCHANGE).where(ATTEMPT.eq(attempt.id())).fetchOne();
            // of two attempts of one id the first has the row, which is compared with that one
            return row != null && row.get(IDX) < index && row.get(ORIGIN).equals(origin)
                    ? ""
                    : Rows.difference(row, Rows.attempt(origin, index, attempt));
        }
        if (entry instanceof Outcome outcome) {
            Record row =
                    db.selectFrom(EXCHANGE)
                            .where(ATTEMPT.eq(outcome.attempt()), ORIGIN.eq(origin))
                            .fetchOne();
            if (row == null) {
                boolean attempted =
                        db.fetchExists(
                                db.selectFrom(ENTRY)
                                        .where(
                                                ORIGIN.eq(origin),
                                                TYPE.eq("ATTEMPT"),
                                                IDX.lt(index),
                                                ATTEMPT.eq(outcome.attempt())));
                return attempted ? "the row of its attempt is missing" : "";
            }
            // of two outcomes the last one has the row
            Long last = row.get(OUTCOME_IDX);
            return last != null && last > index
                    ? ""
                    : Rows.difference(row, Rows.outcome(index, outcome));
        }
        if (entry instanceof DrillRun drill) {
            return DrillHistory.difference(db, origin, index, drill);
        }
        return entry instanceof AccessChange change
                ? AccessHistory.difference(db, origin, index, change)
                : PeopleHistory.difference(db, origin, index, entry);
    }

    /** Rows that come from no entry, in words. The entries' own rows have been compared. */
    private List<String> forged(DSLContext db, long next) {
        List<String> found = new ArrayList<>();
        long rows = db.fetchCount(ENTRY, ORIGIN.eq(origin));
        if (rows != next) {
            found.add("there are %s rows of entries instead of %s".formatted(rows, next));
        }
        db.select(ENTRY_ORIGIN)
                .from(ENTRY)
                .where(DSL.notExists(projectionOf(ENTRY_ORIGIN)))
                .union(
                        db.select(EXCHANGE_ORIGIN)
                                .from(EXCHANGE)
                                .where(DSL.notExists(projectionOf(EXCHANGE_ORIGIN))))
                .fetch(ENTRY_ORIGIN)
                .forEach(
                        other ->
                                found.add(
                                        "there are rows of `%s`, which was never taken in"
                                                .formatted(other)));
        found.addAll(AccessHistory.forged(db, origin));
        found.addAll(DrillHistory.forged(db, origin, next));
        found.addAll(PeopleHistory.forged(db, origin));
        db.select(ATTEMPT)
                .from(EXCHANGE)
                .where(ORIGIN.eq(origin), DSL.notExists(entryOf(EXCHANGE_IDX, "ATTEMPT")))
                .fetch(ATTEMPT)
                .forEach(
                        attempt ->
                                found.add(
                                        "exchange `%s`: the log has no such attempt"
                                                .formatted(attempt)));
        db.selectFrom(EXCHANGE)
                .where(
                        ORIGIN.eq(origin),
                        DSL.or(Rows.OUTCOME.stream().map(Field::isNotNull).toList()),
                        OUTCOME_IDX
                                .isNull()
                                .or(DSL.notExists(entryOf(EXCHANGE_OUTCOME, "OUTCOME"))))
                .fetch(ATTEMPT)
                .forEach(
                        attempt ->
                                found.add(
                                        "exchange `%s`: the log has no such outcome"
                                                .formatted(attempt)));
        return found;
    }

    private static Select<?> projectionOf(Field<String> column) {
        return DSL.selectOne().from(PROJECTION).where(PROJECTION_ORIGIN.eq(column));
    }

    private static Select<?> entryOf(Field<Long> column, String type) {
        return DSL.selectOne()
                .from(ENTRY)
                .where(
                        ENTRY_ORIGIN.eq(EXCHANGE_ORIGIN),
                        ENTRY_IDX.eq(column),
                        TYPE.eq(type),
                        ENTRY_ATTEMPT.eq(EXCHANGE_ATTEMPT));
    }

    private Reached reached() throws StoreFailed {
        Optional<Reached> found =
                store.read(
                        db ->
                                db.selectFrom(PROJECTION)
                                        .where(ORIGIN.eq(origin))
                                        .fetchOptional(
                                                row ->
                                                        new Reached(
                                                                row.get(NEXT_INDEX),
                                                                row.get(CHECKED_SIZE),
                                                                row.get(CHECKED_ROOT))));
        return found.orElse(new Reached(0, 0, EMPTY));
    }

    /** A column by the name of its table, for where two tables have one of that name. */
    private static <T> Field<T> of(Table<Record> table, Field<T> column) {
        return DSL.field(DSL.name(table.getName(), column.getName()), column.getType());
    }

    private StoreFailed disagrees(String what) {
        return Failures.failed(
                Kind.DISAGREES,
                store.settings(),
                "it %s: the log is right; `demur store rebuild` makes it anew".formatted(what),
                null);
    }
}
