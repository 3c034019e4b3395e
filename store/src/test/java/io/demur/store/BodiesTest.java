package io.demur.store;

import org.junit.jupiter.api.Nested;

/** The contract of bodies on both databases. */
class BodiesTest {

    @Nested
    class OnSqlite extends BodiesContract {
        OnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class OnPostgres extends BodiesContract {
        OnPostgres() {
            super(Database.POSTGRES);
        }
    }
}
