package io.demur.store;

import static io.demur.store.AccessContract.book;
import static io.demur.store.AccessContract.key;
import static io.demur.store.AccessContract.principal;
import static io.demur.store.AccessWatchContract.soon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.access.Authentication.Known;
import io.demur.core.access.KeyText;
import io.demur.core.access.Meter;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What becomes of a watch where something is wrong. */
abstract class AccessTroubleContract {

    private final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private StoreSettings settings;

    AccessTroubleContract(Database database) {
        this.database = database;
    }

    @BeforeEach
    void make() throws Exception {
        settings = database.fresh(folder);
    }

    @Test
    void aChangeThatCannotBeReadIsToldAndUsageIsWrittenAllTheSame() throws Exception {
        try (Bench bench = new Bench(settings)) {
            AccessBook book = book(bench);
            String ada = principal(bench, book, "ada");
            Spending spending = new Spending(bench.store, "run_1");
            try (AccessWatch watch =
                    new AccessWatch(
                            book,
                            spending,
                            new Meter(10),
                            bench.log::add,
                            () -> bench.now,
                            new AccessWatch.Settings(
                                    Duration.ofMillis(20), Duration.ofMinutes(5)))) {
                assertEquals(0, watch.pending());
                bench.store.change(
                        db ->
                                db.execute(
                                        "INSERT INTO access_pending (id, what, name, micros, entry)"
                                            + " VALUES ('acc_x', 'principal', 'sub_x', 1, 'x')"));
                soon(() -> !watch.trouble().isEmpty());
                soon(() -> watch.pending() == 1);
                spending.add(ada, Optional.empty(), bench.now, 7, 5);
                LocalDate day = LocalDate.parse("2026-11-21");
                soon(() -> !spending.lines(day, day).isEmpty());
                bench.store.change(db -> db.execute("DELETE FROM access_pending"));
                soon(() -> watch.trouble().isEmpty());
            }
        }
    }

    @Test
    void whatCannotBeWrittenOfOneKeepsTheOthersFromNothing() throws Exception {
        try (Bench bench = new Bench(settings)) {
            AccessBook book = book(bench);
            bench.store.change(
                    db ->
                            db.execute(
                                    "INSERT INTO access_pending (id, what, name, micros, entry)"
                                            + " VALUES ('acc_x', 'principal', 'sub_x', 1, 'x')"));
            AtomicInteger written = new AtomicInteger();
            try (AccessWatch watch =
                    watching(bench, book, List.of(counting(written), counting(written)))) {
                soon(() -> written.get() > 2);
                assertTrue(watch.trouble().contains("acc_x"), watch.trouble());
            }
        }
    }

    @Test
    void anErrorIsToldAndItLooksAgain() throws Exception {
        try (Bench bench = new Bench(settings)) {
            AccessBook book = book(bench);
            AtomicInteger looks = new AtomicInteger();
            AtomicBoolean broken = new AtomicBoolean(true);
            Pending breaking =
                    new Pending() {
                        @Override
                        public int publish(EntryWriter log) {
                            return 0;
                        }

                        @Override
                        public int pending() {
                            if (looks.incrementAndGet() > 1 && broken.get()) {
                                throw new NoClassDefFoundError("something");
                            }
                            return 0;
                        }
                    };
            try (AccessWatch watch = watching(bench, book, List.of(breaking))) {
                soon(() -> looks.get() > 3);
                soon(() -> watch.trouble().equals("something"));
                KeyText key = key(bench, book, principal(bench, book, "ada"));
                soon(() -> watch.authenticate(key.text(), bench.now) instanceof Known);
                broken.set(false);
                soon(() -> watch.trouble().isEmpty());
            }
        }
    }

    private static AccessWatch watching(Bench bench, AccessBook book, List<Pending> others)
            throws Exception {
        return new AccessWatch(
                book,
                others,
                new Spending(bench.store, "run_1"),
                new Meter(10),
                bench.log::add,
                () -> bench.now,
                new AccessWatch.Settings(Duration.ofMillis(20), Duration.ofMinutes(5)));
    }

    private static Pending counting(AtomicInteger written) {
        return new Pending() {
            @Override
            public int publish(EntryWriter log) {
                return written.incrementAndGet();
            }

            @Override
            public int pending() {
                return 0;
            }
        };
    }
}
