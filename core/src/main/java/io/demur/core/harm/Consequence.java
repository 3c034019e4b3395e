package io.demur.core.harm;

import java.util.List;
import java.util.Objects;

/**
 * What doing as asked would lead to: who bears it, by which way, and how much of it.
 *
 * <p>There is a harm, with bearers and a pathway, or there is none ({@link #NONE}); nothing in
 * between constructs.
 *
 * @param bearers who is worse off, in words a reader understands, such as {@code line workers};
 *     most affected first
 * @param pathway how the request gets there, in one sentence
 * @param severity how bad it is for one bearer
 * @param reversibility whether it can be put right afterwards
 * @param reach how many bear it
 * @param externalised whether the bearers are outside the conversation: it falls on others than the
 *     one who asks
 */
public record Consequence(
        List<String> bearers,
        String pathway,
        Severity severity,
        Reversibility reversibility,
        Reach reach,
        boolean externalised) {

    /** Nobody comes to harm. */
    public static final Consequence NONE =
            new Consequence(List.of(), "", Severity.NONE, Reversibility.FULLY, Reach.NOBODY, false);

    /** Whether a harm can be put right, from the easiest down. */
    public enum Reversibility {
        /** Without a trace, or nearly. */
        FULLY,
        /** Some of it, or at a cost to those who bear it. */
        PARTLY,
        /** Never. */
        NOT
    }

    /** How many bear a harm. */
    public enum Reach {
        NOBODY,
        ONE,
        /** They could be listed by name: a family, a team, one pen of animals. */
        FEW,
        /** A workforce, a neighbourhood, a public. */
        MANY
    }

    public Consequence {
        bearers = List.copyOf(bearers);
        Objects.requireNonNull(reversibility);
        boolean none = severity == Severity.NONE;
        if (bearers.isEmpty() != none
                || pathway.isBlank() != none
                || (reach == Reach.NOBODY) != none) {
            throw new IllegalArgumentException(
                    "severity `%s` does not fit bearers `%s`, pathway `%s`, reach `%s`"
                            .formatted(severity, bearers, pathway, reach));
        }
        if (none && (externalised || reversibility != Reversibility.FULLY)) {
            throw new IllegalArgumentException("no harm cannot fall on others or be lasting");
        }
    }
}
