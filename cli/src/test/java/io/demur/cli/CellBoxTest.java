package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.harm.Hazard;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Cell;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is said of cells holds for these cells, and for no others. */
class CellBoxTest {

    private static final Axes AXES = new Axes(List.of("a", "b"), List.of("c"));

    @Test
    void boxesHoldTheCellsAndNoOthersAndNoneTwice() {
        Property.check(
                12,
                gen -> {
                    List<Cell> some = new ArrayList<>();
                    Optional<Hazard> hazard = Optional.of(gen.oneOf(List.of(Hazard.values())));
                    int modulus = gen.between(2, 9);
                    AXES.forEach(
                            cell -> {
                                boolean in =
                                        cell.hazard().equals(hazard)
                                                || AXES.indexOf(cell) % modulus == 0;
                                if (in && some.size() < 3_000) {
                                    some.add(cell);
                                }
                            });
                    List<CellBox> boxes = CellBox.of(some);
                    assertEquals(some.size(), boxes.stream().mapToLong(CellBox::size).sum());
                    for (Cell cell : some) {
                        assertEquals(1, boxes.stream().filter(box -> holds(box, cell)).count());
                    }
                });
    }

    @Test
    void allCellsAreOneBox() {
        List<Cell> all = new ArrayList<>();
        AXES.forEach(all::add);
        List<CellBox> boxes = CellBox.of(all);
        assertEquals(1, boxes.size());
        assertEquals(AXES.cells(), boxes.getFirst().size());
        assertTrue(CellBox.of(List.of()).isEmpty());
    }

    private static boolean holds(CellBox box, Cell cell) {
        return box.hazards().contains(cell.hazard())
                && box.severities().contains(cell.severity())
                && box.models().contains(cell.model())
                && box.roles().contains(cell.role())
                && box.purposes().contains(cell.purpose())
                && box.stages().contains(cell.stage())
                && box.standings().contains(cell.standing());
    }
}
