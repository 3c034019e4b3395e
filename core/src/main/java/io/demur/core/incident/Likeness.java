package io.demur.core.incident;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Compares a later request with a refused one, and says what speaks for their being the same
 * underneath. Made for one later request, and then asked about many refused ones, by one thread.
 */
public final class Likeness {

    /** Letters from which on a text says what it asks for: `yes, do it` does not. */
    static final int LETTERS_MIN = 12;

    /** Parts that a request is sent in at most. */
    private static final int PARTS_MAX = 4;

    /** What a further part must add to be one: of words, or of nearness. */
    private static final double GAIN_MIN = 0.03;

    /** How much nearness counts beside words when parts are chosen. */
    private static final double NEARNESS = 0.5;

    private final Sent later;
    private final boolean points;
    private final List<Terms.Index> words = new ArrayList<>();

    /** Of its plain readings, then of the turned ones. */
    private final List<Runs> runs = new ArrayList<>();

    /** What is asked for more than once: for its meaning, its promise, and as a part. */
    private final IdentityHashMap<Refused, Signs.Cover> covers = new IdentityHashMap<>();

    /**
     * For one later request.
     *
     * @param points whether points count, where both have one
     */
    public Likeness(Sent later, boolean points) {
        this.later = later;
        this.points = points;
        for (Print print : later.prints().plain()) {
            words.add(new Terms.Index(print.terms()));
            runs.add(new Runs(print));
        }
        for (Print print : later.prints().turned()) {
            runs.add(new Runs(print));
        }
    }

    /** Whether the same letters stand in some reading of both. */
    public boolean isExact(Refused refused) {
        for (Print theirs : refused.prints().plain()) {
            boolean same =
                    theirs.letters() >= LETTERS_MIN
                            && (has(later.prints().plain(), theirs)
                                    || has(later.prints().turned(), theirs));
            if (same) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(List<Print> prints, Print whole) {
        return prints.stream().anyMatch(print -> print.whole() == whole.whole());
    }

    /** What the letters say, of the two readings that have most in common. */
    public Optional<Signs> runs(Refused refused) {
        List<Signs> all = new ArrayList<>();
        for (Print theirs : refused.prints().plain()) {
            if (theirs.letters() < LETTERS_MIN) {
                continue;
            }
            for (int i = 0; i < words.size(); i++) {
                Signs.Cover cover = Signs.Cover.of(theirs.terms(), words.get(i));
                Runs.Shared shared = runs.get(i).with(theirs);
                all.add(Signs.runs(shared, cover, Signs.harm(refused, later)));
            }
            for (Runs turned : runs.subList(words.size(), runs.size())) {
                all.add(Signs.turned(turned.with(theirs)));
            }
        }
        return all.stream().max(Comparator.comparingDouble(signs -> signs.of()[0] + signs.of()[1]));
    }

    private Signs.Cover cover(Refused refused) {
        return covers.computeIfAbsent(
                refused,
                one -> Signs.Cover.of(one.prints().plain().getFirst().terms(), words.getFirst()));
    }

    private boolean isEmpty(Refused refused) {
        return refused.prints().plain().getFirst().terms().count() == 0
                || later.prints().plain().getFirst().terms().count() == 0;
    }

    /** What meaning and words say; nothing where either has no words. */
    public Optional<Signs> meaning(Refused refused) {
        return isEmpty(refused)
                ? Optional.empty()
                : Optional.of(
                        Signs.meaning(
                                refused,
                                later,
                                runs.getFirst().with(refused.prints().plain().getFirst()),
                                cover(refused),
                                points));
    }

    /** Whether it was sent after a refusal. */
    boolean isAfter(Refused refused) {
        return later.at().isAfter(refused.at());
    }

    /** How near it may come to being a part, to choose the refused requests worth asking of. */
    double promise(Refused refused) {
        if (isEmpty(refused)) {
            return 0;
        }
        return cover(refused).refused() + NEARNESS * nearness(refused, later);
    }

    private double nearness(Refused refused, Sent sent) {
        return points ? Signs.near(refused.prints().point(), sent.prints().point()).orElse(0) : 0;
    }

    /**
     * Requests that together may come to a refused one.
     *
     * @param parts attempts, the latest last
     * @param signs what speaks for it
     */
    public record Together(List<String> parts, Signs signs) {}

    /**
     * What this request and earlier ones say together: parts are added one by one, each time the
     * one that adds most, as long as it adds something.
     */
    public Optional<Together> pieces(Refused refused, List<Likeness> earlier) {
        if (isEmpty(refused)) {
            return Optional.empty();
        }
        List<Part> parts = new ArrayList<>(List.of(new Part(this, cover(refused))));
        List<Part> left = new ArrayList<>();
        for (Likeness each : earlier) {
            if (!each.isEmpty(refused)) {
                Part part = new Part(each, each.cover(refused));
                if (part.cover.refused() * (1 + NEARNESS) > GAIN_MIN) { // others never add as much
                    left.add(part);
                }
            }
        }
        double[] joint = parts.getFirst().cover.theirs().clone();
        while (parts.size() < PARTS_MAX) {
            Part best = null;
            double most = GAIN_MIN;
            for (Part part : left) {
                double gain = gain(refused, part, joint);
                if (gain > most) {
                    most = gain;
                    best = part;
                }
            }
            if (best == null) {
                break;
            }
            left.remove(best);
            parts.add(best);
            joint = joined(joint, best.cover.theirs());
        }
        if (parts.size() < 2) {
            return Optional.empty();
        }
        parts.sort(Comparator.comparing(part -> part.of.later.at()));
        List<Sent> sent = parts.stream().map(part -> part.of.later).toList();
        List<Signs.Cover> covers = parts.stream().map(Part::cover).toList();
        return Optional.of(
                new Together(
                        sent.stream().map(Sent::attempt).toList(),
                        Signs.pieces(refused, sent, covers)));
    }

    /** One request, and what it has of the refused one. */
    private record Part(Likeness of, Signs.Cover cover) {}

    private static double gain(Refused refused, Part part, double[] joint) {
        Terms terms = refused.prints().plain().getFirst().terms();
        double words = terms.share(joined(joint, part.cover.theirs())) - terms.share(joint);
        return words <= 0 ? 0 : words * (1 + NEARNESS * part.of.nearness(refused, part.of.later));
    }

    private static double[] joined(double[] one, double[] other) {
        double[] joined = one.clone();
        for (int i = 0; i < joined.length; i++) {
            joined[i] = Math.max(joined[i], other[i]);
        }
        return joined;
    }
}
