package io.demur.core.policy;

import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    // where each value stands on its axis; a decision asks for seven of these
    private static final Map<Hazard, Integer> HAZARD = places(Hazard.class);
    private static final Map<Severity, Integer> SEVERITY = places(Severity.class);
    private static final Map<ModelClass, Integer> MODEL = places(ModelClass.class);
    private static final Map<Stage, Integer> STAGE = places(Stage.class);
    private static final Map<Standing.Kind, Integer> STANDING = places(Standing.Kind.class);

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
        int index = cell.hazard().map(hazard -> at(HAZARD, hazard)).orElse(HAZARD.size());
        index = index * SEVERITY.size() + at(SEVERITY, cell.severity());
        index = index * MODEL.size() + at(MODEL, cell.model());
        index = index * roles.size() + at(roles, cell.role());
        index = index * purposes.size() + at(purposes, cell.purpose());
        index = index * STAGE.size() + at(STAGE, cell.stage());
        return index * STANDING.size() + at(STANDING, cell.standing());
    }

    private static int at(List<String> names, String name) {
        int found = names.indexOf(name);
        return found >= 0 ? found : names.indexOf(OTHER);
    }

    private static <E extends Enum<E>> int at(Map<E, Integer> places, E value) {
        return Objects.requireNonNull(places.get(value));
    }

    private static <E extends Enum<E>> Map<E, Integer> places(Class<E> axis) {
        Map<E, Integer> places = new EnumMap<>(axis);
        for (E value : axis.getEnumConstants()) {
            places.put(value, places.size());
        }
        return places;
    }
}
