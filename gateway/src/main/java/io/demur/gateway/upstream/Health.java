package io.demur.gateway.upstream;

import java.time.Duration;

/**
 * What is known of a server from what became of earlier requests. It orders the servers of a model,
 * and no more: one that is marked down is asked where no other is left. A refusal, and a request
 * that the server holds to be wrong, are answers and say that it is well.
 *
 * <p>Times are {@link System#nanoTime}. Safe for use by several threads.
 */
final class Health {

    /** How it stands with a server. */
    enum State {
        UP,
        /** It was down for as long as it was left alone; the next request is to find out. */
        DUE,
        /** It has enough to do, and said until when. */
        BUSY,
        DOWN,
        /** It does not accept our key: somebody has to look at the configuration. */
        DENIED
    }

    /** So many answers in a row have to fail: one may be the fault of what was asked. */
    static final int FAILURES_MAX = 3;

    static final Duration DOWN_MIN = Duration.ofSeconds(1);
    static final Duration DOWN_MAX = Duration.ofMinutes(1);

    private int failures;
    private int downs;
    private boolean down;
    private boolean probing;
    private boolean denied;
    private boolean busy;
    private long until;

    /** How it stands now. */
    synchronized State state(long now) {
        if (down) {
            return !probing && now - until >= 0 ? State.DUE : State.DOWN;
        }
        if (denied) {
            return State.DENIED;
        }
        if (busy && now - until < 0) {
            return State.BUSY;
        }
        return State.UP;
    }

    /** When it may be asked again, where it is down or busy. */
    synchronized long until() {
        return until;
    }

    /** It is asked: while it is down, nobody else finds out at the same time. */
    synchronized void asked() {
        probing = down;
    }

    /** It answered, whatever it said. */
    synchronized void answered() {
        failures = 0;
        downs = 0;
        down = false;
        probing = false;
        denied = false;
        busy = false;
    }

    /**
     * It failed.
     *
     * @param unreachable whether no connection could be made: then there is nothing to wait for
     */
    synchronized void failed(long now, boolean unreachable) {
        failures++;
        if (unreachable || probing || failures >= FAILURES_MAX) {
            long span = DOWN_MIN.toNanos() << Math.min(downs, 6);
            until = now + Math.min(span, DOWN_MAX.toNanos());
            downs++;
            down = true;
        }
        probing = false;
    }

    /** It has enough to do. */
    synchronized void busy(long now, Duration time) {
        probing = false;
        down = false;
        busy = true;
        until = now + time.toNanos();
    }

    /** It does not accept the key. */
    synchronized void denied() {
        probing = false;
        down = false;
        denied = true;
    }

    /** Whoever asked has gone, so nothing was learnt. */
    synchronized void unknown() {
        probing = false;
    }
}
