package io.demur.store;

import org.junit.jupiter.api.Nested;

/** What is held, as cases of the queue, in both databases. */
class HeldCasesTest {

    @Nested
    class OnSqlite extends HeldCasesContract {
        OnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class OnPostgres extends HeldCasesContract {
        OnPostgres() {
            super(Database.POSTGRES);
        }
    }
}
