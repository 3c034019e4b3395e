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
 * database for the rest.
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
        try (PreparedStatement statement = prepared(db, sql, values);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(make.of(rows)) : Optional.empty();
        } catch (SQLException e) {
            throw new DataAccessException(sql, e);
        }
    }

    /**
     * Changes rows.
     *
     * @return how many
     */
    static int change(DSLContext db, String sql, @Nullable Object... values) {
        try (PreparedStatement statement = prepared(db, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DataAccessException(sql, e);
        }
    }

    private static PreparedStatement prepared(DSLContext db, String sql, @Nullable Object... values)
            throws SQLException {
        Connection connection =
                Objects.requireNonNull(db.configuration().connectionProvider().acquire());
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }
}
