package io.demur.core.policy;

import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A policy, expanded: what is done in every cell. Immutable. This is what is decided by, what is
 * compared, and what a signature covers beside the words that it came from.
 */
public final class Table {

    /** What no posture and no rule lowers: as good as certain, grave, and one of the two worst. */
    static final Rule FLOOR =
            new Rule(
                    "floor",
                    new Rule.Match(
                            Set.of(Hazard.CHILD_SEXUAL_EXPLOITATION, Hazard.INDISCRIMINATE_WEAPONS),
                            Set.of(Severity.GRAVE),
                            Set.of(),
                            Set.of(),
                            Set.of(),
                            Set.of(),
                            Set.of()),
                    new Rule.Effect.AtLeast(Decision.Strength.REFUSE, 980_000));

    private final Axes axes;
    private final List<Square> squares;

    private Table(Axes axes, List<Square> squares) {
        this.axes = axes;
        this.squares = squares;
    }

    /**
     * Expands a posture and the rules beside it. The floor is laid under all of it, last.
     *
     * @param rules applied in this order
     */
    public static Table expand(Posture posture, List<Rule> rules, Axes axes) {
        List<Rule> all = all(rules);
        Reach reach = new Reach(all, axes);
        // of a hundred thousand squares a few hundred are different, and each is made once
        Map<Made, Square> made = new HashMap<>();
        Map<Square, Square> seen = new HashMap<>();
        List<Square> squares = new ArrayList<>(axes.cells());
        axes.forEach(
                cell ->
                        squares.add(
                                made.computeIfAbsent(
                                        new Made(cell.severity(), reach.in(cell)),
                                        by -> {
                                            Square square = by.square(posture, all);
                                            return seen.computeIfAbsent(square, same -> same);
                                        })));
        return new Table(axes, List.copyOf(squares));
    }

    /** All that a square is made of, beside the posture: the same rules make the same square. */
    private record Made(Severity severity, BitSet by) {

        Square square(Posture posture, List<Rule> rules) {
            Square square = base(posture, severity);
            for (int i = by.nextSetBit(0); i >= 0; i = by.nextSetBit(i + 1)) {
                square = square.after(rules.get(i), severity);
            }
            return square;
        }
    }

    /** What a posture alone does. */
    static Square base(Posture posture, Severity severity) {
        return Dial.square(posture, severity);
    }

    /** The rules of a policy, and the floor under them. */
    static List<Rule> all(List<Rule> rules) {
        List<Rule> all = new ArrayList<>(rules);
        all.add(FLOOR);
        return all;
    }

    public Axes axes() {
        return axes;
    }

    /** What stands in a cell; roles and purposes that are not named count as {@link Axes#OTHER}. */
    public Square at(Cell cell) {
        return squares.get(axes.indexOf(cell));
    }
}
