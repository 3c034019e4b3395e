package io.demur.cli;

import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Cell;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Stage;
import io.demur.core.policy.Standing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Cells that can be named together: all that have one of each of these values, and no others.
 *
 * @param hazards with nothing among them for cells without a category
 */
record CellBox(
        Set<Optional<Hazard>> hazards,
        Set<Severity> severities,
        Set<ModelClass> models,
        Set<String> roles,
        Set<String> purposes,
        Set<Stage> stages,
        Set<Standing.Kind> standings) {

    /** The same cells in few boxes, none in two. */
    static List<CellBox> of(Collection<Cell> cells) {
        List<CellBox> boxes = new ArrayList<>();
        for (Cell cell : cells) {
            boxes.add(
                    new CellBox(
                            Set.of(cell.hazard()),
                            Set.of(cell.severity()),
                            Set.of(cell.model()),
                            Set.of(cell.role()),
                            Set.of(cell.purpose()),
                            Set.of(cell.stage()),
                            Set.of(cell.standing())));
        }
        // those first that rules tell apart least
        boxes = joined(boxes, CellBox::stages, CellBox::withStages);
        boxes = joined(boxes, CellBox::standings, CellBox::withStandings);
        boxes = joined(boxes, CellBox::models, CellBox::withModels);
        boxes = joined(boxes, CellBox::purposes, CellBox::withPurposes);
        boxes = joined(boxes, CellBox::roles, CellBox::withRoles);
        boxes = joined(boxes, CellBox::hazards, CellBox::withHazards);
        return joined(boxes, CellBox::severities, CellBox::withSeverities);
    }

    /** Boxes that differ along one axis alone, as one. */
    private static <T> List<CellBox> joined(
            List<CellBox> boxes,
            Function<CellBox, Set<T>> axis,
            BiFunction<CellBox, Set<T>, CellBox> with) {
        Map<CellBox, Set<T>> rows = new LinkedHashMap<>();
        for (CellBox box : boxes) {
            rows.computeIfAbsent(with.apply(box, Set.of()), row -> new LinkedHashSet<>())
                    .addAll(axis.apply(box));
        }
        List<CellBox> joined = new ArrayList<>();
        rows.forEach((row, values) -> joined.add(with.apply(row, values)));
        return joined;
    }

    /** How many cells there are. */
    long size() {
        return (long) hazards.size()
                * severities.size()
                * models.size()
                * roles.size()
                * purposes.size()
                * stages.size()
                * standings.size();
    }

    private CellBox withHazards(Set<Optional<Hazard>> all) {
        return new CellBox(all, severities, models, roles, purposes, stages, standings);
    }

    private CellBox withSeverities(Set<Severity> all) {
        return new CellBox(hazards, all, models, roles, purposes, stages, standings);
    }

    private CellBox withModels(Set<ModelClass> all) {
        return new CellBox(hazards, severities, all, roles, purposes, stages, standings);
    }

    private CellBox withRoles(Set<String> all) {
        return new CellBox(hazards, severities, models, all, purposes, stages, standings);
    }

    private CellBox withPurposes(Set<String> all) {
        return new CellBox(hazards, severities, models, roles, all, stages, standings);
    }

    private CellBox withStages(Set<Stage> all) {
        return new CellBox(hazards, severities, models, roles, purposes, all, standings);
    }

    private CellBox withStandings(Set<Standing.Kind> all) {
        return new CellBox(hazards, severities, models, roles, purposes, stages, all);
    }
}
