package io.demur.gateway;

import java.util.concurrent.locks.ReentrantLock;

/**
 * When a process is killed: at so many steps of those that leave something on disk. From then on
 * each step fails, as if there were no process any more. Safe for use by several threads.
 */
final class Death {

    /** Held while something is being written, so that nobody copies half of it. */
    final ReentrantLock writing = new ReentrantLock();

    private final int at;
    private int steps;
    private boolean armed;
    private boolean dead;
    private String where = "never";

    /** What is thrown where the process is no more. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;

        Died() {
            super("the process was killed");
        }
    }

    /** At a step, counted from 1; never, where that is 0. */
    Death(int at) {
        this.at = at;
    }

    /** From here on steps count. */
    synchronized void arm() {
        armed = true;
    }

    /** From here on nobody is killed who has not been. */
    synchronized void disarm() {
        armed = false;
    }

    synchronized boolean happened() {
        return dead;
    }

    /** How many steps there were. */
    synchronized int steps() {
        return steps;
    }

    /** A step, before which or behind which the process may end. */
    synchronized void step(String what) {
        if (!dead && armed && ++steps == at) {
            dead = true;
            where = "step %d, %s".formatted(at, what);
        }
        alive();
    }

    /** Fails where the process is no more. */
    synchronized void alive() {
        if (dead) {
            throw new Died();
        }
    }

    @Override
    public synchronized String toString() {
        return where;
    }
}
