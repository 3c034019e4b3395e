package io.demur.core.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.access.Admission.Admitted;
import io.demur.core.access.Admission.Exceeded;
import io.demur.core.access.Admission.Limit;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Whether callers are within their limits. */
class MeterTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    private final Meter meter = new Meter(100);

    private static OptionalLong limit(long value) {
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** Limits in the order of the record; less than 0 is none. */
    private static Caller caller(String who, long requests, long tokens, long atOnce, long day) {
        return new Caller(
                Optional.empty(),
                who,
                "other",
                Optional.empty(),
                Optional.empty(),
                Scope.ASKING,
                new Limits(limit(requests), limit(tokens), limit(atOnce), limit(day)));
    }

    /** Somebody without limits of their own, who asks for a project that has some. */
    private static Caller forAudit(String who, long requests, long day) {
        return new Caller(
                Optional.empty(),
                who,
                "other",
                Optional.of("audit"),
                Optional.empty(),
                Scope.ASKING,
                Limits.NONE,
                new Limits(limit(requests), limit(-1), limit(-1), limit(day)));
    }

    private static Lease admitted(Admission admission) {
        return assertInstanceOf(Admitted.class, admission).lease();
    }

    private static Instant at(double seconds) {
        return NOW.plus(Duration.ofMillis((long) (seconds * 1_000)));
    }

    private static Exceeded exceeded(Limit limit, long allowed, double seconds) {
        Optional<Duration> wait =
                seconds < 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis((long) (seconds * 1_000)));
        return new Exceeded(limit, allowed, wait);
    }

    @Test
    void countsRequestsOfAnySixtySeconds() {
        Caller ada = caller("ada", 3, -1, -1, -1);
        admitted(meter.admit(ada, 0, at(0)));
        admitted(meter.admit(ada, 0, at(20)));
        admitted(meter.admit(ada, 0, at(50)));
        assertEquals(exceeded(Limit.REQUESTS_PER_MINUTE, 3, 10), meter.admit(ada, 0, at(51)));
        assertEquals(exceeded(Limit.REQUESTS_PER_MINUTE, 3, 1), meter.admit(ada, 0, at(60.9)));
        admitted(meter.admit(ada, 0, at(61)));
        assertEquals(exceeded(Limit.REQUESTS_PER_MINUTE, 3, 20), meter.admit(ada, 0, at(61)));
        admitted(meter.admit(caller("bob", 3, -1, -1, -1), 0, at(61)));
    }

    @Test
    void aProjectsLimitsAreForAllWhoAskForIt() {
        Lease first = admitted(meter.admit(forAudit("ada", -1, 100), 60, at(0)));
        Admission over = meter.admit(forAudit("bob", -1, 100), 60, at(1));
        Exceeded exceeded = assertInstanceOf(Exceeded.class, over);
        assertEquals(Optional.of("audit"), exceeded.project());
        assertEquals(
                "more than 100 tokens in a day (UTC) with all keys of project `audit`",
                exceeded.words());
        first.settle(10, 5, at(2));
        admitted(meter.admit(forAudit("bob", -1, 100), 85, at(3))).settle(40, 45, at(4));
        assertInstanceOf(Exceeded.class, meter.admit(forAudit("eve", -1, 100), 1, at(5)));
        admitted(meter.admit(caller("eve", -1, -1, -1, 100), 1, at(5)));
        meter.elsewhereOfProject("screening", TODAY, 100, at(6));
        admitted(meter.admit(forAudit("eve", -1, 101), 1, at(6)));
    }

    @Test
    void whatAProjectsLimitHoldsBackCountsForNobody() {
        Caller ada = caller("ada", 1, -1, -1, -1);
        Caller forAudit =
                new Caller(
                        ada.key(),
                        "ada",
                        "other",
                        Optional.of("audit"),
                        Optional.empty(),
                        Scope.ASKING,
                        ada.limits(),
                        caller("audit", 0, -1, -1, -1).limits());
        assertInstanceOf(Exceeded.class, meter.admit(forAudit, 5, at(0)));
        admitted(meter.admit(ada, 5, at(0)));
    }

    @Test
    void aLimitOfNoneAtAllIsNeverLifted() {
        assertEquals(
                exceeded(Limit.REQUESTS_PER_MINUTE, 0, -1),
                meter.admit(caller("ada", 0, -1, -1, -1), 0, NOW));
        assertEquals(
                exceeded(Limit.TOKENS_PER_MINUTE, 10, -1),
                meter.admit(caller("ada", -1, 10, -1, -1), 11, NOW));
        assertEquals(
                exceeded(Limit.TOKENS_PER_DAY, 10, -1),
                meter.admit(caller("ada", -1, -1, -1, 10), 11, NOW));
    }

    @Test
    void setsAsideWhatWasEstimatedAndMakesItGood() {
        Caller ada = caller("ada", -1, 100, -1, 1_000);
        Lease lease = admitted(meter.admit(ada, 60, at(0)));
        assertEquals(exceeded(Limit.TOKENS_PER_MINUTE, 100, 60), meter.admit(ada, 60, at(1)));
        lease.settle(10, 5, at(2));
        Lease second = admitted(meter.admit(ada, 85, at(2)));
        second.settle(400, 400, at(3));
        assertEquals(exceeded(Limit.TOKENS_PER_MINUTE, 100, 60.0), meter.admit(ada, 1, at(4)));
        // the day has 815 of 1,000
        Lease third = admitted(meter.admit(ada, 100, at(70)));
        assertEquals(
                exceeded(Limit.TOKENS_PER_DAY, 1_000, 12 * 3_600 - 140),
                meter.admit(ada, 100, at(140)));
        third.release(at(140));
        admitted(meter.admit(ada, 100, at(140)));
    }

    @Test
    void aLeaseIsSettledOnce() {
        Caller ada = caller("ada", -1, -1, 1, 100);
        Lease lease = admitted(meter.admit(ada, 0, NOW));
        assertEquals(exceeded(Limit.CONCURRENT, 1, -1), meter.admit(ada, 0, NOW));
        lease.settle(30, 0, NOW);
        lease.settle(30, 0, NOW);
        lease.release(NOW);
        Lease next = admitted(meter.admit(ada, 70, NOW));
        assertEquals(exceeded(Limit.CONCURRENT, 1, -1), meter.admit(ada, 0, NOW));
        next.settle(-5, Long.MIN_VALUE, NOW);
        admitted(meter.admit(ada, 70, NOW));
    }

    @Test
    void aDayBeginsAtMidnightAndRemembersWhatWasUsedElsewhere() {
        Caller ada = caller("ada", -1, -1, -1, 100);
        meter.elsewhere("ada", TODAY, 90, NOW);
        assertInstanceOf(Exceeded.class, meter.admit(ada, 11, NOW));
        admitted(meter.admit(ada, 10, NOW)).settle(10, 0, NOW);
        meter.elsewhere("ada", TODAY, 80, NOW);
        admitted(meter.admit(ada, 10, NOW)).settle(10, 0, NOW);
        assertInstanceOf(Exceeded.class, meter.admit(ada, 1, NOW));
        meter.elsewhere("ada", TODAY.minusDays(1), 0, NOW);
        assertInstanceOf(Exceeded.class, meter.admit(ada, 1, NOW));
        admitted(meter.admit(ada, 100, Instant.parse("2026-11-23T00:00:00Z")));
    }

    @Test
    void aRequestThatWasRefusedCountsForNothing() {
        Caller ada = caller("ada", 1, -1, -1, -1);
        admitted(meter.admit(ada, 0, at(0)));
        for (int i = 0; i < 60; i++) {
            assertInstanceOf(Exceeded.class, meter.admit(ada, 0, at(i)));
        }
        admitted(meter.admit(ada, 0, at(61)));
    }

    @Test
    void aClockThatGoesBackGivesNothingAndOneThatWasWrongLocksNobodyOut() {
        Caller ada = caller("ada", 1, -1, -1, 100);
        admitted(meter.admit(ada, 0, at(0))).settle(100, 0, at(0));
        assertEquals(exceeded(Limit.REQUESTS_PER_MINUTE, 1, 61), meter.admit(ada, 0, at(-30)));
        // a year ahead, and then put right
        Lease ahead = admitted(meter.admit(ada, 50, at(365 * 86_400)));
        assertInstanceOf(Exceeded.class, meter.admit(ada, 0, at(100)));
        ahead.settle(1, 1, at(100));
        admitted(meter.admit(ada, 98, at(161)));
        assertInstanceOf(Exceeded.class, meter.admit(ada, 1, at(161)));
    }

    @Test
    void aClockThatIsMovedBackGivesNoSecondBudgetOfTheDay() {
        Caller ada = caller("ada", -1, -1, -1, 100);
        admitted(meter.admit(ada, 0, at(0))).settle(100, 0, at(0));
        meter.elsewhere("ada", TODAY, 7, at(0));
        assertInstanceOf(Exceeded.class, meter.admit(ada, 1, at(-2 * 3_600)));
        // as far as the day before
        assertInstanceOf(Exceeded.class, meter.admit(ada, 1, at(-86_400)));
        assertInstanceOf(Exceeded.class, meter.admit(ada, 101, at(0)));
        admitted(meter.admit(ada, 100, at(86_400)));
    }

    @Test
    void whoAskedNothingLatelyMakesRoomAndABudgetIsNotForgotten() {
        Meter small = new Meter(2);
        Caller ada = caller("ada", 5, -1, -1, 100);
        Caller bob = caller("bob", 5, -1, -1, -1);
        Caller eve = caller("eve", 5, -1, -1, -1);
        admitted(small.admit(ada, 0, at(0))).settle(100, 0, at(0));
        Lease held = admitted(small.admit(bob, 0, at(0)));
        assertEquals(
                new Exceeded(Limit.PRINCIPALS, 2, Optional.empty()), small.admit(eve, 0, at(100)));
        held.release(at(100));
        admitted(small.admit(eve, 0, at(100)));
        assertEquals(2, small.principals());
        assertInstanceOf(Exceeded.class, small.admit(ada, 1, at(101)));
    }

    private record Past(double at, long tokens) {}

    /** Against a list of all that was let through. */
    @Test
    void noSixtySecondsHoldMoreThanIsAllowedAndWhoWaitsAsToldGetsIn() {
        Property.check(
                300,
                gen -> {
                    Caller ada = caller("ada", gen.between(1, 8), gen.between(10, 80), -1, -1);
                    long requests = ada.limits().requestsPerMinute().orElseThrow();
                    long tokens = ada.limits().tokensPerMinute().orElseThrow();
                    Meter meter = new Meter(1);
                    List<Past> past = new ArrayList<>();
                    double now = 0;
                    for (int i = 0; i < 200; i++) {
                        now += gen.unit() * gen.oneOf(List.of(0.1, 3.0, 30.0));
                        long estimate = gen.between(0, 20);
                        Admission admission = meter.admit(ada, estimate, at(now));
                        if (admission instanceof Exceeded no && no.retryAfter().isPresent()) {
                            now += no.retryAfter().get().toMillis() / 1_000.0 + 0.001;
                            admission = meter.admit(ada, estimate, at(now));
                            // room for one reason may leave the other
                            if (admission instanceof Exceeded other) {
                                assertTrue(other.limit() != no.limit(), other::toString);
                                continue;
                            }
                        }
                        if (admission instanceof Admitted yes) {
                            yes.lease().settle(estimate, 0, at(now));
                            past.add(new Past(now, estimate));
                        }
                        double from = now - 60;
                        List<Past> lately = past.stream().filter(p -> p.at() > from).toList();
                        assertTrue(lately.size() <= requests, "requests");
                        assertTrue(
                                lately.stream().mapToLong(Past::tokens).sum() <= tokens, "tokens");
                    }
                    assertTrue(!past.isEmpty() || tokens < 20);
                });
    }

    /** Whatever happens in whatever order, nothing is left over in the end. */
    @Test
    void whatIsSettledLeavesNothingBehind() {
        Property.check(
                300,
                gen -> {
                    Caller ada = caller("ada", -1, -1, 5, 1_000);
                    Meter meter = new Meter(1);
                    List<Lease> open = new ArrayList<>();
                    long used = 0;
                    double now = 0;
                    for (int i = 0; i < 100; i++) {
                        now += gen.unit();
                        if (meter.admit(ada, gen.between(0, 30), at(now)) instanceof Admitted yes) {
                            open.add(yes.lease());
                        }
                        assertTrue(open.size() <= 5);
                        if (!open.isEmpty() && gen.oneIn(2)) {
                            used += end(open.removeFirst(), gen, now);
                        }
                    }
                    for (Lease lease : open) {
                        used += end(lease, gen, now);
                    }
                    long left = 1_000 - used;
                    if (left >= 0) {
                        admitted(meter.admit(ada, left, at(now))).release(at(now));
                    }
                    assertInstanceOf(
                            Exceeded.class, meter.admit(ada, Math.max(0, left) + 1, at(now)));
                });
    }

    private static long end(Lease lease, Gen gen, double now) {
        if (gen.oneIn(4)) {
            lease.release(at(now));
            return 0;
        }
        int in = gen.between(0, 40);
        lease.settle(in, 0, at(now));
        return in;
    }

    @Test
    void manyThreadsTogetherGetNoMoreThanOne() throws Exception {
        Caller ada = caller("ada", 500, -1, 4, -1);
        AtomicInteger through = new AtomicInteger();
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(8);
        for (int thread = 0; thread < 8; thread++) {
            Thread.ofPlatform()
                    .start(
                            () -> {
                                for (int i = 0; i < 2_000; i++) {
                                    if (meter.admit(ada, 1, NOW) instanceof Admitted yes) {
                                        through.incrementAndGet();
                                        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                                        atOnce.decrementAndGet();
                                        yes.lease().settle(1, 0, NOW);
                                    }
                                }
                                done.countDown();
                            });
        }
        done.await();
        assertEquals(500, through.get());
        assertTrue(most.get() <= 4, most::toString);
    }
}
