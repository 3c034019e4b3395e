package io.demur.store;

import org.junit.jupiter.api.Nested;

/** The projection on both databases. */
class ProjectionTest {

    @Nested
    class OnSqlite extends ProjectionContract {
        OnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class OnPostgres extends ProjectionContract {
        OnPostgres() {
            super(Database.POSTGRES);
        }
    }
}
