package io.demur.files.policy;

import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Axes;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Rule;
import io.demur.core.policy.Stage;
import io.demur.core.policy.Standing;
import io.demur.files.yaml.YamlMap;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The roles and purposes that a document declares, which is where its other parts may name them.
 */
record Names(List<String> roles, List<String> purposes) {

    /** Enough for seven roles and seven purposes beside `other`; a table has to fit into memory. */
    private static final int CELLS_MAX = 250_000;

    Names {
        roles = List.copyOf(roles);
        purposes = List.copyOf(purposes);
    }

    /** Reads them. */
    static Names of(YamlMap document) {
        Names names = new Names(declared(document, "roles"), declared(document, "purposes"));
        long perPair = new Axes(List.of(), List.of()).cells();
        long cells = perPair * (names.roles.size() + 1L) * (names.purposes.size() + 1L);
        if (cells > CELLS_MAX) {
            document.refuse(
                    names.roles.size() > names.purposes.size() ? "roles" : "purposes",
                    "%d roles and %d purposes make %,d cells; %,d are the most that fit"
                            .formatted(
                                    names.roles.size(), names.purposes.size(), cells, CELLS_MAX));
            return new Names(List.of(), List.of());
        }
        return names;
    }

    private static List<String> declared(YamlMap document, String key) {
        List<String> names = document.texts(key);
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")) {
                document.refuse(
                        key,
                        "`%s` is not made of letters, digits and `.`, `_`, `:`, `-`"
                                .formatted(name));
            } else if (name.equals(Axes.OTHER)) {
                document.refuse(key, "`other` is everybody who is not named; leave it out");
            } else if (!seen.add(name)) {
                document.refuse(key, "`%s` stands there twice".formatted(name));
            }
        }
        return names;
    }

    /** In which cells something holds. */
    Rule.Match match(YamlMap when) {
        Rule.Match match =
                new Rule.Match(
                        when.choices("hazards", YamlMap.words(Hazard.class)),
                        when.choices("severities", YamlMap.words(Severity.class)),
                        when.choices("models", YamlMap.words(ModelClass.class)),
                        when.choices("roles", words(roles, true)),
                        when.choices("purposes", words(purposes, true)),
                        when.choices("stages", YamlMap.words(Stage.class)),
                        when.choices("standings", YamlMap.words(Standing.Kind.class)));
        when.end();
        return match;
    }

    /** A role that is declared, or {@code other}. */
    Optional<String> role(YamlMap map) {
        return map.choice("role", words(roles, true));
    }

    /** Purposes that are declared. */
    Set<String> purposes(YamlMap map) {
        return some(map, "purposes") ? map.choices("purposes", words(purposes, false)) : Set.of();
    }

    /** A purpose that is declared. */
    Optional<String> purpose(YamlMap map) {
        return some(map, "purpose")
                ? map.choice("purpose", words(purposes, false))
                : Optional.empty();
    }

    private boolean some(YamlMap map, String key) {
        if (map.has(key) && purposes.isEmpty()) {
            map.refuse(key, "the document declares no `purposes`");
            return false;
        }
        return true;
    }

    private static Map<String, String> words(List<String> declared, boolean other) {
        Map<String, String> words = new LinkedHashMap<>();
        declared.forEach(name -> words.put(name, name));
        if (other) {
            words.put(Axes.OTHER, Axes.OTHER);
        }
        return words;
    }
}
