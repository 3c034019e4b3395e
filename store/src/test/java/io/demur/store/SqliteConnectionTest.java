package io.demur.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The statements that a connection to SQLite keeps. */
class SqliteConnectionTest {

    private static final String ADD = "INSERT INTO t (x) VALUES (?)";
    private static final String FIND = "SELECT x FROM t WHERE x = ?";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private SqliteConnection connection;

    @BeforeEach
    void open() throws SQLException, StoreFailed {
        SqliteLibrary.place();
        connection = another();
        execute("CREATE TABLE t (x UNIQUE)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private SqliteConnection another() throws SQLException {
        return SqliteConnection.open(StoreSettings.file(folder.resolve("t.db")), true);
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int add(String value) throws SQLException {
        return connection.statements().<Integer>run(ADD, PreparedStatement::executeUpdate, value);
    }

    /** Without a value it looks for nothing, which no row equals. */
    private boolean find(String... values) throws SQLException {
        return connection
                .statements()
                .<Boolean>run(
                        FIND,
                        statement -> {
                            try (ResultSet rows = statement.executeQuery()) {
                                return rows.next();
                            }
                        },
                        (Object[]) values);
    }

    private PreparedStatement used() throws SQLException {
        List<PreparedStatement> seen = new ArrayList<>();
        assertTrue(connection.statements().<Boolean>run(FIND, seen::add, "a"));
        return seen.getFirst();
    }

    @Test
    void aStatementIsUsedAgainWithOtherValues() throws Exception {
        assertEquals(1, add("a"));
        assertEquals(1, add("b"));
        assertTrue(find("a"));
        assertTrue(find("b"));
        assertTrue(!find("c"));
        assertEquals(2, connection.statements().kept());
        assertSame(used(), used());
    }

    @Test
    void noStatementKeepsTheValuesThatItRanWith() throws Exception {
        add("a");
        connection.statements().<Integer>run(ADD, PreparedStatement::executeUpdate);
        assertTrue(find("a"));
        assertTrue(!find(), "it would find what it found before");
        int empty =
                connection
                        .statements()
                        .<Integer>run(
                                "SELECT count(*) FROM t WHERE x IS NULL",
                                statement -> {
                                    try (ResultSet rows = statement.executeQuery()) {
                                        return rows.next() ? rows.getInt(1) : -1;
                                    }
                                });
        assertEquals(1, empty, "what is not given is nothing, and not what another gave");
    }

    @Test
    void aStatementThatFailedIsThrownAway() throws Exception {
        PreparedStatement first = used();
        add("a");
        assertThrows(SQLException.class, () -> add("a"));
        assertEquals(1, connection.statements().kept());
        assertThrows(
                SQLException.class,
                () ->
                        connection
                                .statements()
                                .run(
                                        FIND,
                                        statement -> {
                                            throw new SQLException("no");
                                        },
                                        "a"));
        assertEquals(0, connection.statements().kept());
        assertTrue(first.isClosed());
        assertNotSame(first, used());
        assertEquals(1, add("b"));
    }

    @Test
    void oneThatIsInUseIsNotUsedTwice() throws Exception {
        add("a");
        boolean both =
                connection
                        .statements()
                        .<Boolean>run(
                                FIND,
                                statement -> {
                                    try (ResultSet rows = statement.executeQuery()) {
                                        return !find("b") && rows.next();
                                    }
                                },
                                "a");
        assertTrue(both);
        assertEquals(2, connection.statements().kept());
    }

    @Test
    void noMoreAreKeptThanThereIsRoomFor() throws Exception {
        for (int i = 0; i < 100; i++) {
            String sql = "SELECT x + " + i + " FROM t WHERE x = ?";
            assertTrue(connection.statements().<Boolean>run(sql, statement -> true, "a"));
        }
        assertEquals(32, connection.statements().kept());
    }

    @Test
    void theyAreClosedWithTheConnection() throws Exception {
        PreparedStatement statement = used();
        connection.close();
        assertThrows(SQLException.class, statement::executeQuery);
    }

    @Test
    void theyGoOnWhenAnotherConnectionChangesTheTables() throws Exception {
        add("a");
        assertTrue(find("a"));
        try (SqliteConnection other = another();
                var statement = other.createStatement()) {
            statement.execute("ALTER TABLE t ADD COLUMN y");
            statement.execute("CREATE INDEX t_y ON t (y)");
            statement.execute("VACUUM");
        }
        assertEquals(1, add("b"));
        assertTrue(find("a"));
        assertEquals(2, connection.statements().kept());
    }
}
