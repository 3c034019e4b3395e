package io.demur.files.policy;

import io.demur.core.charter.Scope;
import io.demur.files.yaml.YamlMap;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code scope}: what a deployment is for. */
final class ScopeReader {

    /** The purpose stands in a refusal, which is short. */
    private static final int PURPOSE_MAX = 200;

    private static final int EXAMPLE_MAX = 500;
    private static final int EXAMPLES_MAX = 200;

    private ScopeReader() {}

    static Optional<Scope> read(YamlMap document) {
        if (document.keys().contains("scope") && !document.has("scope")) {
            document.refuse(
                    "scope", "nothing stands under it; leave the key out where nothing is outside");
        }
        return document.map("scope", "for", "inside", "outside").flatMap(ScopeReader::scope);
    }

    private static Optional<Scope> scope(YamlMap scope) {
        scope.require("for");
        scope.require("inside");
        Optional<String> purpose = scope.text("for").map(String::strip);
        if (purpose.isPresent() && !isLine(purpose.get(), PURPOSE_MAX)) {
            scope.refuse(
                    "for",
                    "people are told it, in one line of 1 to %d characters".formatted(PURPOSE_MAX));
        }
        List<String> inside = examples(scope, "inside");
        List<String> outside = examples(scope, "outside");
        if (scope.has("inside") && inside.isEmpty()) {
            scope.refuse("inside", "there is no example of what belongs here");
        }
        Set<String> both = new HashSet<>(inside);
        both.retainAll(outside);
        both.stream()
                .sorted()
                .findFirst()
                .ifPresent(
                        each -> scope.refuse("outside", "`%s` is inside as well".formatted(each)));
        scope.end();
        return purpose.isPresent() && !purpose.get().isEmpty() && !inside.isEmpty()
                ? Optional.of(new Scope(purpose.get(), inside, outside))
                : Optional.empty();
    }

    private static List<String> examples(YamlMap scope, String key) {
        List<String> found = scope.texts(key).stream().map(String::strip).toList();
        if (found.size() > EXAMPLES_MAX) {
            scope.refuse(
                    key, "%,d examples; %d are the most".formatted(found.size(), EXAMPLES_MAX));
        }
        if (found.stream().anyMatch(each -> each.isEmpty() || each.length() > EXAMPLE_MAX)) {
            scope.refuse(key, "an example has 1 to %d characters".formatted(EXAMPLE_MAX));
        }
        return found;
    }

    /** Whether a text can stand in one line. */
    static boolean isLine(String text, int max) {
        return !text.isEmpty()
                && text.length() <= max
                && text.codePoints().noneMatch(Character::isISOControl);
    }
}
