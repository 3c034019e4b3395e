package io.demur.core.charter;

import io.demur.core.charter.Amendment.SettingChange;
import io.demur.core.policy.Cell;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What changes where models stand.
 *
 * <p>A name that is listed for the first time weakens nothing wherever it is placed: nobody could
 * ask for it by a policy that knew it. For that to be no way round, a name that has been listed
 * stays listed (taken off, it could be placed anew the next day), and moves only to where no cell
 * does less than it did. A pattern covers names that nobody has looked at; they move from the class
 * of all other models, as they do when that changes.
 */
final class ModelChanges {

    /** No name of a model holds it, so what ends in it is a name that only a pattern fits. */
    private static final String ANY = "\uffff";

    private final Charter before;
    private final Charter after;

    // a document may place many models, and there are few classes
    private final Map<Going, Boolean> known = new HashMap<>();

    /** From a class under one policy to a class under another. */
    private record Going(Table before, ModelClass from, Table after, ModelClass to) {

        /** Whether the second does at least as much in every cell as the first did. */
        boolean isAtLeast() {
            boolean[] all = {true};
            before.axes()
                    .with(after.axes())
                    .forEach(
                            cell -> {
                                if (all[0] && cell.model() == from) {
                                    all[0] =
                                            after.at(of(cell, to)).isAtLeast(before.at(cell), cell);
                                }
                            });
            return all[0];
        }
    }

    ModelChanges(Charter before, Charter after) {
        this.before = before;
        this.after = after;
    }

    List<SettingChange> all() {
        List<SettingChange> changes = new ArrayList<>();
        Models old = before.models();
        Models now = after.models();
        TreeSet<String> names = new TreeSet<>(old.placed().keySet());
        names.addAll(now.placed().keySet());
        for (String name : names) {
            if (!Objects.equals(old.placed().get(name), now.placed().get(name))) {
                String asked = asked(name);
                changes.add(
                        new SettingChange(
                                "models." + name,
                                words(old, asked),
                                words(now, asked),
                                direction(name)));
            }
        }
        if (old.other() != now.other()) {
            boolean all = names.contains(Models.ALL);
            changes.add(
                    new SettingChange(
                            "models.other",
                            word(old.other()),
                            word(now.other()),
                            all ? Direction.EQUAL : direction(Models.ALL)));
        }
        return changes;
    }

    private Direction direction(String name) {
        String asked = asked(name);
        Optional<Models.Placement> old = before.models().listed(asked);
        Optional<Models.Placement> now = after.models().listed(asked);
        if (old.isEmpty() && !name.endsWith(Models.ALL)) {
            return Direction.EQUAL; // listed for the first time
        }
        if (old.isPresent() && now.isEmpty()) {
            return Direction.WEAKER;
        }
        return Direction.of(isAtLeast(before, after, asked), isAtLeast(after, before, asked));
    }

    private boolean isAtLeast(Charter before, Charter after, String asked) {
        Models.Placement old = before.models().of(asked);
        Models.Placement now = after.models().of(asked);
        // another server answers from now on where an address is fixed for the first time
        return old.base().equals(now.base())
                && !isOpened(before, old.model(), after, now.model())
                && (old.model() == now.model() // the tables are compared cell by cell
                        || known.computeIfAbsent(
                                new Going(table(before), old.model(), table(after), now.model()),
                                Going::isAtLeast));
    }

    /** Whether it comes to where a role may ask it that could not before. */
    private static boolean isOpened(Charter before, ModelClass from, Charter after, ModelClass to) {
        return from != to
                && table(before).axes().with(table(after).axes()).roles().stream()
                        .anyMatch(role -> !before.mayAsk(role, from) && after.mayAsk(role, to));
    }

    /** The same cell for another class of models. */
    static Cell of(Cell cell, ModelClass model) {
        return new Cell(
                cell.hazard(),
                cell.severity(),
                model,
                cell.role(),
                cell.purpose(),
                cell.stage(),
                cell.standing());
    }

    private static Table table(Charter charter) {
        return charter.policy().table();
    }

    /** A name that a key of the list stands for. */
    private static String asked(String key) {
        return key.endsWith(Models.ALL) ? key.substring(0, key.length() - 1) + ANY : key;
    }

    private static String words(Models models, String asked) {
        return models.listed(asked)
                .map(
                        place ->
                                word(place.model())
                                        + place.base().map(base -> " at " + base).orElse(""))
                .orElseGet(() -> "not listed, so " + word(models.other()));
    }

    private static String word(ModelClass model) {
        return model.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
