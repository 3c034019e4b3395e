package io.demur.store;

import static io.demur.store.Tables.ADDED_MICROS;
import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.CONVERSATION;
import static io.demur.store.Tables.ENTRY;
import static io.demur.store.Tables.EXCHANGE;
import static io.demur.store.Tables.HAZARD;
import static io.demur.store.Tables.IDX;
import static io.demur.store.Tables.MICROS;
import static io.demur.store.Tables.MODEL;
import static io.demur.store.Tables.MODEL_CLASS;
import static io.demur.store.Tables.ORIGIN;
import static io.demur.store.Tables.PEOPLE;
import static io.demur.store.Tables.POLICY;
import static io.demur.store.Tables.PRINCIPAL;
import static io.demur.store.Tables.PROJECT;
import static io.demur.store.Tables.REASON;
import static io.demur.store.Tables.TOOK_MICROS;
import static io.demur.store.Tables.TYPE;

import io.demur.record.entry.Entry;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Exchanges of one log, counted. What was asked as a drill or a probe is left out. All that one
 * call says is as of one moment. Safe for use by several threads.
 */
public final class LedgerRows {

    /** How long somebody who was refused is given to ask something again. */
    public static final Duration AGAIN_WITHIN = Duration.ofDays(1);

    static final Field<String> NAME = DSL.field(DSL.name("x", "line"), String.class);
    static final Field<String> ENDING = DSL.field(DSL.name("x", "ending"), String.class);
    private static final Field<Long> X_MICROS = DSL.field(DSL.name("x", "micros"), Long.class);
    private static final Field<Long> X_IDX = DSL.field(DSL.name("x", "idx"), Long.class);
    private static final Field<String> X_PRINCIPAL =
            DSL.field(DSL.name("x", "principal"), String.class);
    private static final Field<String> X_CONVERSATION =
            DSL.field(DSL.name("x", "conversation"), String.class);

    private final Store store;
    private final String origin;

    /**
     * Those of one log.
     *
     * @param origin the log's name
     */
    public LedgerRows(Store store, String origin) {
        this.store = store;
        this.origin = origin;
    }

    /** By what lines are told apart. */
    public enum Axis {
        /** Not at all: one line. */
        TOTAL,
        /** By the hazard that carried the decision. */
        CATEGORY,
        PROJECT,
        MODEL,
        /** By the class of the model. */
        CLASS,
        /** By the digest of the policy that was in force. */
        POLICY;

        private Field<String> column() {
            return switch (this) {
                case TOTAL -> DSL.inline("");
                case CATEGORY -> HAZARD;
                case PROJECT -> Tables.PROJECT;
                case MODEL -> Tables.MODEL;
                case CLASS -> MODEL_CLASS;
                case POLICY -> Tables.POLICY;
            };
        }

        /** Empty where the exchange names none. */
        private Field<String> line() {
            return DSL.coalesce(column(), DSL.inline("")).as("line");
        }
    }

    /**
     * Exchanges whose attempt came within a time.
     *
     * @param until not included
     */
    public record Window(Instant since, Instant until) {
        public Window {
            if (!since.isBefore(until)) {
                throw new IllegalArgumentException(
                        "nothing lies between `%s` and `%s`".formatted(since, until));
            }
        }
    }

    /** So many exchanges of a line ended so. */
    public record Group(String line, Ending ending, long count) {}

    /**
     * How long the exchanges of a line that ended so took, from the attempt on: of all of them in
     * order the one at the middle, and the one that 95 of 100 do not exceed (nearest rank).
     */
    public record Took(String line, Ending ending, Duration median, Duration p95) {}

    /**
     * How long the gateway itself took of the exchanges of a line, however they ended, likewise.
     *
     * @param known of how many of them that is known
     */
    public record Added(String line, long known, Duration median, Duration p95) {}

    /**
     * What those did next who were declined at least {@link #AGAIN_WITHIN} before the log's end.
     *
     * @param observed how many were declined so long ago
     * @param abandoned after how many of them the same principal asked nothing more in time in that
     *     conversation, or nothing at all where there is none
     * @param returned after how many of them the same principal asked anything in time
     */
    public record Followed(String line, long observed, long abandoned, long returned) {}

    /** What an exchange belongs to that somebody has said something about. */
    public record About(Ending ending, Map<Axis, String> lines) {
        public About {
            lines = Map.copyOf(lines);
        }
    }

    /** What was counted along one axis. */
    public record Counted(
            List<Group> groups, List<Took> took, List<Added> added, List<Followed> followed) {
        public Counted {
            groups = List.copyOf(groups);
            took = List.copyOf(took);
            added = List.copyOf(added);
            followed = List.copyOf(followed);
        }
    }

    /**
     * All that was counted.
     *
     * @param entries how many entries of the log the tables have
     * @param end the time of the last of them
     * @param people what people did from the beginning of the time on, in the log's order
     * @param about the exchanges of the time that they did it about
     */
    public record Snapshot(
            long entries,
            Instant end,
            Map<Axis, Counted> counted,
            List<Entry> people,
            Map<String, About> about) {
        public Snapshot {
            counted = Map.copyOf(counted);
            people = List.copyOf(people);
            about = Map.copyOf(about);
        }
    }

    /** Counts what lies within a time, along some axes. */
    public Snapshot read(Window window, Set<Axis> axes) throws StoreFailed {
        return store.read(
                db -> {
                    long entries = db.fetchCount(ENTRY, ORIGIN.eq(origin));
                    Instant end =
                            db.select(MICROS)
                                    .from(ENTRY)
                                    .where(ORIGIN.eq(origin), IDX.eq(entries - 1))
                                    .fetchOptional(MICROS)
                                    .map(Micros::at)
                                    .orElse(Instant.EPOCH);
                    Map<Axis, Counted> counted = new EnumMap<>(Axis.class);
                    for (Axis axis : axes) {
                        LedgerTimes times = new LedgerTimes(db, exchanges(db, window, axis));
                        counted.put(
                                axis,
                                new Counted(
                                        groups(db, window, axis),
                                        times.took(),
                                        times.added(),
                                        followed(db, window, axis, end)));
                    }
                    List<Entry> people = PeopleHistory.about(db, origin, window);
                    return new Snapshot(entries, end, counted, people, about(db, window));
                });
    }

    /** Which exchanges count. */
    private Condition asked(Window window) {
        return asked(origin, window);
    }

    /** The same of one log. */
    static Condition asked(String origin, Window window) {
        return DSL.and(
                ORIGIN.eq(origin),
                MICROS.ge(Micros.of(window.since())),
                MICROS.lt(Micros.of(window.until())),
                REASON.isNull().or(REASON.ne("probe")),
                ATTEMPT.notIn(
                        DSL.select(ATTEMPT)
                                .from(ENTRY)
                                .where(TYPE.eq("DRILL"), ATTEMPT.isNotNull())));
    }

    private Table<?> exchanges(DSLContext db, Window window, Axis axis) {
        return db.select(
                        axis.line(),
                        Ending.column().as("ending"),
                        TOOK_MICROS,
                        ADDED_MICROS,
                        MICROS,
                        IDX,
                        PRINCIPAL,
                        CONVERSATION)
                .from(EXCHANGE)
                .where(asked(window))
                .asTable("x");
    }

    private List<Group> groups(DSLContext db, Window window, Axis axis) {
        return db.select(NAME, ENDING, DSL.count())
                .from(exchanges(db, window, axis))
                .groupBy(NAME, ENDING)
                .orderBy(NAME, ENDING)
                .fetch(row -> new Group(row.value1(), Ending.valueOf(row.value2()), row.value3()));
    }

    private List<Followed> followed(DSLContext db, Window window, Axis axis, Instant end) {
        Field<Integer> again = DSL.when(more(), DSL.inline(1)).otherwise(DSL.inline(0));
        // one after the other, because an index serves either question and none serves both
        Field<Integer> there =
                DSL.when(X_CONVERSATION.isNull(), again)
                        .when(more(later(CONVERSATION).eq(X_CONVERSATION)), DSL.inline(1))
                        .otherwise(DSL.inline(0));
        Table<?> next =
                db.select(NAME.as("line"), again.as("again"), there.as("there"))
                        .from(exchanges(db, window, axis))
                        .where(
                                ENDING.in(
                                        Stream.of(Ending.values())
                                                .filter(Ending::isDeclined)
                                                .map(Enum::name)
                                                .toList()),
                                X_MICROS.le(Micros.of(end) - AGAIN_WITHIN.toNanos() / 1_000))
                        .asTable("z");
        Field<String> line = DSL.field(DSL.name("z", "line"), String.class);
        Field<Integer> returned = DSL.field(DSL.name("z", "again"), Integer.class);
        Field<Integer> went = DSL.field(DSL.name("z", "there"), Integer.class);
        return db.select(line, DSL.count(), DSL.sum(went), DSL.sum(returned))
                .from(next)
                .groupBy(line)
                .orderBy(line)
                .fetch(
                        row ->
                                new Followed(
                                        row.value1(),
                                        row.value2(),
                                        row.value2() - row.value3().longValueExact(),
                                        row.value4().longValueExact()));
    }

    /** Whether the same principal asked anything more in time. */
    private Condition more(Condition... also) {
        Field<Long> until = X_MICROS.add(DSL.inline(AGAIN_WITHIN.toNanos() / 1_000));
        return DSL.exists(
                DSL.selectOne()
                        .from(EXCHANGE.as("later"))
                        .where(
                                // a bare column would have SQLite look by time, through a whole day
                                DSL.coalesce(later(ORIGIN), DSL.inline("")).eq(origin),
                                later(PRINCIPAL).eq(X_PRINCIPAL),
                                later(MICROS).ge(X_MICROS),
                                later(MICROS).le(until),
                                later(IDX).gt(X_IDX),
                                DSL.and(also)));
    }

    private static <T> Field<T> later(Field<T> column) {
        return DSL.field(DSL.name("later", column.getName()), column.getType());
    }

    /** The exchanges of the time that somebody has said something about. */
    private Map<String, About> about(DSLContext db, Window window) {
        Field<String> ending = Ending.column();
        Map<String, About> found = new LinkedHashMap<>();
        db.select(ATTEMPT, ending, HAZARD, PROJECT, MODEL, MODEL_CLASS, POLICY)
                .from(EXCHANGE)
                .where(
                        asked(window),
                        ATTEMPT.in(
                                DSL.select(ATTEMPT)
                                        .from(PEOPLE)
                                        .where(
                                                ORIGIN.eq(origin),
                                                MICROS.ge(Micros.of(window.since())))))
                .forEach(
                        row ->
                                found.put(
                                        row.get(ATTEMPT),
                                        new About(Ending.valueOf(row.get(ending)), lines(row))));
        return found;
    }

    private static Map<Axis, String> lines(Record row) {
        Map<Axis, String> lines = new EnumMap<>(Axis.class);
        for (Axis axis : Axis.values()) {
            String name = axis == Axis.TOTAL ? "" : row.get(axis.column());
            lines.put(axis, name == null ? "" : name);
        }
        return lines;
    }
}
