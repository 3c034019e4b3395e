package io.demur.eval.run;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much is asked at once: a little more with every answer, half as much once the target says
 * that it is too much (additive increase and multiplicative decrease: Chiu and Jain 1989). Safe for
 * use by several threads.
 */
public final class Pace {

    private static final int FIRST = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final int most;
    private double limit;
    private int underWay;
    private long slowedAt = System.nanoTime();

    /**
     * @param most never more than this at once, at least 1
     */
    public Pace(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("`%d` at once is nothing".formatted(most));
        }
        this.most = most;
        this.limit = Math.min(most, FIRST);
    }

    /** Waits for a place. */
    void enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (underWay >= (int) limit) {
                room.await();
            }
            underWay++;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the place back. */
    void leave() {
        lock.lock();
        try {
            underWay--;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nobody has a place. */
    void awaitNone() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (underWay > 0) {
                room.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** An answer came. */
    void answered() {
        lock.lock();
        try {
            limit = Math.min(most, limit + 1 / limit);
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The target has too much to do. What was asked before the last time that this was said was
     * asked at the former pace, and says nothing of the present one.
     *
     * @param asked when, by {@code nanoTime}
     */
    void tooMuch(long asked) {
        lock.lock();
        try {
            if (asked - slowedAt >= 0) {
                limit = Math.max(1, limit / 2);
                slowedAt = System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How much may be asked at once now. */
    public int atOnce() {
        lock.lock();
        try {
            return (int) limit;
        } finally {
            lock.unlock();
        }
    }
}
