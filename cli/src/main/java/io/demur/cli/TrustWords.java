package io.demur.cli;

import io.demur.log.note.VerifierKey;
import io.demur.record.policy.Principal;
import io.demur.record.policy.Trust;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in words whose signatures count. */
final class TrustWords {

    private TrustWords() {}

    /** One line for each person: name, roles, keys. */
    static List<String> people(Trust trust) {
        List<String> lines = new ArrayList<>();
        for (Principal person : trust.principals()) {
            lines.add("  %-16s %-18s %s".formatted(person.name(), roles(person), keys(person)));
        }
        return lines;
    }

    /** All of them in one line. */
    static String oneLine(Trust trust) {
        return trust.principals().stream()
                .map(person -> "%s (%s)".formatted(person.name(), roles(person)))
                .collect(Collectors.joining(", "));
    }

    static String roles(Principal person) {
        return person.roles().stream()
                .sorted(Comparator.naturalOrder())
                .map(PolicyWords::word)
                .collect(Collectors.joining(", "));
    }

    private static String keys(Principal person) {
        return person.keys().stream()
                .map(key -> "key " + key.hexId())
                .collect(Collectors.joining(", "));
    }

    /** What would be different: who comes, who goes, whose roles or keys change. */
    static List<String> changes(Optional<Trust> before, Trust after) {
        List<String> lines = new ArrayList<>();
        List<Principal> old = before.map(Trust::principals).orElse(List.of());
        for (Principal person : after.principals()) {
            Optional<Principal> was = named(old, person.name());
            if (was.isEmpty()) {
                lines.add(
                        "%s is added: %s, %s"
                                .formatted(person.name(), roles(person), keys(person)));
            } else {
                lines.addAll(changes(was.get(), person));
            }
        }
        for (Principal person : old) {
            if (named(after.principals(), person.name()).isEmpty()) {
                lines.add("%s is taken away: %s".formatted(person.name(), roles(person)));
            }
        }
        return lines;
    }

    private static List<String> changes(Principal before, Principal after) {
        List<String> lines = new ArrayList<>();
        if (!before.roles().equals(after.roles())) {
            lines.add("%s: %s, and was %s".formatted(after.name(), roles(after), roles(before)));
        }
        Set<VerifierKey> keys = new LinkedHashSet<>(after.keys());
        before.keys().forEach(keys::remove);
        keys.forEach(key -> lines.add("%s: key %s is added".formatted(after.name(), key.hexId())));
        Set<VerifierKey> gone = new LinkedHashSet<>(before.keys());
        after.keys().forEach(gone::remove);
        gone.forEach(
                key -> lines.add("%s: key %s is taken away".formatted(after.name(), key.hexId())));
        return lines;
    }

    private static Optional<Principal> named(List<Principal> people, String name) {
        return people.stream().filter(person -> person.name().equals(name)).findFirst();
    }

    /** Names for a sentence: {@code a}, {@code a or b}, {@code a, b or c}. */
    static String list(Iterable<String> names, String last) {
        List<String> all = new ArrayList<>();
        names.forEach(all::add);
        return all.size() < 2
                ? String.join("", all)
                : String.join(", ", all.subList(0, all.size() - 1))
                        + " %s ".formatted(last)
                        + all.getLast();
    }

    /** Whose key this is. */
    static Optional<Principal> owner(Trust trust, VerifierKey key) {
        return trust.principals().stream().filter(it -> it.keys().contains(key)).findFirst();
    }
}
