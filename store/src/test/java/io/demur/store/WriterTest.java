package io.demur.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;

import io.demur.store.StoreFailed.Kind;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/** What becomes of those who wait where the thread that writes meets an error. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a join heeds no interrupt
class WriterTest {

    private static final Duration OFTEN = Duration.ofMillis(10);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private StoreSettings settings;

    @BeforeEach
    void make() throws StoreFailed {
        settings = StoreSettings.file(folder.resolve("store.db"));
        Store.open(settings).close();
    }

    @Test
    void anErrorInWhatIsBetweenEndsNothing() throws Exception {
        AtomicInteger times = new AtomicInteger();
        Runnable broken =
                () -> {
                    times.incrementAndGet();
                    throw new LinkageError("broken");
                };
        try (HikariDataSource source = Connections.pool(settings, true);
                Writer writer = new Writer(settings, source, OFTEN, broken)) {
            for (int i = 0; i < 10; i++) {
                int number = i;
                assertEquals(number, writer.<Integer>submit(db -> number));
            }
        }
        assertTrue(times.get() > 0);
    }

    /** A failure that not even its words can be had of. */
    private static final class Unsayable extends SQLException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getSQLState() {
            throw new LinkageError("broken");
        }
    }

    @Test
    void anErrorThatEndsTheThreadLeavesNobodyWaiting() throws Exception {
        try (HikariDataSource source =
                        new HikariDataSource() {
                            @Override
                            public Connection getConnection() throws SQLException {
                                throw new Unsayable();
                            }
                        };
                Writer writer = new Writer(settings, source, OFTEN, () -> {})) {
            for (int i = 0; i < 3; i++) {
                StoreFailed failed =
                        assertThrows(StoreFailed.class, () -> writer.<Integer>submit(db -> 1));
                assertEquals(Kind.BROKEN, failed.kind());
                String message = "" + failed.getMessage();
                assertTrue(message.contains("ended by an error"), message);
            }
            assertThrows(
                    CompletionException.class, () -> writer.<Integer>submitLater(db -> 1).join());
        }
    }
}
