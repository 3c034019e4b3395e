package io.demur.gateway;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;

/**
 * SQLite under a process that may be killed before it commits, and behind that. Whoever opens a
 * file that {@link #mortal} names gets such connections, and others are left alone.
 */
final class MortalDatabase implements Driver {

    private static final Driver SQLITE = new org.sqlite.JDBC();
    private static final Map<String, Death> DEATHS = new ConcurrentHashMap<>();

    /** What nobody does whose process is no more; a pool may ask the rest. */
    private static final Set<String> LIVING = Set.of("prepareStatement", "setAutoCommit");

    static {
        try {
            Class.forName("org.sqlite.JDBC");
            var others = DriverManager.drivers().toList();
            for (Driver other : others) {
                DriverManager.deregisterDriver(other);
            }
            DriverManager.registerDriver(new MortalDatabase());
            for (Driver other : others) {
                DriverManager.registerDriver(other);
            }
        } catch (SQLException | ClassNotFoundException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private MortalDatabase() {}

    /** Has a file be that of a process that may be killed. */
    static void mortal(String url, Death death) {
        DEATHS.put(url, death);
    }

    @Override
    public boolean acceptsURL(String url) {
        return DEATHS.containsKey(url);
    }

    /** Every driver is asked for every file; nothing says that it is another's. */
    @Override
    public @Nullable Connection connect(String url, Properties with) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        Connection whole = SQLITE.connect(url, with);
        boolean writes = "IMMEDIATE".equals(with.getProperty("transaction_mode"));
        return (Connection)
                Proxy.newProxyInstance(
                        MortalDatabase.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, arguments) ->
                                asked(
                                        Optional.ofNullable(DEATHS.get(url)).orElseThrow(),
                                        whole,
                                        method,
                                        writes && commits(whole, method, arguments),
                                        arguments));
    }

    /** The store ends a transaction by leaving it. */
    private static boolean commits(Connection whole, Method method, Object @Nullable [] arguments)
            throws SQLException {
        return method.getName().equals("setAutoCommit")
                && arguments != null
                && arguments[0].equals(true)
                && !whole.getAutoCommit();
    }

    private static @Nullable Object asked(
            Death death,
            Connection whole,
            Method method,
            boolean commits,
            Object @Nullable [] arguments)
            throws Throwable {
        try {
            if (LIVING.contains(method.getName())) {
                death.alive();
            }
            if (!commits) {
                return method.invoke(whole, arguments);
            }
            death.writing.lock();
            try {
                death.step("before a commit");
                method.invoke(whole, arguments);
                death.step("behind a commit");
                return null;
            } finally {
                death.writing.unlock();
            }
        } catch (Death.Died e) {
            throw new SQLException(e.getMessage(), e);
        } catch (InvocationTargetException e) {
            throw Objects.requireNonNullElse(e.getCause(), e);
        }
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties with) throws SQLException {
        return SQLITE.getPropertyInfo(url, with);
    }

    @Override
    public int getMajorVersion() {
        return SQLITE.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return SQLITE.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return SQLITE.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return SQLITE.getParentLogger();
    }
}
