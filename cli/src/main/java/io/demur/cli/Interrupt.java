package io.demur.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and the polite kill: asks the work to stop, and gives it time to close its files before
 * the process ends. To be closed when the files are closed.
 */
final class Interrupt implements AutoCloseable {

    private static final long GRACE_MILLIS = 3_000;

    /** As long as an answer may take that is under way. */
    private static final Duration ANSWER_GRACE = Duration.ofMinutes(3);

    private final CountDownLatch finished = new CountDownLatch(1);
    private final long graceMillis;
    private final Runnable lastResort;
    private final Thread hook = new Thread(this::asked, "interrupt");
    private volatile boolean stop;

    private Interrupt(long graceMillis, Runnable lastResort) {
        this.graceMillis = graceMillis;
        this.lastResort = lastResort;
    }

    /**
     * Begins to listen.
     *
     * @param lastResort closes the files from another thread, where the work does not answer within
     *     {@value #GRACE_MILLIS} milliseconds, because it waits for input that does not come. It
     *     has as long again: it may wait too, for a pipe that nobody reads
     */
    static Interrupt listen(Runnable lastResort) {
        return listen(Duration.ofMillis(GRACE_MILLIS), lastResort);
    }

    /**
     * Begins to listen for work that asks a model. To be closed when all is said, too: an
     * interrupted process ends where nobody listens.
     *
     * @param err is told where what is under way takes too long
     */
    static Interrupt whileAsking(PrintWriter err) {
        return listen(ANSWER_GRACE, () -> err.println("demur: answers under way are lost"));
    }

    /**
     * Begins to listen for work that has something under way which others make it wait for.
     *
     * @param grace how long it may take to end what it has begun
     * @param lastResort what is done where it takes longer
     */
    static Interrupt listen(Duration grace, Runnable lastResort) {
        Interrupt interrupt = new Interrupt(grace.toMillis(), lastResort);
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    /** Whether the work is to stop. */
    boolean stop() {
        return stop;
    }

    private void asked() {
        stop = true;
        try {
            // the process ends when this returns
            if (!finished.await(graceMillis, TimeUnit.MILLISECONDS)) {
                Thread closing = Thread.ofPlatform().daemon().start(lastResort);
                closing.join(GRACE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finished.countDown();
        if (!stop) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyEnding) {
                // the hook has run or is running, and was let go above
            }
        }
    }
}
