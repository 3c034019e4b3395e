package io.demur.desk;

import io.demur.store.StoreSettings;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** What somebody does to a store behind the program's back. */
final class Damage {

    private Damage() {}

    static void forgetPeople(StoreSettings settings) throws SQLException {
        execute(settings, "DELETE FROM people WHERE idx % 3 <> 0");
    }

    static void inventPeople(StoreSettings settings) throws SQLException {
        execute(
                settings,
                "INSERT INTO people (origin, idx, type, micros, entry)"
                        + " VALUES ('%s', 0, 'APPEAL', 1, '{}')".formatted(Written.ORIGIN));
    }

    private static void execute(StoreSettings settings, String sql) throws SQLException {
        String url =
                settings.embedded()
                        ? "jdbc:" + settings.url()
                        : "jdbc:"
                                + settings.url().replace("postgres:secret@", "")
                                + "?user=postgres&password=secret";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
