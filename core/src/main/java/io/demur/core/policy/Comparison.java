package io.demur.core.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether one policy does more or less than another: exactly, because both are finite. Every cell
 * on the axes of both is compared at every probability at once, by the lines of its ladder.
 *
 * @param stronger cells in which the later policy does more somewhere and nowhere less
 * @param weaker cells in which it does less somewhere; to ask for other conditions is to do less,
 *     because nobody can say that they are worth as much, and so is to take an unsure judgement for
 *     a sure one
 */
public record Comparison(List<Change> stronger, List<Change> weaker) {

    /**
     * The most cells that are compared. A policy may have a quarter of that; two that share no name
     * may have far more together than either.
     */
    public static final int CELLS_MAX = 1_000_000;

    /** One cell that differs. */
    public record Change(Cell cell, Square before, Square after) {

        /** Where what is done differs. */
        public List<Move> moves() {
            return Move.between(before.ladder(), after.ladder());
        }

        /** Conditions that were asked for, and no longer are where the answer is conditioned. */
        public List<Term> lost() {
            return after.missing(before);
        }

        /** Conditions that are asked for now, and were not. */
        public List<Term> gained() {
            return before.missing(after);
        }
    }

    public Comparison {
        stronger = List.copyOf(stronger);
        weaker = List.copyOf(weaker);
    }

    /** On how many cells two tables are compared. */
    public static long cells(Table before, Table after) {
        return before.axes().with(after.axes()).cells();
    }

    /**
     * Compares two tables.
     *
     * @throws IllegalArgumentException where there are more than {@link #CELLS_MAX} cells
     */
    public static Comparison of(Table before, Table after) {
        long cells = cells(before, after);
        if (cells > CELLS_MAX) {
            throw new IllegalArgumentException(
                    "%,d cells are more than can be compared".formatted(cells));
        }
        List<Change> stronger = new ArrayList<>();
        List<Change> weaker = new ArrayList<>();
        before.axes()
                .with(after.axes())
                .forEach(
                        cell -> {
                            Square old = before.at(cell);
                            Square now = after.at(cell);
                            if (!now.isAtLeast(old, cell)) {
                                weaker.add(new Change(cell, old, now));
                            } else if (!old.isAtLeast(now, cell)) {
                                stronger.add(new Change(cell, old, now));
                            }
                        });
        return new Comparison(stronger, weaker);
    }

    /** Whether nothing differs. */
    public boolean isEqual() {
        return stronger.isEmpty() && weaker.isEmpty();
    }

    /** Whether the later policy does less in any cell, at any probability. */
    public boolean isWeakening() {
        return !weaker.isEmpty();
    }
}
