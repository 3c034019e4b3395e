package io.demur.eval.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A pattern while it is looked at: probes that were not used yet, and what came of those that were.
 * No probe is used twice.
 */
final class Suspect {

    private final Pattern pattern;
    private final Deque<Probe> left;
    private final List<String> looked = new ArrayList<>();

    /**
     * @param random in whose order its probes are used
     */
    Suspect(Pattern pattern, Random random) {
        this.pattern = pattern;
        List<Probe> probes = new ArrayList<>(pattern.probes());
        Collections.shuffle(probes, random);
        this.left = new ArrayDeque<>(probes);
    }

    Pattern pattern() {
        return pattern;
    }

    /** The next of its probes that are beyond doubt; fewer where it has no more, or at the end. */
    List<Probe> next(int count, Calls calls) {
        List<Probe> taken = new ArrayList<>();
        while (taken.size() < count && !left.isEmpty() && !calls.ended()) {
            Probe probe = left.poll();
            if (!calls.isDoubtful(probe)) {
                taken.add(probe);
            }
        }
        return taken;
    }

    /** Takes note of what is asked to see whether it is worth a closer look. */
    void look(List<Probe> probes) {
        probes.forEach(it -> looked.add(it.with()));
    }

    /** How many of the looks met a refusal. */
    int refused(Calls calls) {
        return (int)
                looked.stream()
                        .filter(it -> calls.of(it).filter(Answer.REFUSED::equals).isPresent())
                        .count();
    }

    /** The share of refusals among the looks that told something; 0 where none did. */
    double share(Calls calls) {
        long told =
                looked.stream()
                        .filter(it -> calls.of(it).filter(Answer::decided).isPresent())
                        .count();
        return told == 0 ? 0 : (double) refused(calls) / told;
    }
}
