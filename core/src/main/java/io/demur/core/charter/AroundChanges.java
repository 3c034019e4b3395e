package io.demur.core.charter;

import io.demur.core.charter.Amendment.SettingChange;
import io.demur.core.charter.Incidents.Sanction;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What changes about refused requests that come again, and about answers that are looked at. */
final class AroundChanges {

    private final Settings before;
    private final Settings after;
    private final List<SettingChange> changes = new ArrayList<>();

    AroundChanges(Settings before, Settings after) {
        this.before = before;
        this.after = after;
    }

    List<SettingChange> all() {
        steps();
        Set<Hazard> old = before.incidents().pinned();
        Set<Hazard> now = after.incidents().pinned();
        change("incidents.pinned", words(old), words(now), now.containsAll(old), old.equals(now));
        sanctioned();
        review();
        return changes;
    }

    /** One line for each category that either of them names, and one for all others. */
    private void steps() {
        Incidents old = before.incidents();
        Incidents now = after.incidents();
        step("default", old.otherwise(), now.otherwise());
        Set<Hazard> named = EnumSet.noneOf(Hazard.class);
        named.addAll(old.then().keySet());
        named.addAll(now.then().keySet());
        for (Hazard hazard : named) {
            step(word(hazard), old.then(Optional.of(hazard)), now.then(Optional.of(hazard)));
        }
    }

    private void step(String key, Strength old, Strength now) {
        change(
                "incidents.then." + key,
                word(old),
                word(now),
                now.compareTo(old) >= 0,
                now.equals(old));
    }

    /**
     * A way is weaker by every pair of a category and a place to go to that it adds. Places are
     * compared by what they are called: what a name covers of another, nobody needs to work out.
     */
    private void sanctioned() {
        Set<String> old = pairs(before.incidents().sanctioned());
        Set<String> now = pairs(after.incidents().sanctioned());
        change(
                "incidents.sanctioned",
                ways(before.incidents().sanctioned()),
                ways(after.incidents().sanctioned()),
                old.containsAll(now),
                before.incidents().sanctioned().equals(after.incidents().sanctioned()),
                now.containsAll(old));
    }

    private static Set<String> pairs(Set<Sanction> sanctioned) {
        Set<String> pairs = new TreeSet<>();
        for (Sanction each : sanctioned) {
            Set<String> hazards = new TreeSet<>();
            each.hazards().forEach(hazard -> hazards.add(word(hazard)));
            if (hazards.isEmpty()) {
                hazards.add("none");
                EnumSet.allOf(Hazard.class).forEach(hazard -> hazards.add(word(hazard)));
            }
            for (String hazard : hazards) {
                each.models().forEach(model -> pairs.add(hazard + " class " + word(model)));
                each.names().forEach(name -> pairs.add(hazard + " name " + name));
            }
        }
        return pairs;
    }

    private void review() {
        Settings.Review old = before.review();
        Settings.Review now = after.review();
        for (ModelClass model : ModelClass.values()) {
            change(
                    "review.samples." + word(model),
                    percent(old.of(model)),
                    percent(now.of(model)),
                    now.of(model) >= old.of(model),
                    now.of(model) == old.of(model));
        }
        change(
                "review.per-10000",
                old.perBlock() + "",
                now.perBlock() + "",
                now.perBlock() >= old.perBlock(),
                now.perBlock() == old.perBlock());
    }

    private void change(String key, String was, String is, boolean isAtLeast, boolean same) {
        change(key, was, is, isAtLeast, same, false);
    }

    private void change(
            String key,
            String was,
            String is,
            boolean isAtLeast,
            boolean same,
            boolean wasAtLeast) {
        if (!same) {
            changes.add(new SettingChange(key, was, is, Direction.of(isAtLeast, wasAtLeast)));
        }
    }

    private static String words(Set<Hazard> hazards) {
        return hazards.isEmpty()
                ? "none"
                : hazards.stream()
                        .map(AroundChanges::word)
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private static String ways(Set<Sanction> sanctioned) {
        return sanctioned.isEmpty()
                ? "none"
                : sanctioned.stream()
                        .map(AroundChanges::way)
                        .sorted()
                        .collect(Collectors.joining("; "));
    }

    private static String way(Sanction way) {
        List<String> to = new ArrayList<>();
        way.models().stream().map(AroundChanges::word).sorted().forEach(to::add);
        way.names().stream().sorted().forEach(to::add);
        String from = way.hazards().isEmpty() ? "anything" : words(way.hazards());
        return "%s to %s".formatted(from, String.join(", ", to));
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString()
                + " %";
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
