package io.demur.store;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.jdbc4.JDBC4Connection;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * A connection to SQLite that keeps the statements which every request runs. Its driver prepares a
 * statement anew each time, which takes longer than SQLite takes to run it.
 *
 * <p>What is kept is closed with the connection, by the driver, so that one which is thrown away
 * takes its statements with it. For one thread at a time, as every connection.
 */
final class SqliteConnection extends JDBC4Connection {

    /** More than there are in {@link Direct}'s callers; what comes after them is not kept. */
    private static final int KEPT_MAX = 32;

    /** Those that nobody is using. */
    private final Map<String, PreparedStatement> kept = new HashMap<>();

    /**
     * A new one.
     *
     * @param writer whether it writes; a transaction of one that does is alone from its beginning
     */
    SqliteConnection(StoreSettings settings, boolean writer) throws SQLException {
        super(
                "jdbc:sqlite:" + settings.path(),
                settings.path().toString(),
                config(settings, writer).toProperties());
    }

    private static SQLiteConfig config(StoreSettings settings, boolean writer) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(settings.patience().toMillis()));
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        // a writer that reads first must not find out later that it comes second
        config.setTransactionMode(writer ? TransactionMode.IMMEDIATE : TransactionMode.DEFERRED);
        config.enforceForeignKeys(true);
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        // else the driver asks for the last row's number behind each INSERT
        config.setGetGeneratedKeys(false);
        return config;
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
        PreparedStatement statement = idle != null ? idle : prepareStatement(sql);
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
