package io.demur.store;

import com.zaxxer.hikari.HikariDataSource;

import io.demur.store.StoreFailed.Kind;

import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that writes. What is waiting goes into one transaction, and its callers are
 * answered once that is committed. Where anything in it fails, the transaction is undone and each
 * is tried alone, so that nobody pays for another's mistake.
 *
 * <p>So each may be done more than once: where it shared a transaction that failed, where another
 * replica was in its way, or where a server was gone before it answered to a commit that it had
 * made. Whatever is written is such that the second time changes nothing.
 */
final class Writer implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Writer.class.getName());

    private static final int WAITING_MAX = 4_096;

    /** What nobody waits for leaves room for those who do: they are few, and hold themselves up. */
    private static final int LATER_MAX = 3_072;

    private static final int BATCH_MAX = 256;

    /** How often what another replica was in the way of is tried. */
    private static final int TRIES = 5;

    /** What is done with a bare connection, outside a transaction. */
    @FunctionalInterface
    interface Outside {
        void with(Connection connection) throws SQLException, StoreFailed;
    }

    private final StoreSettings settings;
    private final HikariDataSource source;
    private final Duration often;
    private final Runnable between;
    private final BlockingQueue<Job<?>> queue = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Thread thread;
    private volatile boolean closing;

    /** Set before what is left is given up: whoever sees it unset behind an offer is answered. */
    private volatile boolean ended;

    /**
     * One that works until it is closed.
     *
     * @param often how long it waits for work at most, before it does what is between
     * @param between done behind whatever was written, and where nothing was
     */
    Writer(StoreSettings settings, HikariDataSource source, Duration often, Runnable between) {
        this.settings = settings;
        this.source = source;
        this.often = often;
        this.between = between;
        thread = Thread.ofPlatform().name("demur-store-writer").daemon(true).start(this::run);
    }

    /** One thing to be done, and who waits for it. */
    private static final class Job<T> {
        final @Nullable Work<T> work;
        final @Nullable Outside outside;
        final CompletableFuture<@Nullable T> done = new CompletableFuture<>();
        private @Nullable T result;

        Job(@Nullable Work<T> work, @Nullable Outside outside) {
            this.work = work;
            this.outside = outside;
        }

        void run(DSLContext db) throws StoreRefused, StoreFailed {
            if (work != null) {
                result = work.in(db);
            }
        }

        void complete() {
            done.complete(result);
        }
    }

    <T> T submit(Work<T> work) throws StoreFailed, StoreRefused {
        return waited(new Job<>(work, null));
    }

    void outside(Outside outside) throws StoreFailed {
        try {
            Object nothing = waited(new Job<Object>(null, outside));
            assert nothing == null;
        } catch (StoreRefused e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The same for who does not wait: whoever completes it is the thread that writes. It fails
     * sooner than others where much waits.
     */
    @SuppressWarnings("NullAway") // a work's own result, which is null only where it made it so
    <T> CompletableFuture<T> submitLater(Work<T> work) {
        Job<T> job = new Job<>(work, null);
        return queue.size() < LATER_MAX ? queued(job) : turnedAway(job, LATER_MAX);
    }

    private <T> CompletableFuture<@Nullable T> queued(Job<T> job) {
        if (closing || !queue.offer(job)) {
            return turnedAway(job, WAITING_MAX);
        }
        if (ended) {
            abandon();
        }
        return job.done;
    }

    private <T> CompletableFuture<@Nullable T> turnedAway(Job<T> job, int waiting) {
        if (closing) {
            abandon(job);
        } else {
            job.done.completeExceptionally(
                    Failures.failed(
                            Kind.LATE, settings, "%s writes are waiting".formatted(waiting), null));
        }
        return job.done;
    }

    @SuppressWarnings("NullAway") // a work's own result, which is null only where it made it so
    private <T> T waited(Job<T> job) throws StoreFailed, StoreRefused {
        try {
            return queued(job).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case StoreFailed failed -> throw failed;
                case StoreRefused refused -> throw refused;
                case RuntimeException broken -> throw broken;
                case Error broken -> throw broken;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    private void run() {
        List<Job<?>> batch = new ArrayList<>();
        try {
            work(batch);
        } finally {
            // by an error too: nobody may wait for what nobody does any more
            ended = true;
            batch.forEach(this::abandon);
            abandon();
        }
    }

    private void work(List<Job<?>> batch) {
        while (true) {
            try {
                Job<?> next = queue.poll(often.toNanos(), TimeUnit.NANOSECONDS);
                while (next != null && next != END && batch.size() < BATCH_MAX - 1) {
                    batch.add(next);
                    next = queue.poll(); // once: a look before it might not see the end come
                }
                if (next != null && next != END) {
                    batch.add(next);
                }
                write(batch);
                doBetween();
                if (next == END) {
                    break;
                }
            } catch (InterruptedException e) {
                // nobody has the thread to interrupt it: go on
            }
            batch.clear();
        }
    }

    /** Whatever goes wrong with it, others go on writing. */
    private void doBetween() {
        try {
            between.run();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.ERROR, "what is done between two writes failed", e);
        }
    }

    /** Writes those that share together, and the others one by one. */
    private void write(List<Job<?>> batch) {
        List<Job<?>> shared = batch.stream().filter(job -> job.outside == null).toList();
        Throwable failure = shared.size() > 1 ? together(shared) : null;
        if (shared.size() == 1 || failure != null) {
            boolean unknown = unknown(failure);
            shared.forEach(job -> alone(job, unknown));
        }
        batch.stream().filter(job -> job.outside != null).forEach(job -> alone(job, false));
    }

    private static boolean unknown(@Nullable Throwable failure) {
        return failure instanceof StoreFailed failed && failed.kind() == Kind.UNKNOWN;
    }

    /**
     * One of them.
     *
     * @param before whether it may have been done already, by a commit that was not answered
     */
    private void alone(Job<?> job, boolean before) {
        Throwable failure = job.outside == null ? tried(job) : bare(job.outside);
        if (failure != null) {
            job.done.completeExceptionally(
                    before && failure instanceof StoreFailed failed
                            ? Failures.unknown(failed, settings)
                            : failure);
        } else if (job.outside != null) {
            job.complete();
        }
    }

    private @Nullable Throwable tried(Job<?> job) {
        Throwable failure = together(List.of(job));
        for (int i = 1; i < TRIES && failure != null && Failures.again(failure); i++) {
            failure = together(List.of(job));
        }
        return failure;
    }

    private @Nullable Throwable bare(Outside work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(true);
            work.with(connection);
            return null;
        } catch (SQLException e) {
            return Failures.of(e, settings);
        } catch (StoreFailed | RuntimeException | Error e) {
            return e;
        }
    }

    /** One transaction. Answers all of them where it was committed, else none. */
    private @Nullable Throwable together(List<Job<?>> jobs) {
        try (Connection connection = source.getConnection()) {
            boolean sound = false;
            try {
                connection.setAutoCommit(false);
                sound = attempt(connection, jobs);
            } finally {
                if (!sound) {
                    // SQLite ends a transaction itself when a disk is full, and its driver believes
                    // in one that could not be begun: what it says of itself is not to be trusted
                    source.evictConnection(connection);
                }
            }
        } catch (SQLException | DataAccessException e) {
            return Failures.of(e, settings);
        } catch (StoreRefused | StoreFailed | RuntimeException | Error e) {
            return e;
        }
        jobs.forEach(Job::complete);
        return null;
    }

    /** Commits, or undoes all and throws. */
    private boolean attempt(Connection connection, List<Job<?>> jobs)
            throws StoreRefused, StoreFailed {
        try {
            DSLContext db = Store.dsl(connection, settings);
            for (Job<?> job : jobs) {
                job.run(db);
            }
            try {
                // commits, as JDBC says; SQLite's driver would begin another one behind a commit
                connection.setAutoCommit(true);
            } catch (SQLException e) {
                throw Failures.unknown(Failures.of(e, settings), settings);
            }
            return true;
        } catch (StoreRefused | StoreFailed | RuntimeException | Error e) {
            try {
                undo(connection);
            } catch (SQLException undone) {
                e.addSuppressed(undone);
            }
            throw e;
        }
    }

    /**
     * SQLite's driver takes a transaction for ended before the commit that may fail, and undoes
     * none then; and where it does, it begins another one, which locks the file, at once.
     */
    private void undo(Connection connection) throws SQLException {
        if (!settings.embedded()) {
            connection.rollback();
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        }
    }

    private void abandon() {
        for (Job<?> left = queue.poll(); left != null; left = queue.poll()) {
            abandon(left);
        }
    }

    private void abandon(Job<?> job) {
        job.done.completeExceptionally(
                Failures.failed(
                        Kind.BROKEN,
                        settings,
                        closing ? "it is closed" : "what writes into it was ended by an error",
                        null));
    }

    private static final Job<?> END = new Job<>(null, null);

    @Override
    public void close() {
        closing = true;
        boolean interrupted = false;
        while (true) {
            try {
                queue.put(END);
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
