package io.demur.core.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a key is good for. A key without models may ask none: nothing is granted by leaving it out.
 * Immutable, so safe for use by several threads.
 *
 * @param operations what may be done
 * @param models which models may be asked: names, in which {@code *} stands for any characters or
 *     none
 */
public record Scope(Set<Operation> operations, List<String> models) {

    /** A star alone: every model. */
    public static final String ANY = "*";

    /** To ask every model whatever may be asked, but to change nothing. */
    public static final Scope ASKING =
            new Scope(EnumSet.of(Operation.CHAT, Operation.EMBED, Operation.MODELS), List.of(ANY));

    public Scope {
        operations = Set.copyOf(operations);
        models = models.stream().distinct().sorted().toList();
        if (operations.isEmpty()) {
            throw new IllegalArgumentException("a key is good for something");
        }
        for (String model : models) {
            if (model.isBlank() || !model.equals(model.strip())) {
                throw new IllegalArgumentException("`%s` is no model's name".formatted(model));
            }
        }
    }

    /** Whether it may be done at all. */
    public boolean allows(Operation operation) {
        return operations.contains(operation);
    }

    /** Whether a model may be asked, by the name that the installation has for it. */
    public boolean reaches(String model) {
        for (String pattern : models) {
            if (fits(pattern, model)) {
                return true;
            }
        }
        return false;
    }

    /** Goes back to the last star where it comes to nothing: never slower than their product. */
    private static boolean fits(String pattern, String name) {
        int at = 0;
        int star = -1;
        int from = 0;
        for (int i = 0; i < name.length(); ) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                from = i;
            } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++from;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
