package io.demur.store;

import org.junit.jupiter.api.Nested;

/** Pairs that are asked of, in both databases. */
class AskedPairsTest {

    @Nested
    class OnSqlite extends AskedPairsContract {
        OnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class OnPostgres extends AskedPairsContract {
        OnPostgres() {
            super(Database.POSTGRES);
        }
    }
}
