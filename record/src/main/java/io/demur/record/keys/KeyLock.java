package io.demur.record.keys;

import io.demur.log.journal.Claim;
import io.demur.log.journal.Claimed;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Whoever changes keys has this, so that no two processes do at once: one would destroy what the
 * other is writing. May be taken several times over. Safe for use by several threads of one
 * process, which share it.
 */
final class KeyLock {

    /** How long to wait for another who changes keys: longer than a log takes to open. */
    static final Duration WAIT = Duration.ofSeconds(10);

    private static final int PAUSE_MILLIS = 20;

    private final Path file;
    private @Nullable Claim claim;
    private int depth;

    KeyLock(Path file) {
        this.file = file;
    }

    /**
     * Takes it, and waits for it where another has it.
     *
     * @return whether it was not held before
     * @throws IOException where another keeps it for longer than that
     */
    synchronized boolean take(Duration wait) throws IOException {
        long end = System.nanoTime() + wait.toNanos();
        while (depth == 0) {
            try {
                claim = Claim.on(file);
                depth = 1;
                return true;
            } catch (Claimed e) {
                if (System.nanoTime() - end >= 0) {
                    throw new IOException(
                            "`%s`: %s is changing the keys; try again once it has ended"
                                    .formatted(file, e.getMessage()),
                            e);
                }
                pause();
            }
        }
        depth++;
        return false;
    }

    /** Lets go of it, as often as it was taken. */
    synchronized void leave() throws IOException {
        depth--;
        Claim held = claim;
        if (depth == 0 && held != null) {
            claim = null;
            held.release(true);
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another changes the keys", e);
        }
    }
}
