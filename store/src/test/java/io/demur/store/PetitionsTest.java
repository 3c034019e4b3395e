package io.demur.store;

import org.junit.jupiter.api.Nested;

/** Cases that somebody outside waits to have answered, in both databases. */
class PetitionsTest {

    @Nested
    class OnSqlite extends PetitionsContract {
        OnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class OnPostgres extends PetitionsContract {
        OnPostgres() {
            super(Database.POSTGRES);
        }
    }
}
