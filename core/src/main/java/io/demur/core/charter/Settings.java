package io.demur.core.charter;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.policy.ModelClass;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What governs how a policy is kept, beside what it decides. Each part says which way is weaker in
 * {@link Amendment}.
 *
 * @param judges the judges that may speak, as they were when the policy was signed; empty while it
 *     is a draft
 * @param band between which probabilities the next judge is asked; a narrower one is weaker
 * @param incidents what is done about refused requests that come again
 * @param review how many answers people look at
 */
public record Settings(
        List<JudgeId> judges,
        Band band,
        Windows windows,
        Retention retention,
        Witnesses witnesses,
        Drills drills,
        Changes changes,
        Incidents incidents,
        Review review) {

    /** What holds where a document says nothing. */
    public static final Settings USUAL =
            new Settings(
                    List.of(),
                    new Band(0.05, 0.95),
                    new Windows(160, 480, 120),
                    new Retention(Kept.FULL, Duration.ofDays(183)),
                    new Witnesses(Set.of(), 0),
                    new Drills(1),
                    new Changes(Duration.ofHours(24), Duration.ofDays(30)),
                    Incidents.USUAL,
                    new Review(0.05, 0.05, 0.01, 4));

    /**
     * How a streamed answer is reviewed, in characters (UTF-16). Shorter ones are weaker.
     *
     * @param head held back until the first verdict
     * @param window reviewed at once
     * @param overlap of one window with the next
     */
    public record Windows(int head, int window, int overlap) {}

    /** What is kept of bodies. A change of this needs two people whichever way it goes. */
    public enum Kept {
        FULL,
        REDACTED,
        HASH_ONLY
    }

    /**
     * What is kept, and for how long; a shorter time is weaker.
     *
     * @param days whole days
     */
    public record Retention(Kept kept, Duration days) {}

    /**
     * Who has to cosign the log.
     *
     * @param keys vkeys of witnesses; one less is weaker
     * @param quorum how many of them; fewer are weaker
     */
    public record Witnesses(Set<String> keys, int quorum) {
        public Witnesses {
            keys = Set.copyOf(keys);
        }
    }

    /**
     * Drills through the live path.
     *
     * @param perHour for each category; fewer are weaker
     */
    public record Drills(int perHour) {}

    /**
     * How a weakening comes into force.
     *
     * @param delay from the entry that shows it approved; a shorter one is weaker
     * @param longest how long it may last; a longer one is weaker
     */
    public record Changes(Duration delay, Duration longest) {}

    /**
     * How many answers people look at, drawn by lot. Less is weaker.
     *
     * @param local of what local models answer, 0 to 1
     * @param unaligned of what those answer that are known to refuse too little
     * @param hosted of what hosted models answer
     * @param perBlock at most so many of {@link #BLOCK} exchanges begun in a day, of all classes
     */
    public record Review(double local, double unaligned, double hosted, int perBlock) {

        /** Exchanges for which the most is stated. */
        public static final int BLOCK = 10_000;

        public Review {
            for (double share : new double[] {local, unaligned, hosted}) {
                if (!(share >= 0 && share <= 1)) {
                    throw new IllegalArgumentException(
                            "a share of `%s` is not between 0 and 1".formatted(share));
                }
            }
            if (perBlock < 0 || perBlock > BLOCK) {
                throw new IllegalArgumentException(
                        "`%d` is not between 0 and %d".formatted(perBlock, BLOCK));
            }
        }

        /** The share of one class. */
        public double of(ModelClass model) {
            return switch (model) {
                case LOCAL -> local;
                case LOCAL_UNALIGNED -> unaligned;
                case HOSTED -> hosted;
            };
        }
    }

    public Settings {
        judges = List.copyOf(judges);
        Objects.requireNonNull(band);
        Objects.requireNonNull(windows);
        Objects.requireNonNull(retention);
        Objects.requireNonNull(witnesses);
        Objects.requireNonNull(drills);
        Objects.requireNonNull(changes);
        Objects.requireNonNull(incidents);
        Objects.requireNonNull(review);
    }

    /** The same with the judges that speak. */
    public Settings with(List<JudgeId> speaking) {
        return new Settings(
                speaking, band, windows, retention, witnesses, drills, changes, incidents, review);
    }

    /** The same with something else about incidents and samples. */
    public Settings with(Incidents other, Review samples) {
        return new Settings(
                judges, band, windows, retention, witnesses, drills, changes, other, samples);
    }
}
