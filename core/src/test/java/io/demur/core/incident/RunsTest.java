package io.demur.core.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.memory.MemoryKey;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

class RunsTest {

    private static final MemoryKey KEY = MemoryKey.of(new byte[32]);

    @Test
    void whatTwoReadingsShareIsWhatBothSketchesTell() {
        Property.check(
                400,
                gen -> {
                    String text = gen.text(gen.between(0, 400));
                    String like = gen.oneIn(2) ? text + gen.text(40) : gen.text(300);
                    Print refused = Prints.of(KEY, text).held().plain().getFirst();
                    Print later = Prints.of(KEY, like).plain().getFirst();
                    Runs.Shared shared = new Runs(later).with(refused);
                    assertEquals(share(refused, later), shared.refused());
                    assertEquals(share(later, refused), shared.later());
                });
    }

    /** Of the runs that the other would have kept too if it had them, those that it has. */
    private static double share(Print one, Print other) {
        Set<Integer> theirs = new HashSet<>();
        Arrays.stream(other.kept()).forEach(theirs::add);
        int[] reach = Arrays.stream(one.kept()).filter(hash -> isReached(hash, other)).toArray();
        double shared = Arrays.stream(reach).filter(theirs::contains).count();
        return reach.length == 0 ? 0 : shared / reach.length;
    }

    private static boolean isReached(int hash, Print other) {
        return other.kept().length == other.distinct()
                || Arrays.stream(other.kept())
                        .anyMatch(it -> Integer.compareUnsigned(hash, it) <= 0);
    }
}
