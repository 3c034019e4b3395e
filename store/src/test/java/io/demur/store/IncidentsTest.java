package io.demur.store;

import org.junit.jupiter.api.Nested;

/** Cases of what was refused and came again, in both databases. */
class IncidentsTest {

    @Nested
    class OnSqlite extends IncidentsContract {
        OnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class OnPostgres extends IncidentsContract {
        OnPostgres() {
            super(Database.POSTGRES);
        }
    }
}
