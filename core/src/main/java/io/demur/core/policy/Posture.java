package io.demur.core.policy;

/**
 * Where a policy is set to draw its line. (The <em>measured</em> posture of a model is an estimate
 * on the same scale, with an interval, and not this type.)
 *
 * @param level from 1, where everything is answered, to 10, where nothing is unless a rule lowers
 *     that. A pinned floor lies under every level, 1 included
 */
public record Posture(int level) implements Comparable<Posture> {

    public static final int LEVEL_MIN = 1;
    public static final int LEVEL_MAX = 10;

    public Posture {
        if (level < LEVEL_MIN || level > LEVEL_MAX) {
            throw new IllegalArgumentException(
                    "posture `%d` is not between %d and %d".formatted(level, LEVEL_MIN, LEVEL_MAX));
        }
    }

    /** The stricter posture is the greater. */
    @Override
    public int compareTo(Posture other) {
        return Integer.compare(level, other.level);
    }
}
