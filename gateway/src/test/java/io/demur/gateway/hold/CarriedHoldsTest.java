package io.demur.gateway.hold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Whose holds are looked up, over a store that answers when a test says so. */
class CarriedHoldsTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant LATER = NOON.plus(Duration.ofSeconds(11));
    private static final Instant STILL_LATER = LATER.plus(Duration.ofSeconds(11));

    private final List<CompletableFuture<Set<String>>> asked = new ArrayList<>();
    private final CarriedHolds holds =
            new CarriedHolds(
                    () -> {
                        asked.add(new CompletableFuture<>());
                        return asked.getLast();
                    });

    private void answers(int nr, String... principals) {
        assertTrue(asked.get(nr).complete(Set.of(principals)));
    }

    private void fails(int nr) {
        assertTrue(asked.get(nr).completeExceptionally(new IllegalStateException("no store")));
    }

    /** What is known at once. */
    private Set<String> known(Instant now) {
        CompletableFuture<Set<String>> principals = holds.principals(now);
        assertTrue(principals.isDone(), "it waits");
        return principals.join();
    }

    private static void failed(CompletableFuture<Set<String>> principals) {
        assertTrue(principals.isDone(), "it waits");
        assertThrows(CompletionException.class, principals::join);
    }

    @Test
    void whoeverAsksFirstWaitsForTheStoreAndNobodyAsksItTwice() {
        CompletableFuture<Set<String>> one = holds.principals(NOON);
        CompletableFuture<Set<String>> other = holds.principals(NOON);
        assertFalse(one.isDone() || other.isDone());
        answers(0, "ann");
        assertEquals(Set.of("ann"), one.join());
        assertEquals(Set.of("ann"), other.join());
        assertEquals(Set.of("ann"), known(NOON));
        assertEquals(1, asked.size());
    }

    @Test
    void afterAStartAStoreThatFailsSaysOfNobodyThatNothingIsHeld() {
        CompletableFuture<Set<String>> first = holds.principals(NOON);
        fails(0);
        failed(first);
        CompletableFuture<Set<String>> second = holds.principals(NOON);
        assertFalse(second.isDone(), "it is asked again at once");
        answers(1, "ann");
        assertEquals(Set.of("ann"), second.join());
    }

    @Test
    void whatIsOldIsReadAnewBehindWhoeverAsksAndStandsWhereThatFails() {
        var unused = holds.principals(NOON);
        answers(0, "ann");
        assertEquals(Set.of("ann"), known(LATER));
        fails(1);
        assertEquals(Set.of("ann"), known(LATER));
        assertEquals(2, asked.size(), "a store that fails is left in peace for a while");
        assertEquals(Set.of("ann"), known(STILL_LATER));
        answers(2, "bob");
        assertEquals(Set.of("bob"), known(STILL_LATER));
    }

    @Test
    void whatIsKnownStandsAMinuteAgainstAStoreThatFailsAndNoLonger() {
        var unused = holds.principals(NOON);
        answers(0, "ann");
        Instant last = NOON.plus(CarriedHolds.BELIEVED);
        assertEquals(Set.of("ann"), known(last));
        fails(1);
        CompletableFuture<Set<String>> late = holds.principals(last.plusSeconds(1));
        assertFalse(late.isDone(), "it is asked again");
        fails(2);
        failed(late);
        CompletableFuture<Set<String>> later = holds.principals(last.plusSeconds(2));
        answers(3, "bob");
        assertEquals(Set.of("bob"), later.join());
        assertEquals(Set.of("bob"), known(last.plusSeconds(2)));
    }

    @Test
    void onceThisProcessHoldsOneMoreWhatIsKnownCountsNoMore() {
        var unused = holds.principals(NOON);
        answers(0);
        assertEquals(Set.of(), known(NOON));
        holds.more();
        CompletableFuture<Set<String>> next = holds.principals(NOON);
        assertFalse(next.isDone());
        fails(1);
        failed(next);
        CompletableFuture<Set<String>> again = holds.principals(NOON);
        answers(2, "ann");
        assertEquals(Set.of("ann"), again.join());
        assertEquals(Set.of("ann"), known(NOON));
    }

    @Test
    void whatWasBegunBeforeAHoldSaysNothingOfIt() {
        CompletableFuture<Set<String>> before = holds.principals(NOON);
        holds.more();
        CompletableFuture<Set<String>> after = holds.principals(NOON);
        assertEquals(2, asked.size());
        answers(0);
        assertEquals(Set.of(), before.join(), "who asked before is told what was so then");
        assertFalse(holds.principals(NOON).isDone());
        assertEquals(2, asked.size());
        answers(1, "ann");
        assertEquals(Set.of("ann"), after.join());
        assertEquals(Set.of("ann"), known(NOON));
    }

    @Test
    void whatIsAnsweredLateTakesNothingBack() {
        var unused = holds.principals(NOON);
        holds.more();
        var unusedToo = holds.principals(NOON);
        answers(1, "ann");
        answers(0);
        assertEquals(Set.of("ann"), known(NOON));
    }
}
