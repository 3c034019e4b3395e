package io.demur.store;

import org.junit.jupiter.api.Nested;

/** The contract of remembered refusals on both databases. */
class RememberedTest {

    @Nested
    class OnSqlite extends RememberedContract {
        OnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class OnPostgres extends RememberedContract {
        OnPostgres() {
            super(Database.POSTGRES);
        }
    }
}
