package io.demur.store;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;

/** A connection to SQLite, as its driver gives it, with the statements that are kept for it. */
interface SqliteConnection extends Connection {

    KeptStatements statements();

    /**
     * A new one.
     *
     * @param writer whether it writes; a transaction of one that does is alone from its beginning
     */
    static SqliteConnection open(StoreSettings settings, boolean writer) throws SQLException {
        return with(DriverManager.getConnection(url(settings), properties(settings, writer)));
    }

    /** The same connection, with statements. */
    static SqliteConnection with(Connection connection) {
        KeptStatements statements = new KeptStatements(connection);
        return (SqliteConnection)
                Proxy.newProxyInstance(
                        SqliteConnection.class.getClassLoader(),
                        new Class<?>[] {SqliteConnection.class},
                        (self, method, arguments) ->
                                method.getName().equals("statements")
                                        ? statements
                                        : asked(self, connection, method, arguments));
    }

    private static @Nullable Object asked(
            Object self, Connection connection, Method method, Object @Nullable [] arguments)
            throws Throwable {
        boolean itself = arguments != null && arguments[0] == SqliteConnection.class;
        try {
            return switch (method.getName()) {
                case "isWrapperFor" -> itself || (boolean) method.invoke(connection, arguments);
                case "unwrap" -> itself ? self : method.invoke(connection, arguments);
                default -> method.invoke(connection, arguments);
            };
        } catch (InvocationTargetException e) {
            throw Objects.requireNonNullElse(e.getCause(), e);
        }
    }

    static String url(StoreSettings settings) {
        return "jdbc:sqlite:" + settings.path();
    }

    static Properties properties(StoreSettings settings, boolean writer) {
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
        return config.toProperties();
    }
}
