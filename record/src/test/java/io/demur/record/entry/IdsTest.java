package io.demur.record.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Ids of version 7: their form, their time and their order. */
class IdsTest {

    private static final long NOW = Instant.parse("2026-11-21T12:00:00.123Z").toEpochMilli();

    private final AtomicLong millis = new AtomicLong(NOW);
    private final Ids ids =
            new Ids(() -> Instant.ofEpochMilli(millis.get()), new SplittableRandom(1));

    @Test
    void haveTheFormOfTheRfc() {
        String id = ids.next("att");
        UUID uuid = UUID.fromString(id.substring(4));
        assertEquals(7, uuid.version());
        assertEquals(2, uuid.variant());
        assertEquals(id, "att_" + uuid);
        assertEquals(NOW, Ids.timeOf(id).toEpochMilli());
        assertTrue(Ids.isId("att", id));
        assertFalse(Ids.isId("case", id));
    }

    @Test
    void whatIsNoIdIsKnown() {
        String id = ids.next("att");
        for (String no :
                List.of(
                        "",
                        "att_",
                        id.substring(4),
                        id + "0",
                        id.toUpperCase(Locale.ROOT),
                        id.replace("-7", "-4"),
                        "att-" + id.substring(4),
                        id.substring(0, 39) + "g",
                        "att_" + UUID.randomUUID())) {
            assertFalse(Ids.isId("att", no), no);
        }
        assertThrows(IllegalArgumentException.class, () -> Ids.timeOf("att"));
    }

    @Test
    void growEvenWhereTheClockStandsOrGoesBack() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            made.add(ids.next("att"));
            if (i == 10_000) {
                millis.addAndGet(-5_000);
            }
        }
        for (int i = 1; i < made.size(); i++) {
            assertTrue(made.get(i).compareTo(made.get(i - 1)) > 0, made.get(i));
        }
    }

    @Test
    void areAllDifferentHoweverManyThreadsAsk() throws Exception {
        Ids shared = new Ids(() -> Instant.ofEpochMilli(NOW), new SecureRandom());
        Set<String> seen = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        for (int k = 0; k < 2_000; k++) {
                                            seen.add(shared.next("att"));
                                        }
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(16_000, new HashSet<>(seen).size());
    }
}
