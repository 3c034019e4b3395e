package io.demur.core.memory;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.demur.core.Role;
import io.demur.core.policy.Context;
import io.demur.testkit.asked.Asked;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Prints what a request costs; asserts nothing about time. */
class CostTest {

    private static final int ROUNDS = 1000;
    private static final int WARM_UP = 500;
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Asker GROUNDS = Asker.of(Context.PLAIN, "");
    private static final MemoryKey KEY = MemoryKey.of(new byte[32]);

    @Test
    void printsWhatARequestCosts() {
        assumeTrue(Boolean.getBoolean("thorough"), "timing is printed with -Dthorough=true");
        RefusalMemory memory = new RefusalMemory(KEY, Bounds.USUAL);
        List<String> asked = Asked.corpus("harmful", 0);
        for (int i = 0; i < Bounds.USUAL.perPrincipalMax(); i++) {
            memory.remember(
                    Whose.of("full"), asked.get(i), "att_" + i, Optional.empty(), GROUNDS, NOON);
        }
        System.out.println("| one principal's memory | " + memory.weight() + " bytes |");
        String text = String.join(" ", Asked.corpus("benign", 0));
        for (int length : new int[] {150, 1000, 8000, 100_000}) {
            for (String who : List.of("empty", "full")) {
                int rounds = who.equals("full") ? ROUNDS * 150 / length + 50 : ROUNDS;
                long[] nanos = new long[rounds];
                for (int i = -WARM_UP; i < rounds; i++) {
                    int from = (i + WARM_UP) * 97 % (text.length() - length);
                    String one = text.substring(from, from + length);
                    long start = System.nanoTime();
                    Recognition found = memory.recall(Whose.of(who), one, GROUNDS, NOON);
                    nanos[Math.max(0, i)] = System.nanoTime() - start;
                    assertTrue(found.reading().length() <= length + 8);
                }
                print("recall, %s memory, %d characters".formatted(who, length), nanos);
            }
        }
        follow(text.substring(0, 400_000));
    }

    private static void follow(String text) {
        Conversations<Integer> conversations = new Conversations<>(KEY, 1000);
        List<Turn> messages = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            messages.add(
                    new Turn(
                            i % 2 == 0 ? Role.USER : Role.ASSISTANT,
                            text.substring(i * 4000, i * 4000 + 4000),
                            List.of()));
        }
        long[] nanos = new long[40];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            assertTrue(conversations.follow("p", messages).verified() == 0);
            nanos[i] = System.nanoTime() - start;
        }
        print("following 100 messages of 400,000 characters", nanos);
    }

    private static void print(String what, long[] nanos) {
        long[] warm = nanos.clone();
        Arrays.sort(warm);
        System.out.printf(
                "| %s | p50 %.1f µs | p99 %.1f µs |%n",
                what, warm[warm.length / 2] / 1e3, warm[warm.length * 99 / 100] / 1e3);
    }
}
