package io.demur.desk;

import io.demur.store.Store;
import io.demur.store.StoreFailed;
import io.demur.store.StoreSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Empty stores, in either database. */
interface Stores extends AutoCloseable {

    /** One that was never used. */
    Store fresh(Path folder) throws StoreFailed, IOException, SQLException;

    @Override
    default void close() throws IOException {}

    /** A file each. */
    static Stores sqlite() {
        return folder -> Store.open(StoreSettings.file(folder.resolve("store.db")));
    }

    /** Databases of one server; the test is skipped where none can be started. */
    static Stores postgres() {
        List<EmbeddedPostgres> started = new ArrayList<>();
        try {
            started.add(EmbeddedPostgres.start());
        } catch (IOException | RuntimeException e) {
            System.err.println("no PostgreSQL: tests on it are skipped: " + e);
            Assumptions.abort("no PostgreSQL: " + e);
        }
        EmbeddedPostgres server = started.getFirst();
        return new Stores() {
            private int databases;

            @Override
            public Store fresh(Path folder) throws StoreFailed, SQLException {
                String name = "store" + databases++;
                try (Connection connection = server.getPostgresDatabase().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE " + name);
                }
                return Store.open(
                        new StoreSettings(
                                "postgresql://postgres:secret@127.0.0.1:%s/%s"
                                        .formatted(server.getPort(), name)));
            }

            @Override
            public void close() throws IOException {
                server.close();
            }
        };
    }
}
