package io.demur.core.charter;

import io.demur.core.charter.Amendment.SettingChange;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Cell;
import io.demur.core.policy.ModelClass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What changes in who may ask for what: grants of roles, and registered prompts. More is weaker,
 * unless the charter before lets one person do it; less is stronger, unless what requests fall to
 * then does less than the purpose did. What counts is what a role may do, whether its own grant
 * says so or that of all others.
 */
final class GrantChanges {

    private final Charter before;
    private final Charter after;
    private final Leeway leeway;

    GrantChanges(Charter before, Charter after, Leeway leeway) {
        this.before = before;
        this.after = after;
        this.leeway = leeway;
    }

    List<SettingChange> all() {
        List<SettingChange> changes = new ArrayList<>();
        for (String role : leeway.axes().roles()) {
            purposes(role).ifPresent(changes::add);
            models(role).ifPresent(changes::add);
        }
        changes.addAll(prompts());
        return changes;
    }

    private Optional<SettingChange> purposes(String role) {
        Set<String> old = before.purposesOf(role);
        Set<String> now = after.purposesOf(role);
        return change(
                "grants." + role + ".purposes",
                old,
                now,
                purpose -> leeway.opens(role, purpose),
                purpose -> leeway.closes(role, purpose),
                GrantChanges::words);
    }

    private Optional<SettingChange> models(String role) {
        return change(
                "grants." + role + ".models",
                before.classesOf(role),
                after.classesOf(role),
                model -> coversAll(role, model),
                model -> true,
                GrantChanges::classes);
    }

    /** The words of a set. */
    @FunctionalInterface
    private interface Words<T> {
        String of(Set<T> set);
    }

    private static <T> Optional<SettingChange> change(
            String key,
            Set<T> old,
            Set<T> now,
            Predicate<T> inside,
            Predicate<T> stricter,
            Words<T> words) {
        if (old.equals(now)) {
            return Optional.empty();
        }
        List<T> more = now.stream().filter(each -> !old.contains(each)).toList();
        boolean less = old.stream().anyMatch(each -> !now.contains(each) && !stricter.test(each));
        Direction direction =
                less
                        ? Direction.WEAKER
                        : more.isEmpty()
                                ? Direction.STRONGER
                                : more.stream().allMatch(inside)
                                        ? Direction.EQUAL
                                        : Direction.WEAKER;
        return Optional.of(new SettingChange(key, words.of(old), words.of(now), direction));
    }

    private boolean coversAll(String role, ModelClass model) {
        boolean[] all = {true};
        new Axes(List.of(role), leeway.axes().purposes())
                .forEach(
                        (Cell cell) -> {
                            if (cell.role().equals(role) && cell.model() == model) {
                                all[0] &= leeway.covers(cell);
                            }
                        });
        return all[0];
    }

    private List<SettingChange> prompts() {
        Map<String, RegisteredPrompt> old = byId(before);
        Map<String, RegisteredPrompt> now = byId(after);
        Set<String> ids = new TreeSet<>(old.keySet());
        ids.addAll(now.keySet());
        List<SettingChange> changes = new ArrayList<>();
        for (String id : ids) {
            Optional<RegisteredPrompt> was = Optional.ofNullable(old.get(id));
            Optional<RegisteredPrompt> is = Optional.ofNullable(now.get(id));
            Direction direction =
                    direction(was.filter(it -> has(before, it)), is.filter(it -> has(after, it)));
            if (!Objects.equals(was, is) || direction != Direction.EQUAL) {
                changes.add(new SettingChange("prompts." + id, words(was), words(is), direction));
            }
        }
        return changes;
    }

    private Direction direction(Optional<RegisteredPrompt> was, Optional<RegisteredPrompt> is) {
        // the same prompt under another name is no other
        if (is.isPresent() && !has(before, is.get())) {
            String purpose = is.get().purpose();
            boolean inside =
                    leeway.axes().roles().stream().allMatch(role -> leeway.opens(role, purpose));
            return inside ? Direction.EQUAL : Direction.WEAKER;
        }
        if (was.isEmpty() || has(after, was.get())) {
            return Direction.EQUAL;
        }
        String purpose = was.get().purpose();
        boolean stricter =
                leeway.axes().roles().stream().allMatch(role -> leeway.closes(role, purpose));
        return stricter ? Direction.STRONGER : Direction.WEAKER;
    }

    /** Whether requests under a prompt have its purpose. */
    private static boolean has(Charter charter, RegisteredPrompt sought) {
        return charter.purposeOf(sought.sha256()).equals(Optional.of(sought.purpose()));
    }

    private static Map<String, RegisteredPrompt> byId(Charter charter) {
        Map<String, RegisteredPrompt> prompts = new TreeMap<>();
        charter.prompts().forEach(prompt -> prompts.put(prompt.id(), prompt));
        return prompts;
    }

    private static String words(Optional<RegisteredPrompt> prompt) {
        return prompt.map(it -> it.sha256().substring(0, 12) + "… for " + it.purpose())
                .orElse("none");
    }

    private static String words(Collection<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names));
    }

    private static String classes(Set<ModelClass> classes) {
        return Arrays.stream(ModelClass.values())
                .filter(classes::contains)
                .map(model -> model.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }
}
