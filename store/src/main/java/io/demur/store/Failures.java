package io.demur.store;

import io.demur.store.StoreFailed.Kind;

import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Locale;

/** Says in words what a database means by its error. */
final class Failures {

    private Failures() {}

    /** What is said of anything that went wrong while a store was used. */
    static StoreFailed of(Throwable thrown, StoreSettings settings) {
        SQLException sql = sql(thrown);
        if (sql == null) {
            return new StoreFailed(Kind.BROKEN, said(settings, "" + thrown), thrown);
        }
        if (sql instanceof SQLiteException sqlite) {
            return sqlite(sqlite, settings);
        }
        return server(sql, settings);
    }

    private static @Nullable SQLException sql(Throwable thrown) {
        SQLException found = null;
        // the pool says only that it waited; its cause says for what
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && (found == null || sql.getSQLState() != null)) {
                found = sql;
            }
            if (at instanceof SQLiteException) {
                return (SQLException) at;
            }
        }
        return found;
    }

    private static StoreFailed sqlite(SQLiteException e, StoreSettings settings) {
        String message = "" + e.getMessage();
        // the low byte of a result code is its kind, the rest says more exactly where
        return switch (e.getResultCode().code & 0xff) {
            case 5, 6 ->
                    failed(
                            Kind.LOCKED,
                            settings,
                            "locked by %s for more than %s ms"
                                    .formatted(
                                            LockHolders.of(settings.path()),
                                            settings.patience().toMillis()),
                            e);
            case 13 -> failed(Kind.FULL, settings, "the disk is full, nothing was written", e);
            case 3, 8, 23 ->
                    failed(
                            Kind.DENIED,
                            settings,
                            "it cannot be written to: file and folder must be writable by user `%s`"
                                    .formatted(System.getProperty("user.name")),
                            e);
            case 14 ->
                    failed(
                            Kind.DENIED,
                            settings,
                            "it cannot be opened: file and folder must be readable and writable by"
                                    + " user `%s`".formatted(System.getProperty("user.name")),
                            e);
            case 11 ->
                    failed(
                            Kind.DAMAGED,
                            settings,
                            "the file is damaged: put it aside, restore a backup, and rebuild it"
                                    + " from the log (`demur store rebuild`)",
                            e);
            case 26 -> failed(Kind.NOT_A_STORE, settings, "the file is not a database", e);
            case 9 -> failed(Kind.LATE, settings, "it was interrupted", e);
            default -> failed(Kind.BROKEN, settings, message, e);
        };
    }

    private static StoreFailed server(SQLException e, StoreSettings settings) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String message = ("" + e.getMessage()).lines().findFirst().orElse("");
        if (state.startsWith("08") || state.startsWith("57P")) {
            return failed(
                    Kind.UNREACHABLE, settings, "the server does not answer: " + plain(message), e);
        }
        return switch (state) {
            case "28000", "28P01" ->
                    failed(Kind.DENIED, settings, "the server knows no such user or password", e);
            case "42501" -> failed(Kind.DENIED, settings, plain(message), e);
            case "3D000" -> failed(Kind.MISSING, settings, plain(message), e);
            case "53100" ->
                    failed(
                            Kind.FULL,
                            settings,
                            "the server's disk is full, nothing was written",
                            e);
            case "53300" ->
                    failed(Kind.UNREACHABLE, settings, "the server has no connection left", e);
            case "55P03", "40P01", "40001" ->
                    failed(Kind.LOCKED, settings, "locked by another connection", e);
            case "57014" ->
                    failed(
                            Kind.LATE,
                            settings,
                            "no answer within %s ms".formatted(settings.statement().toMillis()),
                            e);
            case "XX001", "XX002" -> failed(Kind.DAMAGED, settings, plain(message), e);
            case "42P01", "42703" ->
                    failed(Kind.NOT_A_STORE, settings, "not a store: " + plain(message), e);
            default ->
                    e instanceof SQLTimeoutException
                                    || e.getClass().getName().contains("SQLTransient")
                            ? failed(
                                    Kind.UNREACHABLE,
                                    settings,
                                    "no connection within %s ms"
                                            .formatted(settings.patience().toMillis()),
                                    e)
                            : failed(Kind.BROKEN, settings, plain(message), e);
        };
    }

    private static String plain(String message) {
        String bare = message.replaceFirst("^(FATAL|ERROR): ", "").replaceFirst("\\.$", "");
        return bare.isEmpty()
                ? "no reason given"
                : bare.substring(0, 1).toLowerCase(Locale.ROOT) + bare.substring(1);
    }

    static StoreFailed failed(
            Kind kind, StoreSettings settings, String what, @Nullable Throwable cause) {
        return new StoreFailed(kind, said(settings, what), cause);
    }

    /** The same of what went wrong while a transaction was committed: it may be done. */
    static StoreFailed unknown(StoreFailed failed, StoreSettings settings) {
        return switch (failed.kind()) {
            case UNREACHABLE, LATE, BROKEN ->
                    new StoreFailed(
                            Kind.UNKNOWN,
                            failed.getMessage()
                                    + "; whether it was kept is not known, and to do it again does"
                                    + " no harm",
                            failed);
            case LOCKED, FULL, DENIED, MISSING, NOT_A_STORE, DAMAGED, NEWER, UNKNOWN, DISAGREES ->
                    failed;
        };
    }

    /** Whether another transaction was in the way, and the same may work when it is tried again. */
    static boolean again(Throwable failure) {
        SQLException sql = sql(failure);
        if (sql == null || sql instanceof SQLiteException) {
            return false;
        }
        String state = "" + sql.getSQLState();
        return state.equals("40001") || state.equals("40P01") || state.equals("23505");
    }

    private static String said(StoreSettings settings, String what) {
        return "store `%s`: %s".formatted(settings.shown(), settings.masked(what));
    }
}
