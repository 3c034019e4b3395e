package io.demur.core.policy;

import io.demur.core.policy.Decision.Strength;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A stretch of probabilities in one cell over which a second policy does something else than the
 * first: a counterexample for each probability in it.
 *
 * @param from in parts per million
 * @param to likewise, and not part of it; {@link Ladder#NEVER} where certainty is
 * @param before what the first does
 * @param after what the second does
 */
public record Move(int from, int to, Step before, Step after) {

    /**
     * All of them, the lowest first. At each line one of the two ladders changes what it does, so
     * that no two neighbours are alike.
     */
    static List<Move> between(Ladder before, Ladder after) {
        SortedSet<Integer> points = new TreeSet<>(List.of(0, Ladder.NEVER));
        for (Ladder ladder : List.of(before, after)) {
            points.add(ladder.unsure());
            for (Strength strength : Strength.values()) {
                points.add(ladder.line(strength));
            }
        }
        List<Move> moves = new ArrayList<>();
        int from = points.removeFirst();
        for (int to : points) {
            double p = from / (double) Ladder.CERTAIN;
            Move move = new Move(from, to, before.step(p), after.step(p));
            if (!move.before().equals(move.after())) {
                moves.add(move);
            }
            from = to;
        }
        return moves;
    }

    /** Whether the second does less. */
    public boolean isWeaker() {
        return after.compareTo(before) < 0;
    }
}
