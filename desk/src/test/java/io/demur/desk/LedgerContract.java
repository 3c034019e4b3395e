package io.demur.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.store.LedgerRows;
import io.demur.store.LedgerRows.Axis;
import io.demur.store.LedgerRows.Window;
import io.demur.store.Projection;
import io.demur.store.Store;
import io.demur.testkit.Property;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The ledger says what the log says, whoever counts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LedgerContract {

    static final Set<Axis> ALL = EnumSet.complementOf(EnumSet.of(Axis.TOTAL));

    private final Stores stores;
    private int folders;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    LedgerContract(Stores stores) {
        this.stores = stores;
    }

    @AfterAll
    void end() throws Exception {
        stores.close();
    }

    private Path empty() throws Exception {
        return Files.createDirectories(folder.resolve("" + folders++));
    }

    private static Projection projection(Store store) {
        return new Projection(
                store, Written.ORIGIN, EntryCodec::read, InstantSource.fixed(Histories.START));
    }

    private static Recount recount(Written log, Window window) throws Exception {
        Recount recount = new Recount(window);
        log.reader().entries(0, log.size(), log.size(), recount);
        return recount;
    }

    @Test
    void theTablesAndTheLogComeToTheSame() throws Exception {
        Stream.Builder<Line> seen = Stream.builder();
        Property.check(
                8,
                gen -> {
                    try (Written log = new Written(empty().resolve("log"));
                            Store store = stores.fresh(empty())) {
                        List<Entry> history =
                                Histories.random(gen, gen.between(300, 1_200), gen.between(1, 90));
                        int half = history.size() / 2;
                        Projection projection = projection(store);
                        log.write(history.subList(0, half));
                        projection.catchUp(log.reader(), log.size());
                        log.write(history.subList(half, history.size()));
                        projection.catchUp(log.reader(), log.size());
                        assertEquals(List.of(), projection.check(log.reader(), log.size()).first());

                        Instant since = Histories.START.plus(Duration.ofHours(gen.between(0, 500)));
                        Window window =
                                gen.oneIn(3)
                                        ? new Window(
                                                Instant.EPOCH,
                                                Instant.parse("2100-01-01T00:00:00Z"))
                                        : new Window(
                                                since,
                                                since.plus(Duration.ofHours(gen.between(1, 500))));
                        Ledger ledger =
                                Ledger.read(new LedgerRows(store, Written.ORIGIN), window, ALL);
                        assertEquals(List.of(), recount(log, window).differences(ledger));
                        seen.add(ledger.total());
                        // each line is in one place along each axis
                        for (Axis axis : ALL) {
                            for (Count count : Count.values()) {
                                assertEquals(
                                        ledger.total().of(count),
                                        ledger.by(axis).stream()
                                                .mapToLong(it -> it.of(count))
                                                .sum(),
                                        () -> axis + " " + count);
                            }
                            assertEquals(
                                    known(ledger.total()),
                                    ledger.by(axis).stream().mapToLong(LedgerContract::known).sum(),
                                    () -> axis + " added");
                        }
                    }
                });
        List<Line> totals = seen.build().toList();
        for (Count count : Count.values()) {
            assertTrue(
                    totals.stream().anyMatch(it -> it.of(count) > 0),
                    () -> count + " is never counted, so that nothing is known of it");
        }
        assertTrue(
                totals.stream().anyMatch(it -> 0 < known(it) && known(it) < it.of(Count.REQUESTS)));
    }

    /** Of how many requests it is known what the gateway added. */
    private static long known(Line line) {
        return line.added().map(Line.Added::known).orElse(0L);
    }

    @Test
    void rowsThatAnEarlierProgramLeftOutAreMadeUpFor() throws Exception {
        Property.check(
                1,
                gen -> {
                    try (Written log = new Written(empty().resolve("log"));
                            Store store = stores.fresh(empty())) {
                        log.write(Histories.random(gen, 600, 30));
                        Projection projection = projection(store);
                        projection.catchUp(log.reader(), log.size());
                        Window all =
                                new Window(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
                        LedgerRows rows = new LedgerRows(store, Written.ORIGIN);
                        Ledger before = Ledger.read(rows, all, ALL);
                        Damage.forgetPeople(store.settings());
                        assertNotEquals(
                                List.of(),
                                recount(log, all).differences(Ledger.read(rows, all, ALL)));
                        assertNotEquals(0, projection.check(log.reader(), log.size()).wrong());
                        // looked for once in a run of the program
                        projection(store).catchUp(log.reader(), log.size());
                        assertEquals(before, Ledger.read(rows, all, ALL));
                        Damage.inventPeople(store.settings());
                        assertNotEquals(0, projection.check(log.reader(), log.size()).wrong());
                        projection.rebuild(log.reader(), log.size());
                        assertEquals(0, projection.check(log.reader(), log.size()).wrong());
                        assertEquals(before, Ledger.read(rows, all, ALL));
                    }
                });
    }
}
