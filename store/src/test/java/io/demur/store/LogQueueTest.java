package io.demur.store;

import org.junit.jupiter.api.Nested;

/** What waits for whoever has the log, in both databases. */
class LogQueueTest {

    @Nested
    class OnSqlite extends LogQueueContract {
        OnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class OnPostgres extends LogQueueContract {
        OnPostgres() {
            super(Database.POSTGRES);
        }
    }
}
