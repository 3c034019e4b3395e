package io.demur.core.charter;

import io.demur.core.policy.Axes;
import io.demur.core.policy.Cell;
import io.demur.core.policy.Comparison;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Square;
import io.demur.core.policy.Table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The cells of two charters side by side, and what the one before lets one person do in them.
 *
 * <p>A role or purpose that a charter does not name is {@code other} to it: in its table, and in
 * its envelope.
 */
final class Leeway {

    private final Charter before;
    private final Charter after;
    private final Axes axes;

    // a document may register many prompts for one purpose
    private final Map<Use, Boolean> opened = new HashMap<>();
    private final Map<Use, Boolean> closed = new HashMap<>();

    /** Those of a role who ask for a purpose. */
    private record Use(String role, String purpose) {

        boolean isOf(Cell cell) {
            return cell.role().equals(role) && cell.purpose().equals(purpose);
        }
    }

    Leeway(Charter before, Charter after) {
        this.before = before;
        this.after = after;
        axes = table(before).axes().with(table(after).axes());
    }

    /** The axes on which the cells of both lie. */
    Axes axes() {
        return axes;
    }

    /** Whether the envelope of the charter before covers a cell. */
    boolean covers(Cell cell) {
        return covers(before, cell);
    }

    /** Whether a change lies within what the charter before lets one person do. */
    boolean allows(Comparison.Change change) {
        return allows(change.cell(), change.before(), change.after());
    }

    /**
     * Whether those who ask with a role may go over to a purpose because one person says so: every
     * cell that opens is covered, and does there what it must at least.
     */
    boolean opens(String role, String purpose) {
        return opened.computeIfAbsent(
                new Use(role, purpose),
                use ->
                        all(
                                use,
                                cell -> {
                                    Cell bare = with(cell, role, Axes.OTHER);
                                    return allows(
                                            cell, table(before).at(bare), table(after).at(cell));
                                }));
    }

    /**
     * Whether those of a role whose requests have a purpose no longer are answered less: every cell
     * that they fall to does at least what it did with the purpose.
     */
    boolean closes(String role, String purpose) {
        return closed.computeIfAbsent(
                new Use(role, purpose),
                use ->
                        all(
                                use,
                                cell -> {
                                    Cell bare = with(cell, role, Axes.OTHER);
                                    Square was = table(before).at(cell);
                                    return table(after).at(bare).isAtLeast(was, cell);
                                }));
    }

    /** Whether something holds in every cell of a role and a purpose. */
    private static boolean all(Use use, Predicate<Cell> holds) {
        boolean[] all = {true};
        new Axes(List.of(use.role()), List.of(use.purpose()))
                .forEach(
                        cell -> {
                            if (use.isOf(cell)) {
                                all[0] &= holds.test(cell);
                            }
                        });
        return all[0];
    }

    /** Whether the charter after lets one person do no more than the one before. */
    boolean isKept() {
        if (atMost(after).compareTo(atMost(before)) < 0) {
            return false;
        }
        if (after.envelope().isEmpty()) {
            return true;
        }
        boolean[] all = {true};
        axes.forEach(cell -> all[0] &= covers(before, cell) || !covers(after, cell));
        return all[0];
    }

    private static Strength atMost(Charter charter) {
        return charter.envelope().map(Envelope::atMost).orElse(Strength.REFUSE);
    }

    private boolean allows(Cell cell, Square old, Square now) {
        return covers(cell)
                && before.envelope()
                        .map(envelope -> old.ladder().atMost(envelope.atMost()))
                        .map(ladder -> new Square(ladder, old.terms(), old.rules()))
                        .filter(bound -> now.isAtLeast(bound, cell))
                        .isPresent();
    }

    private static boolean covers(Charter charter, Cell cell) {
        Axes named = table(charter).axes();
        Cell known =
                with(
                        cell,
                        known(named.roles(), cell.role()),
                        known(named.purposes(), cell.purpose()));
        return charter.envelope().filter(envelope -> envelope.covers(known)).isPresent();
    }

    private static String known(List<String> names, String name) {
        return names.contains(name) ? name : Axes.OTHER;
    }

    private static Cell with(Cell cell, String role, String purpose) {
        return new Cell(
                cell.hazard(),
                cell.severity(),
                cell.model(),
                role,
                purpose,
                cell.stage(),
                cell.standing());
    }

    private static Table table(Charter charter) {
        return charter.policy().table();
    }
}
