package io.demur.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.keys.SubjectKey;

import org.junit.jupiter.api.Test;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** How long keys are held, and what becomes of them. */
class HeldKeysTest {

    private static final long TIME = HeldKeys.TIME.toNanos();

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // it may run over
    private final HeldKeys keys = new HeldKeys(nanos::get);
    private final SubjectKey ada = SubjectKey.random(new SecureRandom());

    private void hold(String subject) {
        keys.hold(subject, "epoch-1", ada, keys.moment());
    }

    private boolean isHeld(String subject) {
        return keys.key(subject, "epoch-1").isPresent();
    }

    private SubjectKey own(String subject) {
        return keys.own(subject).orElseThrow();
    }

    private static void isDestroyed(SubjectKey key) {
        assertThrows(IllegalStateException.class, key::bytes);
    }

    @Test
    void everybodyIsGivenACopyOfTheirOwn() {
        byte[] bytes = ada.bytes();
        hold("ada");
        ada.destroy();
        keys.key("ada", "epoch-1").orElseThrow().destroy();
        assertArrayEquals(bytes, keys.key("ada", "epoch-1").orElseThrow().bytes());
        assertEquals(Optional.empty(), keys.key("bob", "epoch-1"));
    }

    @Test
    void aKeyIsHeldUntilItsTimeIsOverHoweverOftenItIsUsed() {
        hold("ada");
        nanos.addAndGet(TIME - 1);
        assertTrue(isHeld("ada"));
        nanos.addAndGet(1);
        assertEquals(1, keys.size());
        SubjectKey over = own("ada");
        keys.sweep();
        assertEquals(0, keys.size());
        isDestroyed(over);
        assertTrue(!isHeld("ada"));
    }

    @Test
    void whoeverAsksForAnotherKeySweepsThisOne() {
        hold("ada");
        SubjectKey over = own("ada");
        nanos.addAndGet(TIME);
        assertTrue(!isHeld("bob"));
        assertEquals(0, keys.size());
        isDestroyed(over);
    }

    @Test
    void itsTimeBeginsBeforeItWasRead() {
        HeldKeys.Moment before = keys.moment();
        nanos.addAndGet(TIME);
        keys.hold("ada", "epoch-1", ada, before);
        assertEquals(0, keys.size());
    }

    @Test
    void whatWasReadBeforeAnErasureIsNotHeldBehindIt() {
        HeldKeys.Moment before = keys.moment();
        keys.drop("ada");
        keys.hold("ada", "epoch-1", ada, before);
        assertEquals(0, keys.size());
        HeldKeys.Moment then = keys.moment();
        keys.dropAll();
        keys.hold("ada", "epoch-1", ada, then);
        assertEquals(0, keys.size());
    }

    @Test
    void anErasureTakesTheKeyOfOne() {
        hold("ada");
        hold("bob");
        SubjectKey erased = own("ada");
        keys.drop("ada");
        assertTrue(!isHeld("ada"));
        assertTrue(isHeld("bob"));
        isDestroyed(erased);
    }

    @Test
    void aWrappingAnewTakesThemAll() {
        hold("ada");
        hold("bob");
        List<SubjectKey> both = List.of(own("ada"), own("bob"));
        keys.dropAll();
        assertEquals(0, keys.size());
        both.forEach(HeldKeysTest::isDestroyed);
    }

    @Test
    void anotherEpochTakesThemAll() {
        hold("ada");
        hold("bob");
        List<SubjectKey> both = List.of(own("ada"), own("bob"));
        assertEquals(Optional.empty(), keys.key("ada", "epoch-2"));
        assertEquals(0, keys.size());
        both.forEach(HeldKeysTest::isDestroyed);
    }

    @Test
    void noMoreAreHeldThanThereIsRoomFor() {
        for (int i = 0; i < HeldKeys.MAX; i++) {
            hold("sub_" + i);
        }
        SubjectKey first = own("sub_0");
        hold("sub_" + HeldKeys.MAX);
        isDestroyed(first);
        assertEquals(HeldKeys.MAX, keys.size());
        assertTrue(!isHeld("sub_0"), "the one that was held longest goes");
        assertTrue(isHeld("sub_" + HeldKeys.MAX));
        SubjectKey before = own("sub_1");
        hold("sub_1");
        isDestroyed(before);
        assertEquals(HeldKeys.MAX, keys.size());
        assertTrue(isHeld("sub_2"), "one that is there already takes nobody's room");
    }

    @Test
    void noneIsHeldOnceItIsClosed() {
        hold("ada");
        SubjectKey last = own("ada");
        keys.close();
        assertEquals(0, keys.size());
        isDestroyed(last);
        hold("ada");
        assertEquals(0, keys.size());
    }
}
