package io.demur.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a process that serves come to its end in order: what asks it to stop (a kill that can be
 * answered, an interrupt) waits until everything is closed, though not for ever.
 */
final class Stopping implements AutoCloseable {

    private static final long MOST_SECONDS = 60;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("demur-stop").unstarted(this::askAndWait);

    private Stopping() {}

    /** Begins to listen. */
    static Stopping listen() {
        Stopping stopping = new Stopping();
        Runtime.getRuntime().addShutdownHook(stopping.hook);
        return stopping;
    }

    /** Waits until the process is asked to stop. */
    void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            // that is how it was asked; what is closed now is to come to its end undisturbed
        }
    }

    private void askAndWait() {
        asked.countDown();
        try {
            // the process ends when this returns
            boolean inOrder = closed.await(MOST_SECONDS, TimeUnit.SECONDS);
            assert inOrder : "cut off";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** To be called when everything is closed. */
    @Override
    public void close() {
        closed.countDown();
        if (asked.getCount() > 0) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyEnding) {
                // the hook runs, and was let go above
            }
        }
    }
}
