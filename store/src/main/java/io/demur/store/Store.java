package io.demur.store;

import com.zaxxer.hikari.HikariDataSource;

import io.demur.store.StoreFailed.Kind;

import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultConnectionProvider;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * State, in SQLite or PostgreSQL: what the log says, in tables that can be asked, and the bodies.
 * This class opens it; {@link Projection} fills it from the log, {@link Bodies}, {@link Subjects},
 * {@link Holds} and {@link Erasure} work on what is nowhere else.
 *
 * <p>One thread writes, for all, and what several callers ask for at the same time shares one
 * transaction and one fsync; a write is on disk when its call returns. Readers have connections of
 * their own and see what is committed.
 *
 * <p>Safe for use by several threads, none of them virtual: a native call holds the thread that
 * carries it, and all others that would be carried by it. A call from one is refused, but for what
 * says that it waits for nothing.
 */
public final class Store implements AutoCloseable {

    // held, because loggers that nobody holds forget their level
    private static final List<Logger> OTHERS =
            List.of(Logger.getLogger("com.zaxxer.hikari"), Logger.getLogger("org.jooq"));

    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        for (Logger other : OTHERS) {
            if (other.getLevel() == null) {
                // what they warn of reaches callers as an exception with a clearer sentence
                other.setLevel(Level.SEVERE);
            }
        }
    }

    private static final Configuration SQLITE = dialect(SQLDialect.SQLITE);
    private static final Configuration POSTGRES = dialect(SQLDialect.POSTGRES);

    private final StoreSettings settings;
    private final HikariDataSource writing;
    private final HikariDataSource reading;
    private final HeldKeys keys;
    private final Writer writer;

    private Store(StoreSettings settings, LongSupplier nanos) {
        this.settings = settings;
        keys = new HeldKeys(nanos);
        writing = Connections.pool(settings, true);
        reading = Connections.pool(settings, false);
        writer = new Writer(settings, writing, HeldKeys.TIME, keys::sweep);
    }

    /**
     * Opens a store, makes it where there is none, and brings its tables up to this release.
     *
     * @throws StoreFailed where it cannot be opened; the message says why and what would help
     */
    public static Store open(StoreSettings settings) throws StoreFailed {
        return open(settings, System::nanoTime);
    }

    /** The same for a test that says how time goes by for the keys that are held. */
    static Store open(StoreSettings settings, LongSupplier nanos) throws StoreFailed {
        // a connection of its own: a pool would try again and again before it said what is wrong
        try (Connection first = Connections.first(settings, settings.statement())) {
            Migrations.apply(first, settings);
            if (settings.embedded()) {
                // what an erasure left there that a kill or a reader kept from emptying it
                first.setAutoCommit(true);
                emptied(first);
            }
        } catch (SQLException | DataAccessException e) {
            throw Failures.of(e, settings);
        }
        return new Store(settings, nanos);
    }

    public StoreSettings settings() {
        return settings;
    }

    HeldKeys keys() {
        return keys;
    }

    /** Does something in the writer's transaction, and returns once it is on disk. */
    <T> T write(Work<T> work) throws StoreFailed, StoreRefused {
        notOnVirtualThreads();
        return writer.submit(work);
    }

    /**
     * The same without waiting, for virtual threads too.
     *
     * @return completed, or failed with what {@link #write} throws, by the writer's thread
     */
    <T> CompletableFuture<T> writeLater(Work<T> work) {
        return writer.submitLater(work);
    }

    /** The same for work that refuses nothing. */
    <T> T change(Work<T> work) throws StoreFailed {
        try {
            return write(work);
        } catch (StoreRefused e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads what is committed, all of it as of one moment. */
    <T> T look(Work<T> work) throws StoreFailed, StoreRefused {
        notOnVirtualThreads();
        try (Connection connection = reading.getConnection()) {
            boolean sound = false;
            try {
                connection.setAutoCommit(false);
                T result = work.in(dsl(connection, settings));
                connection.setAutoCommit(true);
                sound = true;
                return result;
            } finally {
                if (!sound) {
                    reading.evictConnection(connection);
                }
            }
        } catch (SQLException | DataAccessException e) {
            throw Failures.of(e, settings);
        }
    }

    /** The same for work that refuses nothing. */
    <T> T read(Work<T> work) throws StoreFailed {
        try {
            return look(work);
        } catch (StoreRefused e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Empties SQLite's write-ahead log, so that nothing that was overwritten or deleted lies in it
     * any more. PostgreSQL keeps its own for as long as it needs it: there is nothing to be done
     * here.
     *
     * @throws StoreFailed with {@link Kind#LOCKED} where a reader does not let go of it in time
     */
    void scrub() throws StoreFailed {
        if (!settings.embedded()) {
            return;
        }
        writer.outside(
                connection -> {
                    if (!emptied(connection, settings.patience())) {
                        throw Failures.failed(
                                Kind.LOCKED,
                                settings,
                                "what was erased may still lie in its write-ahead log, because"
                                        + " a reader has it open; it goes at the next erasure"
                                        + " or sweep (`demur store sweep`)",
                                null);
                    }
                });
    }

    /** SQLite itself waits for readers, but not for another process that is doing the same. */
    private static boolean emptied(Connection connection, Duration patience) throws SQLException {
        long end = System.nanoTime() + patience.toNanos();
        while (!emptied(connection)) {
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return true;
    }

    private static boolean emptied(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var found = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            return !found.next() || found.getInt(1) == 0;
        }
    }

    /**
     * Writes SQLite's file anew, without anything that was ever deleted from it; PostgreSQL's
     * tables are freed for reuse. Takes as long as the store is large, however long that is; the
     * writers of SQLite wait.
     */
    public void compact() throws StoreFailed {
        if (!settings.embedded()) {
            try (Connection connection = Connections.first(settings, Duration.ZERO);
                    Statement statement = connection.createStatement()) {
                statement.execute("VACUUM");
            } catch (SQLException e) {
                throw Failures.of(e, settings);
            }
            return;
        }
        writer.outside(
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("VACUUM");
                    }
                });
        scrub();
    }

    static DSLContext dsl(Connection connection, StoreSettings settings) {
        Configuration dialect = settings.embedded() ? SQLITE : POSTGRES;
        return DSL.using(dialect.derive(new DefaultConnectionProvider(connection)));
    }

    private static Configuration dialect(SQLDialect dialect) {
        return new DefaultConfiguration()
                .set(dialect)
                .set(
                        new Settings()
                                .withRenderQuotedNames(RenderQuotedNames.NEVER)
                                .withExecuteLogging(false)
                                .withFetchWarnings(false));
    }

    private static void notOnVirtualThreads() {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("the store is not asked on a virtual thread");
        }
    }

    /** Does what is waiting, and lets go of the database. */
    @Override
    public void close() {
        writer.close();
        keys.close();
        reading.close();
        writing.close();
    }
}
