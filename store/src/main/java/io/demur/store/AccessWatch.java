package io.demur.store;

import io.demur.core.access.Authentication;
import io.demur.core.access.Authentication.Rejected;
import io.demur.core.access.Authentication.Why;
import io.demur.core.access.Meter;
import io.demur.core.access.Roster;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps in memory who has which key, for a process that asks it all the time: one thread looks
 * several times a second whether anything has changed, in this process or another, writes into the
 * log what waits for it, and writes down what was used.
 *
 * <p>Where the store cannot be asked for too long, nobody is let in: a key may have been revoked
 * meanwhile. Safe for use by several threads, virtual ones included: nothing that is asked here
 * waits for anything.
 */
public final class AccessWatch implements AutoCloseable {

    /** How often it looks: a revocation has to bite within a second. */
    public static final Duration EVERY = Duration.ofMillis(250);

    /** How long it goes on without the store. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How often what was used is written and read, in looks. */
    private static final int USAGE_EVERY = 8;

    private static final System.Logger LOGGER = System.getLogger(AccessWatch.class.getName());

    private final AccessBook book;
    private final List<Pending> others;
    private final Spending spending;
    private final Meter meter;
    private final EntryWriter log;
    private final InstantSource clock;
    private final Settings settings;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Roster roster;
    private volatile long seenNanos;
    private volatile String trouble = "";
    private volatile String unwrittenUsage = "";
    private volatile int pending;

    /**
     * How often it looks.
     *
     * @param patience how long it goes on without the store
     */
    public record Settings(Duration every, Duration patience) {
        public static final Settings USUAL = new Settings(EVERY, PATIENCE);
    }

    /**
     * Begins to watch. What was changed so far is known when this returns.
     *
     * @param meter told what was used elsewhere
     * @param log takes what waits for it; it comes back in any case, if only to say that it could
     *     not: as long as it does not, nothing is looked at
     */
    public AccessWatch(
            AccessBook book,
            Spending spending,
            Meter meter,
            EntryWriter log,
            InstantSource clock,
            Settings settings)
            throws StoreFailed {
        this(book, List.of(), spending, meter, log, clock, settings);
    }

    /**
     * The same, and writes into the log what waits for it elsewhere.
     *
     * @param others where something may wait
     */
    public AccessWatch(
            AccessBook book,
            List<Pending> others,
            Spending spending,
            Meter meter,
            EntryWriter log,
            InstantSource clock,
            Settings settings)
            throws StoreFailed {
        this.book = book;
        this.others = List.copyOf(others);
        this.spending = spending;
        this.meter = meter;
        this.log = log;
        this.clock = clock;
        this.settings = settings;
        troubled(publish());
        pending = waiting();
        roster = book.roster();
        seenNanos = System.nanoTime();
        usage(clock.instant());
        thread = Thread.ofPlatform().name("demur-access").daemon(true).start(this::run);
    }

    /** Says who has a key: {@link Roster#authenticate}, unless it has not been looked at lately. */
    public Authentication authenticate(String text, Instant now) {
        return isStale()
                ? new Rejected(Why.STALE, Optional.empty())
                : roster.authenticate(text, now);
    }

    /** Who has which key, as it was known last. */
    public Roster roster() {
        return roster;
    }

    /** Whether the store could not be asked for so long that nobody is let in. */
    public boolean isStale() {
        return System.nanoTime() - seenNanos > settings.patience().toNanos();
    }

    /** What went wrong the last time, in words; empty where nothing did. */
    public String trouble() {
        return trouble.isEmpty() ? unwrittenUsage : trouble;
    }

    /** How much waited for the log when it was looked last, changes of access and the rest. */
    public int pending() {
        return pending;
    }

    private int waiting() throws StoreFailed {
        int waiting = book.pending();
        for (Pending other : others) {
            waiting += other.pending();
        }
        return waiting;
    }

    private void run() {
        try {
            for (long look = 1;
                    !closing.await(settings.every().toNanos(), TimeUnit.NANOSECONDS); ) {
                look(look++);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(long number) {
        try {
            // before it waits for the log: a revocation waits for nothing
            refresh();
            pending = waiting();
            String unwritten = publish();
            refresh();
            pending = waiting();
            troubled(unwritten);
        } catch (StoreFailed | RuntimeException | Error e) {
            // nobody looks in the place of this thread: it says so, and looks again
            troubled(words(e));
        }
        if (number % USAGE_EVERY == 0) {
            // whatever became of the rest: budgets go by it
            try {
                usage(clock.instant());
                uncounted("");
            } catch (StoreFailed | RuntimeException | Error e) {
                uncounted(words(e));
            }
        }
    }

    private static String words(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getName() : message;
    }

    /** Says what is wrong once, not at every look; no names, keys or reasons are in it. */
    private void troubled(String now) {
        say("who may ask", trouble, now);
        trouble = now;
    }

    private void uncounted(String now) {
        say("what was used", unwrittenUsage, now);
        unwrittenUsage = now;
    }

    private static void say(String what, String before, String now) {
        if (!now.equals(before)) {
            LOGGER.log(
                    now.isEmpty() ? Level.INFO : Level.WARNING,
                    "%s: %s".formatted(what, now.isEmpty() ? "all is well again" : now));
        }
    }

    private void refresh() throws StoreFailed {
        long asked = System.nanoTime();
        if (book.version() != roster.version()) {
            roster = book.roster();
        }
        seenNanos = asked;
    }

    /** One that cannot be written keeps the others from nothing; what is wrong, in words. */
    private String publish() {
        Set<String> unwritten = new LinkedHashSet<>();
        publish(book, unwritten);
        others.forEach(other -> publish(other, unwritten));
        return String.join("; ", unwritten);
    }

    private void publish(Pending what, Set<String> unwritten) {
        try {
            int written = what.publish(log);
            assert written >= 0;
        } catch (IOException e) {
            unwritten.add("changes wait for the log: " + e.getMessage());
        } catch (StoreFailed | RuntimeException | Error e) {
            unwritten.add(words(e));
        }
    }

    private void usage(Instant now) throws StoreFailed {
        spending.flush(now);
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        spending.elsewhere(day)
                .forEach((principal, tokens) -> meter.elsewhere(principal, day, tokens, now));
        spending.elsewhereForProjects(day)
                .forEach((project, tokens) -> meter.elsewhereOfProject(project, day, tokens, now));
    }

    /** Writes down what was used, and lets go. */
    @Override
    public void close() {
        closing.countDown();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        try {
            spending.flush(clock.instant());
        } catch (StoreFailed e) {
            uncounted(String.valueOf(e.getMessage()));
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
