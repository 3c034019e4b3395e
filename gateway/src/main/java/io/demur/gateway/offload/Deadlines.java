package io.demur.gateway.offload;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends waits that take too long. Every exchange waits a dozen times, hardly ever in vain, and a
 * timer of its own for each wait wakes a thread that has nothing to do yet; so one thread looks at
 * all open waits every few milliseconds, and a wait that ends well costs an entry in a set. One for
 * the process, as the timers of a JVM are, and by its real time. Safe for use by several threads.
 */
public final class Deadlines {

    /** How much later than its time a wait may end. */
    private static final long LATE_MILLIS = 20;

    private static final System.Logger LOGGER = System.getLogger(Deadlines.class.getName());

    private static final Set<Deadline> OPEN = ConcurrentHashMap.newKeySet();

    private static final ScheduledExecutorService LOOK =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("demur-deadlines").factory());

    static {
        var unused =
                LOOK.scheduleWithFixedDelay(
                        Deadlines::look, LATE_MILLIS, LATE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Deadlines() {}

    /** The end of one wait; closed once that is over. Equal to no other. */
    public static final class Deadline implements AutoCloseable {
        private final long end;
        private final Runnable late;

        private Deadline(long end, Runnable late) {
            this.end = end;
            this.late = late;
        }

        @Override
        public void close() {
            OPEN.remove(this);
        }
    }

    /**
     * Says when something is late.
     *
     * @param late told once, unless it is closed before; does not block
     */
    public static Deadline in(Duration most, Runnable late) {
        Deadline deadline = new Deadline(System.nanoTime() + most.toNanos(), late);
        OPEN.add(deadline);
        return deadline;
    }

    /** What it throws would end it for ever, and every deadline with it. */
    @SuppressWarnings("CatchingUnchecked")
    private static void look() {
        try {
            long now = System.nanoTime();
            List<Deadline> due = OPEN.stream().filter(each -> now - each.end >= 0).toList();
            for (Deadline each : due) {
                if (OPEN.remove(each)) {
                    tell(each);
                }
            }
        } catch (Throwable e) {
            // no memory, mostly; those that are left are due at the next look too
        }
    }

    @SuppressWarnings("CatchingUnchecked") // whatever one does with it, the others are told
    private static void tell(Deadline each) {
        try {
            each.late.run();
        } catch (Throwable e) {
            LOGGER.log(Level.WARNING, "who was told of a deadline failed: {0}", e.toString());
        }
    }
}
