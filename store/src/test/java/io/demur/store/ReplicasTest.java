package io.demur.store;

import static io.demur.store.Bench.att;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Two stores on one database, on both databases. */
class ReplicasTest {

    @Nested
    class OnSqlite extends ReplicasContract {
        OnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class OnPostgres extends ReplicasContract {
        OnPostgres() {
            super(Database.POSTGRES);
        }

        /** A sweep that waits in the middle, while everything that it looked at changes. */
        @Test
        void aSweepThatHadToWaitTakesNoOtherPlaceAndNoHeldBody() throws Exception {
            try (Bench one = new Bench(settings, epoch);
                    Bench other = new Bench(settings, epoch);
                    ExecutorService thread = Executors.newSingleThreadExecutor();
                    Connection blocker =
                            DriverManager.getConnection(settings.jdbc(), "postgres", "");
                    Statement blocking = blocker.createStatement()) {
                // a sweep goes by pseudonym, and will wait at the first of them
                List<String> all = new ArrayList<>();
                for (String name : List.of("ada", "bob", "eve")) {
                    all.add(one.subjects.pseudonym(name));
                }
                Collections.sort(all);
                String first = all.get(0);
                String erased = all.get(1);
                String held = all.get(2);
                one.put(att(0), "reply", first, "zero");
                one.put(att(1), "reply", erased, "one");
                one.put(att(3), "reply", held, "evidence");
                one.later(Bodies.RETENTION.plusDays(1));
                other.later(Bodies.RETENTION.plusDays(1));
                blocker.setAutoCommit(false);
                blocking.execute(
                        "SELECT 1 FROM body WHERE attempt = '%s' FOR UPDATE".formatted(att(0)));
                Future<Long> sweep = thread.submit(other.erasure::sweep);
                waitsForALock(blocking);
                one.erasure.subjects(List.of(erased), "request");
                String next = one.subjects.pseudonym("next");
                one.put(att(2), "reply", next, "acknowledged");
                one.holds.set(held, "court", Optional.empty());
                blocker.rollback();
                sweep.get();
                assertEquals("acknowledged", one.read(att(2), "reply"));
                assertEquals("evidence", one.read(att(3), "reply"), "the hold was promised");
                one.put(att(4), "reply", next, "more");
                one.put(att(5), "reply", next, "and more");
                assertEquals("and more", other.read(att(5), "reply"));
            }
        }

        private static void waitsForALock(Statement statement) throws Exception {
            for (int i = 0; i < 400; i++) {
                try (var found =
                        statement.executeQuery(
                                "SELECT count(*) FROM pg_stat_activity"
                                        + " WHERE wait_event_type = 'Lock'")) {
                    if (found.next() && found.getInt(1) > 0) {
                        return;
                    }
                }
                // what one transaction has seen of the others it goes on seeing
                statement.execute("SELECT pg_stat_clear_snapshot()");
                TimeUnit.MILLISECONDS.sleep(25);
            }
            throw new AssertionError("nobody waits for a lock");
        }
    }
}
