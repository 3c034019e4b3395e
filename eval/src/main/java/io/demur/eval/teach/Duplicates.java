package io.demur.eval.teach;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds lessons that were there before: the same ones by their normalised text, near ones by
 * MinHash (Broder 1997) of {@value #HASHES} permutations, in bands of {@value #ROWS} so that only
 * likely ones are compared. Prompt, chosen and rejected are kept apart, because a pair the other
 * way round is another lesson. Takes half a kilobyte for each lesson. Not safe for use by several
 * threads.
 */
final class Duplicates {

    /** From this share of common runs of five letters on, two lessons are nearly the same. */
    static final double NEAR = 0.85;

    private static final int HASHES = 128;
    private static final int ROWS = 4;
    private static final int[] MULTIPLIERS = odd(HASHES);

    private final Set<String> whole = new HashSet<>();
    private final Map<Long, List<int[]>> bands = new HashMap<>();

    /** Whether a lesson is a copy of one that was taken before; takes it where it is none. */
    Optional<LeftOut> copy(Lesson lesson) {
        List<String> parts = parts(lesson);
        String plain = parts.stream().map(Shingles::plain).collect(Collectors.joining("\u0000"));
        if (!whole.add(plain)) {
            return Optional.of(LeftOut.SAME);
        }
        int[] signature = signature(parts);
        List<Long> keys = keys(signature);
        for (long key : keys) {
            for (int[] other : bands.getOrDefault(key, List.of())) {
                if (alike(signature, other) >= NEAR) {
                    return Optional.of(LeftOut.NEAR);
                }
            }
        }
        keys.forEach(key -> bands.computeIfAbsent(key, k -> new ArrayList<>()).add(signature));
        return Optional.empty();
    }

    private static List<String> parts(Lesson lesson) {
        String asked =
                lesson.request().messages().stream()
                        .map(message -> message.role() + " " + message.text())
                        .collect(Collectors.joining("\n"));
        // what is composed is made of the request, and is no reason to show a model the rest twice
        String chosen =
                lesson.chosen()
                        .filter(said -> said.origin() instanceof Said.Recorded)
                        .map(Said::text)
                        .orElse("");
        return List.of(asked, chosen, lesson.rejected().text());
    }

    private static int[] signature(List<String> parts) {
        int[] lowest = new int[HASHES];
        Arrays.fill(lowest, Integer.MAX_VALUE);
        for (int part = 0; part < parts.size(); part++) {
            for (int shingle : Shingles.of(parts.get(part), part)) {
                for (int i = 0; i < HASHES; i++) {
                    lowest[i] = Math.min(lowest[i], Shingles.mixed(shingle * MULTIPLIERS[i]));
                }
            }
        }
        return lowest;
    }

    private static double alike(int[] one, int[] other) {
        return (double) IntStream.range(0, HASHES).filter(i -> one[i] == other[i]).count() / HASHES;
    }

    private static List<Long> keys(int[] signature) {
        List<Long> keys = new ArrayList<>(HASHES / ROWS);
        for (int from = 0; from < HASHES; from += ROWS) {
            long hash = from;
            for (int i = from; i < from + ROWS; i++) {
                hash = hash * 0x9E3779B97F4A7C15L + signature[i];
            }
            keys.add(hash);
        }
        return keys;
    }

    private static int[] odd(int count) {
        return new Random(1).ints(count).map(i -> i | 1).toArray();
    }
}
