package io.demur.store;

import org.junit.jupiter.api.Nested;

/** Requests that wait for a person, in both databases. */
class HeldRequestsTest {

    @Nested
    class OnSqlite extends HeldRequestsContract {
        OnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class OnPostgres extends HeldRequestsContract {
        OnPostgres() {
            super(Database.POSTGRES);
        }
    }
}
