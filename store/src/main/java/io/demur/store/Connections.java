package io.demur.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import io.demur.store.StoreFailed.Kind;

import org.sqlite.SQLiteDataSource;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;

import javax.sql.DataSource;

/** How connections to either database are made. */
final class Connections {

    private Connections() {}

    /**
     * One connection outside every pool, to a file that is made where there is none.
     *
     * @param statement how long a statement may take on a server; for ever, where it is zero
     */
    static Connection first(StoreSettings settings, Duration statement)
            throws SQLException, StoreFailed {
        if (settings.embedded()) {
            SqliteLibrary.place();
            make(settings);
            return SqliteConnection.open(settings, true);
        }
        Properties properties = postgres(settings, statement);
        String[] credentials = settings.credentials();
        if (!credentials[0].isEmpty()) {
            properties.setProperty("user", credentials[0]);
            if (!credentials[1].isEmpty()) { // else the driver asks ~/.pgpass
                properties.setProperty("password", credentials[1]);
            }
        }
        return DriverManager.getConnection(settings.jdbc(), properties);
    }

    /** The one connection that writes, or those that read. */
    static HikariDataSource pool(StoreSettings settings, boolean writer) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(writer ? "demur-store-writer" : "demur-store-readers");
        config.setMaximumPoolSize(writer ? 1 : settings.readers());
        config.setMinimumIdle(writer ? 1 : 0);
        config.setConnectionTimeout(Math.max(250, settings.patience().toMillis()));
        config.setInitializationFailTimeout(-1);
        if (settings.embedded()) {
            config.setDataSource(source(settings, writer));
            config.setMaxLifetime(0);
            if (!writer) {
                config.setConnectionInitSql("PRAGMA query_only = ON");
            }
        } else {
            config.setJdbcUrl(settings.jdbc());
            config.setDataSourceProperties(postgres(settings, settings.statement()));
            String[] credentials = settings.credentials();
            if (!credentials[0].isEmpty()) {
                config.setUsername(credentials[0]);
                if (!credentials[1].isEmpty()) {
                    config.setPassword(credentials[1]);
                }
            }
            if (!writer) {
                config.setReadOnly(true);
                config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
            }
        }
        return new HikariDataSource(config);
    }

    private static DataSource source(StoreSettings settings, boolean writer) {
        return new SQLiteDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return SqliteConnection.open(settings, writer);
            }
        };
    }

    private static Properties postgres(StoreSettings settings, Duration statement) {
        long wait = settings.patience().toSeconds() + 1;
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "demur");
        properties.setProperty("connectTimeout", Long.toString(wait));
        properties.setProperty("loginTimeout", Long.toString(wait));
        // longer than the server's own limit, which gives the better error
        properties.setProperty(
                "socketTimeout", Long.toString(statement.isZero() ? 0 : statement.toSeconds() + 5));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty(
                "options",
                "-c statement_timeout=%s -c lock_timeout=%s -c synchronous_commit=on"
                        .formatted(statement.toMillis(), settings.patience().toMillis()));
        settings.secrets().forEach(properties::setProperty);
        return properties;
    }

    /**
     * Makes an empty file that nobody else may read, or one that is there into such; SQLite gives
     * its other files the same mode.
     */
    private static void make(StoreSettings settings) throws StoreFailed {
        Path file = settings.path();
        if (Files.exists(file)) {
            if (Files.isDirectory(file)) {
                throw Failures.failed(
                        Kind.NOT_A_STORE, settings, "it is a folder, not a file", null);
            }
            close(settings);
            return;
        }
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null || !Files.isDirectory(folder)) {
                throw Failures.failed(
                        Kind.MISSING,
                        settings,
                        "the folder `%s` is missing".formatted(folder),
                        null);
            }
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
        } catch (FileAlreadyExistsException e) {
            // another process was faster
        } catch (IOException e) {
            throw Failures.failed(
                    Kind.DENIED,
                    settings,
                    "it cannot be made by user `%s`: %s"
                            .formatted(System.getProperty("user.name"), e.getMessage()),
                    e);
        }
    }

    /** Takes the right to read or write it from everybody but its owner. */
    private static void close(StoreSettings settings) throws StoreFailed {
        Path file = settings.path();
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> own = PosixFilePermissions.fromString("rw-------");
        try {
            for (String suffix : new String[] {"", "-wal", "-shm"}) {
                Path each = file.resolveSibling(file.getFileName() + suffix);
                if (Files.exists(each) && !own.containsAll(Files.getPosixFilePermissions(each))) {
                    Files.setPosixFilePermissions(each, own);
                }
            }
        } catch (IOException e) {
            throw Failures.failed(
                    Kind.DENIED,
                    settings,
                    "others may read it, and user `%s` cannot change that: %s"
                            .formatted(System.getProperty("user.name"), e.getMessage()),
                    e);
        }
    }
}
