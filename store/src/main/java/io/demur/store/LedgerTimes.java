package io.demur.store;

import static io.demur.store.LedgerRows.ENDING;
import static io.demur.store.LedgerRows.NAME;

import io.demur.store.LedgerRows.Added;
import io.demur.store.LedgerRows.Took;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

import java.time.Duration;
import java.util.List;

/**
 * How long exchanges took, by nearest rank: each figure is the time of one of them.
 *
 * @param exchanges those that count, each with its line, how it ended, and its times
 */
record LedgerTimes(DSLContext db, Table<?> exchanges) {

    private static final Field<Long> TOOK = DSL.field(DSL.name("x", "took_micros"), Long.class);
    private static final Field<Long> ADDED = DSL.field(DSL.name("x", "added_micros"), Long.class);
    private static final Field<String> LINE = DSL.field(DSL.name("y", "line"), String.class);
    private static final Field<String> ENDED = DSL.field(DSL.name("y", "ending"), String.class);
    private static final Field<Long> TIME = DSL.field(DSL.name("y", "time"), Long.class);
    private static final Field<Integer> ALL = DSL.field(DSL.name("y", "of_all"), Integer.class);

    /** The one at the middle, and the one that 95 of 100 do not exceed: one where there is one. */
    private static final Condition RANKS =
            DSL.condition("y.nr = (y.of_all + 1) / 2")
                    .or(DSL.condition("y.nr = (y.of_all * 95 + 99) / 100"));

    /** The whole time, by how they ended. */
    List<Took> took() {
        return db
                .select(LINE, ENDED, DSL.min(TIME), DSL.max(TIME))
                .from(ranked(TOOK, List.of(NAME, ENDING)))
                .where(RANKS)
                .groupBy(LINE, ENDED)
                .orderBy(LINE, ENDED)
                .fetch()
                .stream()
                .map(
                        row ->
                                new Took(
                                        row.value1(),
                                        Ending.valueOf(row.value2()),
                                        micros(row.value3()),
                                        micros(row.value4())))
                .toList();
    }

    /** What the gateway itself took, of those of which that is known. */
    List<Added> added() {
        return db
                .select(LINE, DSL.max(ALL), DSL.min(TIME), DSL.max(TIME))
                .from(ranked(ADDED, List.of(NAME)))
                .where(RANKS)
                .groupBy(LINE)
                .orderBy(LINE)
                .fetch()
                .stream()
                .map(
                        row ->
                                new Added(
                                        row.value1(),
                                        row.value2(),
                                        micros(row.value3()),
                                        micros(row.value4())))
                .toList();
    }

    /** Exchanges that have a time, with the place of each in its group, in order of that time. */
    private Table<?> ranked(Field<Long> time, List<Field<String>> group) {
        return db.select(
                        NAME.as("line"),
                        ENDING.as("ending"),
                        time.as("time"),
                        DSL.rowNumber().over(DSL.partitionBy(group).orderBy(time)).as("nr"),
                        DSL.count().over(DSL.partitionBy(group)).as("of_all"))
                .from(exchanges)
                .where(time.isNotNull())
                .asTable("y");
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(Math.multiplyExact(micros, 1_000L));
    }
}
