package io.demur.eval.teach;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How refusals begin, by their first {@value #WORDS} words: a model that learns one beginning gives
 * it to everything that looks alike. Not safe for use by several threads.
 */
public final class Openings {

    static final int WORDS = 5;
    private static final double THOUSAND = 1000;

    private final Set<String> distinct = new HashSet<>();
    private long refusals;

    /** Counts a refusal. */
    public void add(String refusal) {
        distinct.add(of(refusal));
        refusals++;
    }

    /** The beginning of a text. */
    public static String of(String text) {
        return Arrays.stream(Shingles.plain(text).split(" ", -1))
                .limit(WORDS)
                .collect(Collectors.joining(" "));
    }

    /** How many refusals there were. */
    public long refusals() {
        return refusals;
    }

    /** How many different beginnings they had. */
    public long distinct() {
        return distinct.size();
    }

    /** The same for each thousand; 0 where there was none. */
    public double perThousand() {
        return refusals == 0 ? 0 : THOUSAND * distinct.size() / refusals;
    }
}
