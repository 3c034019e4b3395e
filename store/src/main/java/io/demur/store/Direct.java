package io.demur.store;

import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/**
 * Statements that every request runs, written out as SQL, in the transaction that they are called
 * in. jOOQ puts a statement together anew each time it is run, and takes longer for that than the
 * database for the rest. Their texts are constants, so that each is prepared once for a connection.
 */
final class Direct {

    private Direct() {}

    /** What is made of a row. */
    @FunctionalInterface
    interface FromRow<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** The first row that is found, if any. */
    static <T> Optional<T> first(
            DSLContext db, String sql, FromRow<T> make, @Nullable Object... values) {
        return run(
                db,
                sql,
                statement -> {
                    try (ResultSet rows = statement.executeQuery()) {
                        return rows.next() ? Optional.of(make.of(rows)) : Optional.empty();
                    }
                },
                values);
    }

    /**
     * Changes rows.
     *
     * @return how many
     */
    static int change(DSLContext db, String sql, @Nullable Object... values) {
        return Direct.<Integer>run(db, sql, PreparedStatement::executeUpdate, values);
    }

    /** PostgreSQL's driver keeps what it prepared by itself. */
    private static <T> T run(
            DSLContext db, String sql, KeptStatements.Use<T> use, @Nullable Object... values) {
        Connection connection =
                Objects.requireNonNull(db.configuration().connectionProvider().acquire());
        try {
            if (connection.isWrapperFor(SqliteConnection.class)) {
                return connection.unwrap(SqliteConnection.class).statements().run(sql, use, values);
            }
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, values);
                return use.of(statement);
            }
        } catch (SQLException e) {
            throw new DataAccessException(sql, e);
        }
    }

    static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
