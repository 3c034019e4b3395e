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
        /** It was left alone for as long as it should be; the next request is to find out. */
        DUE,
        /** It has enough to do, and said until when. */
        BUSY,
        DOWN,
        /** It did not accept our key a moment ago: somebody has to look at the configuration. */
        DENIED
    }

    /** So many answers in a row have to fail: one may be the fault of what was asked. */
    static final int FAILURES_MAX = 3;

    static final Duration DOWN_MIN = Duration.ofSeconds(1);
    static final Duration DOWN_MAX = Duration.ofMinutes(1);

    static final Duration DENIED_FOR = Duration.ofMinutes(1);

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
            return !probing && now - until >= 0 ? State.DUE : State.DENIED;
        }
        if (busy && now - until < 0) {
            return State.BUSY;
        }
        return State.UP;
    }

    /** Whether the last that it said of our key is that it does not accept it. */
    synchronized boolean isDenied() {
        return denied && !down;
    }

    /** When it may be asked again, where it is down, busy or denied. */
    synchronized long until() {
        return until;
    }

    /** It is asked: while it is down or denied, nobody else finds out at the same time. */
    synchronized void asked() {
        probing = down || denied;
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
            denied = false;
        }
        probing = false;
    }

    /** It has enough to do. */
    synchronized void busy(long now, Duration time) {
        probing = false;
        down = false;
        denied = false;
        busy = true;
        until = now + time.toNanos();
    }

    /** It does not accept the key; in a while it may, without anybody here being told. */
    synchronized void denied(long now) {
        probing = false;
        down = false;
        denied = true;
        until = now + DENIED_FOR.toNanos();
    }

    /** Whoever asked has gone, so nothing was learnt. */
    synchronized void unknown() {
        probing = false;
    }
}
