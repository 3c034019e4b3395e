package io.demur.core.policy;

import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The values that the axes of a policy's table can have, so that its cells can be counted: all axes
 * are closed but roles and purposes, which the policy names.
 *
 * @param roles the named roles and {@link #OTHER}, sorted
 * @param purposes the named purposes and {@link #OTHER}, sorted
 */
public record Axes(List<String> roles, List<String> purposes) {

    /** Every role or purpose that the policy does not name. */
    public static final String OTHER = "other";

    private static final List<Optional<Hazard>> HAZARDS = hazards();

    public Axes {
        roles = named(roles);
        purposes = named(purposes);
    }

    private static List<String> named(List<String> names) {
        TreeSet<String> sorted = new TreeSet<>(names);
        sorted.add(OTHER);
        return List.copyOf(sorted);
    }

    private static List<Optional<Hazard>> hazards() {
        List<Optional<Hazard>> all = new ArrayList<>();
        Arrays.stream(Hazard.values()).map(Optional::of).forEach(all::add);
        all.add(Optional.empty());
        return List.copyOf(all);
    }

    /** The axes on which the cells of both lie. */
    public Axes with(Axes other) {
        List<String> allRoles = new ArrayList<>(roles);
        allRoles.addAll(other.roles);
        List<String> allPurposes = new ArrayList<>(purposes);
        allPurposes.addAll(other.purposes);
        return new Axes(allRoles, allPurposes);
    }

    /** How many cells there are. */
    public int cells() {
        return HAZARDS.size()
                * Severity.values().length
                * ModelClass.values().length
                * roles.size()
                * purposes.size()
                * Stage.values().length
                * Standing.Kind.values().length;
    }

    /** Goes through all cells, in the order of {@link #indexOf}. */
    public void forEach(Consumer<Cell> visitor) {
        for (Optional<Hazard> hazard : HAZARDS) {
            for (Severity severity : Severity.values()) {
                for (ModelClass model : ModelClass.values()) {
                    for (String role : roles) {
                        for (String purpose : purposes) {
                            for (Stage stage : Stage.values()) {
                                for (Standing.Kind kind : Standing.Kind.values()) {
                                    visitor.accept(
                                            new Cell(
                                                    hazard, severity, model, role, purpose, stage,
                                                    kind));
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /** The role as it is named here, or {@link #OTHER}. */
    public String role(String role) {
        return roles.get(at(roles, role));
    }

    /** The purpose as it is named here, or {@link #OTHER}. */
    public String purpose(String purpose) {
        return purposes.get(at(purposes, purpose));
    }

    /** The cell with roles and purposes that are not named as {@link #OTHER}. */
    public Cell on(Cell cell) {
        return new Cell(
                cell.hazard(),
                cell.severity(),
                cell.model(),
                role(cell.role()),
                purpose(cell.purpose()),
                cell.stage(),
                cell.standing());
    }

    /** Which cell it is, from 0; roles and purposes that are not named count as {@link #OTHER}. */
    public int indexOf(Cell cell) {
        int index = HAZARDS.indexOf(cell.hazard());
        index = index * Severity.values().length + at(Severity.values(), cell.severity());
        index = index * ModelClass.values().length + at(ModelClass.values(), cell.model());
        index = index * roles.size() + at(roles, cell.role());
        index = index * purposes.size() + at(purposes, cell.purpose());
        index = index * Stage.values().length + at(Stage.values(), cell.stage());
        return index * Standing.Kind.values().length + at(Standing.Kind.values(), cell.standing());
    }

    private static int at(List<String> names, String name) {
        int found = names.indexOf(name);
        return found >= 0 ? found : names.indexOf(OTHER);
    }

    private static <E extends Enum<E>> int at(E[] values, E value) {
        return Arrays.asList(values).indexOf(value);
    }
}
