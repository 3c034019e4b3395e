package io.demur.bench.around;

import io.demur.core.Refusal;
import io.demur.core.incident.Keeping;
import io.demur.core.incident.Prints;
import io.demur.core.incident.Refused;
import io.demur.core.incident.RefusedRequests;
import io.demur.core.incident.Sent;
import io.demur.core.memory.MemoryKey;
import io.demur.core.policy.ModelClass;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** What it costs with a thousand refused requests of each of a hundred principals. */
final class Cost {

    private static final int PRINCIPALS = 100;
    private static final int EACH = 1_000;
    private static final int ROUNDS = 4_000;
    private static final int PLACES = 2 * Training.PLACES + 1;
    private static final long MEGABYTE = 1_000_000;
    private static final double MICROS = 1_000;
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final MemoryKey key = MemoryKey.of(new byte[32]);
    private final SplittableRandom random = new SplittableRandom(3);
    private final Clauses clauses = Clauses.all(random);

    private Prints point(Prints prints) {
        float[] point = new float[PLACES];
        for (int i = 0; i < point.length; i++) {
            point[i] = (float) random.nextDouble(-1, 1);
        }
        return prints.withPoint(point);
    }

    String measured() {
        RefusedRequests refused = new RefusedRequests(Keeping.USUAL);
        long before = used();
        for (int i = 0; i < PRINCIPALS * EACH; i++) {
            refused.remember(
                    new Refused(
                            "att_" + random.nextLong() + "_" + i,
                            Refusal.Origin.MODEL,
                            Optional.empty(),
                            OptionalDouble.of(random.nextDouble()),
                            false,
                            "hosted",
                            ModelClass.HOSTED,
                            "a",
                            "principal-" + i % PRINCIPALS,
                            Optional.of("project-" + i % PRINCIPALS),
                            NOON.plusSeconds(i),
                            point(Prints.of(key, clauses.text()))));
        }
        long taken = used() - before;
        double[] prints = new double[ROUNDS];
        double[] quick = new double[ROUNDS];
        double[] both = new double[ROUNDS];
        int found = 0;
        for (int i = -ROUNDS; i < ROUNDS; i++) {
            String text = clauses.text();
            String principal = "principal-" + random.nextInt(PRINCIPALS);
            long start = System.nanoTime();
            Prints made = Prints.of(key, text);
            long middle = System.nanoTime();
            Sent sent =
                    new Sent(
                            "later",
                            Optional.empty(),
                            OptionalDouble.of(0.5),
                            principal,
                            Optional.of("project" + principal.substring("principal".length())),
                            NOON.plusSeconds(PRINCIPALS * EACH),
                            made);
            found += refused.quick(sent).isPresent() ? 1 : 0;
            long end = System.nanoTime();
            if (i >= 0) {
                prints[i] = (middle - start) / MICROS;
                quick[i] = (end - middle) / MICROS;
                both[i] = (end - start) / MICROS;
            }
        }
        return String.format(
                Locale.ROOT,
                "before the reply, with %,d refused of the principal and %,d in all:%n"
                        + "  prints %s, comparing %s, both %s (p50, p99)%n"
                        + "  %d of %,d found, made of the same clauses in another order%n"
                        + "memory: %d MB by its own count, %d MB measured%n",
                EACH,
                PRINCIPALS * EACH,
                times(prints),
                times(quick),
                times(both),
                found,
                2 * ROUNDS,
                refused.weight() / MEGABYTE,
                taken / MEGABYTE);
    }

    private static String times(double[] micros) {
        Arrays.sort(micros);
        return String.format(
                Locale.ROOT,
                "%.0f and %.0f µs",
                micros[micros.length / 2],
                micros[micros.length * 99 / 100]);
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
