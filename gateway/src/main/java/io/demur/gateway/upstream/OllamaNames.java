package io.demur.gateway.upstream;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How Ollama reads the name of a model: a tag and the usual place may be left out. */
final class OllamaNames {

    /** What is meant where no tag stands there. */
    private static final String LATEST = ":latest";

    /** Where a model is from that says nothing else, the longest first. */
    private static final List<String> USUAL_PLACE =
            List.of("registry.ollama.ai/library/", "registry.ollama.ai/", "library/");

    private OllamaNames() {}

    /** All names that mean the same model to it, this one first. */
    static Set<String> same(String name) {
        Set<String> same = new LinkedHashSet<>(List.of(name));
        String plain = name;
        for (String place : USUAL_PLACE) {
            if (plain.startsWith(place)) {
                plain = plain.substring(place.length());
                break;
            }
        }
        String tagged =
                plain.substring(plain.lastIndexOf('/') + 1).contains(":") ? plain : plain + LATEST;
        same.add(tagged);
        untagged(tagged).ifPresent(same::add);
        for (String each : List.copyOf(same)) {
            if (!each.contains("/")) {
                USUAL_PLACE.stream()
                        .filter(place -> place.endsWith("library/"))
                        .forEach(place -> same.add(place + each));
            }
        }
        return same;
    }

    /** The name without the tag that may be left out, where it has that. */
    static Optional<String> untagged(String name) {
        return name.endsWith(LATEST) && name.length() > LATEST.length()
                ? Optional.of(name.substring(0, name.length() - LATEST.length()))
                : Optional.empty();
    }
}
