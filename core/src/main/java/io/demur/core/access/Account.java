package io.demur.core.access;

import io.demur.core.access.Admission.Exceeded;
import io.demur.core.access.Admission.Limit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** What is kept count of for one principal, or one project. Safe for use by several threads. */
final class Account {

    /** A clock that goes back by more was wrong before. */
    private static final long BACK_MAX = 60;

    private final Window requests = new Window();
    private final Window tokens = new Window();
    private long second = Long.MIN_VALUE / 2;
    private long epoch;
    private long underWay;
    private LocalDate day = LocalDate.EPOCH;
    private long spent;
    private long elsewhere;
    private long setAside;

    /** Which limit a request would exceed; nothing where it would exceed none. */
    synchronized Optional<Exceeded> exceeded(Limits limits, long estimate, Instant now) {
        to(now);
        long aMinute = limits.requestsPerMinute().orElse(Limits.MOST);
        if (requests.sum(second) + 1 > aMinute) {
            return exceeded(
                    Limit.REQUESTS_PER_MINUTE, aMinute, requests.until(second, aMinute - 1));
        }
        long atOnce = limits.concurrent().orElse(Limits.MOST);
        if (underWay + 1 > atOnce) {
            return exceeded(Limit.CONCURRENT, atOnce, Optional.empty());
        }
        long expected = Math.min(estimate, Limits.MOST);
        long tokensAMinute = limits.tokensPerMinute().orElse(Long.MAX_VALUE / 2);
        if (tokens.sum(second) + expected > tokensAMinute) {
            return exceeded(
                    Limit.TOKENS_PER_MINUTE,
                    tokensAMinute,
                    tokens.until(second, tokensAMinute - expected));
        }
        long tokensADay = limits.tokensPerDay().orElse(Long.MAX_VALUE / 2);
        if (spent + elsewhere + setAside + expected > tokensADay) {
            return exceeded(
                    Limit.TOKENS_PER_DAY,
                    tokensADay,
                    expected > tokensADay ? Optional.empty() : Optional.of(untilMidnight()));
        }
        return Optional.empty();
    }

    private static Optional<Exceeded> exceeded(Limit limit, long allowed, Optional<Duration> wait) {
        return Optional.of(new Exceeded(limit, allowed, wait));
    }

    /** Lets a request through, and sets aside what it is expected to come to. */
    synchronized Share take(long estimate, Instant now) {
        to(now);
        long expected = Math.min(estimate, Limits.MOST);
        requests.add(second, 1);
        tokens.add(second, expected);
        underWay++;
        setAside += expected;
        return new Share(epoch, second, expected);
    }

    synchronized void elsewhere(LocalDate of, long used) {
        if (of.isAfter(day)) {
            begin(of);
        }
        if (of.equals(day)) {
            elsewhere = used;
        }
    }

    /** Whether nothing would be lost: nothing under way, nothing lately, nothing today. */
    synchronized boolean isForgettable(Instant now) {
        to(now);
        return underWay == 0
                && requests.sum(second) == 0
                && tokens.sum(second) == 0
                && spent + elsewhere == 0;
    }

    private void to(Instant now) {
        long at = now.getEpochSecond();
        if (at < second - BACK_MAX) {
            requests.restart(at);
            tokens.restart(at);
            second = at;
            epoch++;
            if (today().isBefore(day)) {
                // what was used counts on: a clock that is moved gives no second budget
                day = today();
                elsewhere = 0;
            }
        }
        second = Math.max(second, at);
        LocalDate today = today();
        if (today.isAfter(day)) {
            begin(today);
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(Instant.ofEpochSecond(second), ZoneOffset.UTC);
    }

    /** What is set aside is spent on the day on which it is settled. */
    private void begin(LocalDate today) {
        day = today;
        spent = 0;
        elsewhere = 0;
    }

    private Duration untilMidnight() {
        long midnight = today().plusDays(1).toEpochDay() * Duration.ofDays(1).toSeconds();
        return Duration.ofSeconds(midnight - second);
    }

    private synchronized void settle(Share share, long used, Instant now) {
        if (share.settled) {
            return;
        }
        share.settled = true;
        to(now);
        underWay--;
        setAside -= share.expected;
        if (share.epoch == epoch) {
            tokens.takeBack(share.since, share.expected);
        }
        tokens.add(second, used);
        spent += used;
    }

    /** What was set aside for one request. */
    final class Share {
        private final long epoch;
        private final long since;
        private final long expected;
        private boolean settled;

        private Share(long epoch, long since, long expected) {
            this.epoch = epoch;
            this.since = since;
            this.expected = expected;
        }

        /** It is over, and came to this many tokens. A second time says nothing. */
        void settle(long used, Instant now) {
            Account.this.settle(this, used, now);
        }
    }
}
