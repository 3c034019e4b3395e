package io.demur.store;

import org.junit.jupiter.api.Nested;

/** The contract of the store on both databases. */
class StoreTest {

    @Nested
    class OnSqlite extends StoreContract {
        OnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class OnPostgres extends StoreContract {
        OnPostgres() {
            super(Database.POSTGRES);
        }
    }
}
