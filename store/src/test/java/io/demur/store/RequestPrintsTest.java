package io.demur.store;

import org.junit.jupiter.api.Nested;

/** What is left of requests, in both databases. */
class RequestPrintsTest {

    @Nested
    class OnSqlite extends RequestPrintsContract {
        OnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class OnPostgres extends RequestPrintsContract {
        OnPostgres() {
            super(Database.POSTGRES);
        }
    }
}
