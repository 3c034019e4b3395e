package io.demur.testkit;

import java.util.SplittableRandom;

/**
 * Tries a property on many generated inputs. A failure names the seed, and {@code -Dseed=…} tries
 * that one alone.
 *
 * <p>How many: {@code -Dtries=…}, by default few enough for every build.
 */
public final class Property {

    /** What must hold for any input that the generator can make. */
    @FunctionalInterface
    public interface Check {
        void holds(Gen gen) throws Exception;
    }

    private Property() {}

    /** Tries {@code check} with {@code tries} different seeds, or {@code -Dtries} of them. */
    public static void check(int tries, Check check) {
        String only = System.getProperty("seed", "");
        if (!only.isEmpty()) {
            once(Long.parseLong(only), check);
            return;
        }
        int count = Integer.getInteger("tries", tries);
        for (long seed = 1; seed <= count; seed++) {
            once(seed, check);
        }
    }

    private static void once(long seed, Check check) {
        try {
            check.holds(new Gen(new SplittableRandom(seed)));
        } catch (Exception | Error e) {
            throw new AssertionError("fails with -Dseed=" + seed + ": " + e, e);
        }
    }
}
