package io.demur.store;

import org.junit.jupiter.api.Nested;

/** The cases that people look at, in both databases. */
class CasesTest {

    @Nested
    class OnSqlite extends CasesContract {
        OnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class OnPostgres extends CasesContract {
        OnPostgres() {
            super(Database.POSTGRES);
        }
    }
}
