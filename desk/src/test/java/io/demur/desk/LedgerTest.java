package io.demur.desk;

import org.junit.jupiter.api.Nested;

/** What refusing costs, in both databases. */
class LedgerTest {

    @Nested
    class OnSqlite extends LedgerContract {
        OnSqlite() {
            super(Stores.sqlite());
        }
    }

    @Nested
    class OnPostgres extends LedgerContract {
        OnPostgres() {
            super(Stores.postgres());
        }
    }
}
