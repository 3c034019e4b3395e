package io.demur.record.policy;

import io.demur.log.note.Malformed;
import io.demur.log.note.Note;
import io.demur.log.note.VerifierKey;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Whose signatures count. Immutable. */
public record Trust(List<Principal> principals) {

    private static final Pattern PLAIN = Pattern.compile("[!-~]{1,80}");

    public Trust {
        principals = List.copyOf(principals);
    }

    /**
     * What makes this a list that nobody should sign, if anything: without an author nothing could
     * ever be changed, and a key of two principals would let one person stand for two.
     */
    public Optional<String> flaw() {
        Set<String> names = new HashSet<>();
        Set<String> keys = new HashSet<>();
        for (Principal principal : principals) {
            if (principal.name().isBlank() || !names.add(principal.name())) {
                return Optional.of(
                        "the principal `%s` has no name, or that of another"
                                .formatted(principal.name()));
            }
            if (principal.keys().isEmpty() || principal.roles().isEmpty()) {
                return Optional.of(
                        "`%s` has no key, or no role: author or approver"
                                .formatted(principal.name()));
            }
            for (VerifierKey key : principal.keys()) {
                if (key.type() != VerifierKey.Type.ED25519) {
                    return Optional.of("the key `%s` is none that signs policies".formatted(key));
                }
                if (!keys.add(Arrays.toString(key.key()))) {
                    return Optional.of("the key `%s` is listed twice".formatted(key));
                }
            }
        }
        return having(Principal.Role.AUTHOR).isEmpty()
                ? Optional.of("nobody is an author, so that nobody could ever change anything")
                : Optional.empty();
    }

    /** Whether a weakening is possible: one writes it, and another approves. */
    public boolean canWeaken() {
        return pair(names());
    }

    /** Whether some of these can weaken together. */
    boolean pair(Set<String> signed) {
        Set<String> authors = having(Principal.Role.AUTHOR);
        Set<String> approvers = having(Principal.Role.APPROVER);
        authors.retainAll(signed);
        approvers.retainAll(signed);
        return authors.stream().anyMatch(a -> approvers.stream().anyMatch(b -> !a.equals(b)));
    }

    /** Those who have a role. */
    Set<String> having(Principal.Role role) {
        Set<String> found = new TreeSet<>();
        principals.stream()
                .filter(it -> it.roles().contains(role))
                .forEach(it -> found.add(it.name()));
        return found;
    }

    private Set<String> names() {
        Set<String> all = new TreeSet<>();
        principals.forEach(it -> all.add(it.name()));
        return all;
    }

    /** All keys. */
    List<VerifierKey> keys() {
        return principals.stream().flatMap(it -> it.keys().stream()).toList();
    }

    /** A key as an entry of the log names it, which holds no more than it must. */
    static String named(VerifierKey key) {
        boolean plain = PLAIN.matcher(key.name()).matches();
        return (plain ? key.name() : "key") + "+" + key.hexId();
    }

    /** Those of whom an entry of the log names a key. */
    Set<String> named(List<String> ids) {
        Set<String> names = new TreeSet<>();
        principals.stream()
                .filter(it -> it.keys().stream().map(Trust::named).anyMatch(ids::contains))
                .forEach(it -> names.add(it.name()));
        return names;
    }

    /**
     * Who of these signed a note, by name.
     *
     * @throws Malformed where a signature that bears the name and id of one of the keys is false
     */
    Set<String> signers(Note note) throws Malformed {
        Set<String> names = new LinkedHashSet<>();
        Set<VerifierKey> signed = note.signers(keys());
        for (Principal principal : principals) {
            if (principal.keys().stream().anyMatch(signed::contains)) {
                names.add(principal.name());
            }
        }
        return names;
    }
}
