package io.demur.store;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The statements of one connection which every request runs. SQLite's driver prepares a statement
 * anew each time, which takes longer than SQLite takes to run it.
 *
 * <p>What is kept is closed with the connection, by the driver, so that one which is thrown away
 * takes its statements with it. For one thread at a time, as every connection.
 */
final class KeptStatements {

    /** More than there are in {@link Direct}'s callers; what comes after them is not kept. */
    private static final int KEPT_MAX = 32;

    private final Connection connection;

    /** Those that nobody is using. */
    private final Map<String, PreparedStatement> kept = new HashMap<>();

    KeptStatements(Connection connection) {
        this.connection = connection;
    }

    /** What is done with a statement that has its values. */
    @FunctionalInterface
    interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /**
     * Runs a statement that is kept, or is from now on. One that fails is thrown away, and none
     * keeps the values that it ran with: they may be those of a body that is to be destroyed.
     */
    <T> T run(String sql, Use<T> use, @Nullable Object... values) throws SQLException {
        PreparedStatement idle = kept.remove(sql);
        PreparedStatement statement = idle != null ? idle : connection.prepareStatement(sql);
        boolean stays = false;
        try {
            Direct.bind(statement, values);
            T result = use.of(statement);
            statement.clearParameters();
            stays = kept.size() < KEPT_MAX && kept.putIfAbsent(sql, statement) == null;
            return result;
        } finally {
            if (!stays) {
                statement.close();
            }
        }
    }

    /** How many are kept. */
    int kept() {
        return kept.size();
    }
}
