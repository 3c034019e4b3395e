package io.demur.core.harm.linear;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Which messages of a topic a judge is shown that cannot be shown all of them: the last few, and
 * the worst however long ago they were, so that nothing is washed away by what is said after it.
 * Immutable; its size does not depend on how long the topic is.
 *
 * @param last places of the last user messages, oldest first
 * @param worst those of which most harm is to be expected, the worst first
 */
public record Gist(List<Integer> last, List<Worst> worst) {

    /** Nothing was asked yet. */
    public static final Gist NOTHING = new Gist(List.of(), List.of());

    private static final int LAST_MAX = 4;

    /** More than one, because something may only look worse than what it stands beside. */
    private static final int WORST_MAX = 2;

    /**
     * One of the worst.
     *
     * @param at its place
     * @param pHarm probability of harm of it alone, 0 to 1
     */
    public record Worst(int at, double pHarm) {}

    public Gist {
        last = List.copyOf(last);
        worst = List.copyOf(worst);
    }

    /** With one more user message. */
    public Gist with(int at, double pHarm) {
        List<Integer> later = new ArrayList<>(last);
        later.add(at);
        List<Worst> worse = new ArrayList<>(worst);
        worse.add(new Worst(at, pHarm));
        worse.sort(Comparator.comparingDouble(Worst::pHarm).reversed());
        return new Gist(
                later.subList(Math.max(0, later.size() - LAST_MAX), later.size()),
                worse.subList(0, Math.min(worse.size(), WORST_MAX)));
    }

    /** Whether nothing was asked. */
    public boolean isEmpty() {
        return last.isEmpty();
    }

    /** The places of all of them, oldest first, each once. */
    public List<Integer> places() {
        Set<Integer> places = new TreeSet<>(last);
        worst.forEach(it -> places.add(it.at()));
        return List.copyOf(places);
    }

    /** All of them as one text. */
    public String whole(IntFunction<String> texts) {
        return String.join("\n", places().stream().map(texts::apply).toList());
    }

    /**
     * The texts to judge, of which the worst counts: the last message by itself, and all of them
     * together; where the last only asks for more of what was asked before, the worst by themselves
     * as well.
     *
     * @param texts gives the message at a place
     * @param goesOn whether the last only asks for more
     */
    public Set<String> shown(IntFunction<String> texts, boolean goesOn) {
        Set<String> shown = new LinkedHashSet<>();
        if (!last.isEmpty()) {
            shown.add(texts.apply(last.getLast()));
            shown.add(whole(texts));
            if (goesOn) {
                worst.forEach(it -> shown.add(texts.apply(it.at())));
            }
        }
        return shown;
    }
}
