package io.demur.log;

/** The end of a thread that was told to end. */
final class Ending {

    private Ending() {}

    /**
     * Returns once it has ended, even where whoever waits is interrupted: that is kept for them.
     */
    static void of(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
