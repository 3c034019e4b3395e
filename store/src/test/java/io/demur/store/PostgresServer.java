package io.demur.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One server of PostgreSQL for all tests, on a free port; it can be killed and started again. */
final class PostgresServer {

    private static @Nullable PostgresServer shared;
    private static String failure = "";

    private final Path folder;
    private final int port;
    private final EmbeddedPostgres server;
    private int databases;

    private PostgresServer() throws IOException {
        folder = Files.createTempDirectory("demur-postgres");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = launch();
    }

    /** The server; where none can be started, the test is skipped, and a line says why. */
    static synchronized PostgresServer running() {
        if (shared == null && failure.isEmpty()) {
            try {
                shared = new PostgresServer();
                Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
            } catch (IOException | RuntimeException e) {
                failure = "no PostgreSQL: tests on it are skipped: " + e;
                System.err.println(failure);
            }
        }
        Assumptions.assumeTrue(failure.isEmpty(), failure);
        return java.util.Objects.requireNonNull(shared);
    }

    /** What is killed here is the server and never the machine, which keeps what was written. */
    private EmbeddedPostgres launch() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "off")
                .setPGStartupWait(Duration.ofSeconds(60))
                .setPort(port)
                .start();
    }

    /** A database of its own. */
    synchronized StoreSettings database() throws IOException {
        String name = "store" + ++databases;
        run("CREATE DATABASE " + name);
        return new StoreSettings(
                "postgresql://postgres:secret@127.0.0.1:%s/%s".formatted(port, name));
    }

    void run(String sql) throws IOException {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:postgresql://127.0.0.1:%s/postgres".formatted(port),
                                "postgres",
                                "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** Where its files lie. */
    Path data() {
        return folder.resolve("data");
    }

    /** Ends it at once, as {@code pg_ctl stop -m immediate} does. */
    void crash() throws IOException, InterruptedException {
        String pid = Files.readAllLines(data().resolve("postmaster.pid")).get(0).trim();
        ProcessHandle process = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        new ProcessBuilder("kill", "-QUIT", pid).start().waitFor();
        for (int i = 0; i < 600 && process.isAlive(); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        if (process.isAlive()) {
            throw new IOException("the server does not end");
        }
        Files.deleteIfExists(data().resolve("postmaster.pid"));
    }

    /**
     * Starts it again, with the command that it was started with. What it has to do before it
     * answers depends on what was under way when it ended, and on how busy the machine is.
     */
    void restart() throws IOException, InterruptedException {
        String command = Files.readString(data().resolve("postmaster.opts")).trim();
        boolean root = System.getProperty("user.name").equals("root");
        new ProcessBuilder("sh", "-c", "exec " + (root ? "unshare -U " : "") + command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        for (int i = 0; ; i++) {
            try {
                run("SELECT 1");
                return;
            } catch (IOException e) {
                if (i == 3_600) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    private void close() {
        try {
            server.close();
        } catch (IOException e) {
            // the process ends anyway
        }
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // as above
        }
    }
}
