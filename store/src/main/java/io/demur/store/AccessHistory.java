package io.demur.store;

import static io.demur.store.Tables.*;

import io.demur.log.note.Malformed;
import io.demur.record.entry.AccessChange;
import io.demur.record.entry.AccessChange.Action;
import io.demur.record.entry.AccessChange.Held;
import io.demur.record.entry.EntryCodec;

import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Who could ask what and when, from what the log says alone. */
public final class AccessHistory {

    private final Store store;

    /** That of all logs that the store follows. */
    public AccessHistory(Store store) {
        this.store = store;
    }

    /** Every change, in the order of time; what is in the log twice stands here once. */
    public List<AccessChange> changes() throws StoreFailed {
        return store.read(this::changes);
    }

    /**
     * Who could ask what at some time: keys, principals and projects as they stood.
     *
     * <p>Times are those of the log. A revocation held as soon as it was asked for, which may have
     * been a moment before.
     */
    public List<Held> at(Instant time) throws StoreFailed {
        return store.read(
                db -> {
                    Map<String, Held> there = new LinkedHashMap<>();
                    Map<String, Instant> erased = erased(db);
                    for (AccessChange change : changes(db)) {
                        if (!change.at().isAfter(time)) {
                            apply(there, change);
                        }
                    }
                    there.values()
                            .removeIf(
                                    held ->
                                            ended(held, time)
                                                    || whose(held)
                                                            .map(erased::get)
                                                            .filter(at -> !at.isAfter(time))
                                                            .isPresent());
                    return List.copyOf(there.values());
                });
    }

    /**
     * What the tables and the log do not say alike.
     *
     * @param logged whether it is the log that has it
     */
    public record Difference(boolean logged, Held held) {

        /**
         * For people.
         *
         * @param what says what is held
         */
        public String words(Function<Held, String> what) {
            return (logged ? "the tables do not have: " : "the log does not tell of: ")
                    + what.apply(held);
        }
    }

    /**
     * How the tables differ from what the log says holds now.
     *
     * @return nothing where they do not
     */
    public List<Difference> differences(AccessBook book, Instant now) throws StoreFailed {
        Set<Held> logged = new HashSet<>(at(now));
        Set<Held> kept = new HashSet<>(book.held(now));
        Stream<Difference> missing =
                logged.stream()
                        .filter(it -> !kept.contains(it))
                        .map(it -> new Difference(true, it));
        Stream<Difference> more =
                kept.stream()
                        .filter(it -> !logged.contains(it))
                        .map(it -> new Difference(false, it));
        return Stream.concat(more, missing)
                .sorted(Comparator.comparing(it -> it.words(Held::toString)))
                .toList();
    }

    /**
     * Takes away again all that the log says was taken away, as far as it was taken in: for tables
     * that may have been put back from an older copy at any time.
     */
    public void takeAway() throws StoreFailed {
        List<AccessChange> changes = changes();
        int seen =
                store.change(
                        db -> {
                            for (AccessChange change : changes) {
                                Waiting.written(db, change);
                                AccessRows.again(db, change);
                            }
                            return changes.size();
                        });
        assert seen >= 0;
    }

    private static void apply(Map<String, Held> there, AccessChange change) {
        Held held = change.held();
        String name = Waiting.what(held) + " " + held.name();
        if (change.action() == Action.REMOVED || change.action() == Action.REVOKED) {
            there.remove(name);
            if (held instanceof Held.Principal principal) {
                there.values()
                        .removeIf(
                                it ->
                                        it instanceof Held.Key key
                                                && key.principal().equals(principal.name()));
            }
        } else if (change.action() == Action.CREATED || there.containsKey(name)) {
            there.put(name, held);
        }
    }

    private static boolean ended(Held held, Instant time) {
        return held instanceof Held.Key key
                && key.expires().filter(end -> !end.isAfter(time)).isPresent();
    }

    private static Optional<String> whose(Held held) {
        return switch (held) {
            case Held.Key it -> Optional.of(it.principal());
            case Held.Principal it -> Optional.of(it.name());
            case Held.Project it -> Optional.empty();
        };
    }

    private static Map<String, Instant> erased(DSLContext db) {
        Map<String, Instant> erased = new LinkedHashMap<>();
        db.select(ID, MICROS)
                .from(ENTRY)
                .where(TYPE.eq("ERASE"), ID.isNotNull())
                .forEach(row -> erased.put(row.value1(), Micros.at(row.value2())));
        return erased;
    }

    private List<AccessChange> changes(DSLContext db) throws StoreFailed {
        List<AccessChange> changes = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (var row : db.selectFrom(ACCESS_CHANGE).orderBy(MICROS, ORIGIN, IDX).fetch()) {
            try {
                if (EntryCodec.read(row.get(ENTRY_TEXT).getBytes(StandardCharsets.UTF_8))
                                instanceof AccessChange change
                        && seen.add(change.id())) {
                    changes.add(change);
                }
            } catch (Malformed e) {
                throw Failures.failed(
                        StoreFailed.Kind.DISAGREES,
                        store.settings(),
                        "the change of access in entry %s of `%s` cannot be read: `demur store"
                                        .formatted(row.get(IDX), row.get(ORIGIN))
                                + " rebuild` makes it anew",
                        e);
            }
        }
        return changes;
    }

    /** How its row differs, in words; empty where it does not. */
    static String difference(DSLContext db, String origin, long index, AccessChange change) {
        var there = db.selectFrom(ACCESS_CHANGE).where(ORIGIN.eq(origin), IDX.eq(index)).fetchOne();
        return Rows.difference(there, row(origin, index, change));
    }

    /** Rows that come from no entry, in words. */
    static List<String> forged(DSLContext db, String origin) {
        Field<Long> index = DSL.field(DSL.name("access_change", "idx"), Long.class);
        return db.select(index)
                .from(ACCESS_CHANGE)
                .where(
                        DSL.field(DSL.name("access_change", "origin"), String.class).eq(origin),
                        DSL.notExists(
                                DSL.selectOne()
                                        .from(ENTRY)
                                        .where(
                                                of("origin", String.class).eq(origin),
                                                of("idx", Long.class).eq(index),
                                                of("type", String.class).eq("ACCESS_CHANGE"))))
                .fetch(
                        row ->
                                "change of access at %s: the log has no such entry"
                                        .formatted(row.value1()));
    }

    private static <T> Field<T> of(String column, Class<T> type) {
        return DSL.field(DSL.name("entry", column), type);
    }

    /** The row of table {@code access_change}. */
    static Map<Field<?>, @Nullable Object> row(String origin, long index, AccessChange change) {
        Map<Field<?>, @Nullable Object> row = new LinkedHashMap<>();
        row.put(ORIGIN, origin);
        row.put(IDX, index);
        row.put(ID, change.id());
        row.put(MICROS, Micros.of(change.at()));
        row.put(WHAT, Waiting.what(change.held()));
        row.put(NAME, change.held().name());
        row.put(ENTRY_TEXT, new String(EntryCodec.bytes(change), StandardCharsets.UTF_8));
        return row;
    }
}
