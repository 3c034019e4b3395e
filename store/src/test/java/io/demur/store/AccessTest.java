package io.demur.store;

import org.junit.jupiter.api.Nested;

/** Who may ask, on both databases. */
class AccessTest {

    @Nested
    class OnSqlite extends AccessContract {
        OnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class OnPostgres extends AccessContract {
        OnPostgres() {
            super(Database.POSTGRES);
        }
    }

    @Nested
    class WatchedOnSqlite extends AccessWatchContract {
        WatchedOnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class WatchedOnPostgres extends AccessWatchContract {
        WatchedOnPostgres() {
            super(Database.POSTGRES);
        }
    }

    @Nested
    class TroubledOnSqlite extends AccessTroubleContract {
        TroubledOnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class TroubledOnPostgres extends AccessTroubleContract {
        TroubledOnPostgres() {
            super(Database.POSTGRES);
        }
    }

    @Nested
    class RestoredOnSqlite extends RestoredContract {
        RestoredOnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class RestoredOnPostgres extends RestoredContract {
        RestoredOnPostgres() {
            super(Database.POSTGRES);
        }
    }

    @Nested
    class RacesOnSqlite extends AccessRaceContract {
        RacesOnSqlite() {
            super(Database.SQLITE);
        }
    }

    @Nested
    class RacesOnPostgres extends AccessRaceContract {
        RacesOnPostgres() {
            super(Database.POSTGRES);
        }
    }
}
