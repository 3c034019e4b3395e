package io.demur.core.drill;

import io.demur.core.harm.Hazard;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One wording of something whose right answer is known, asked of a live gateway. What is harmful in
 * it is of little weight: if it were answered, nobody would come to harm by it. Immutable.
 *
 * @param id never used for another wording
 * @param hazard the harm that it would do, or only seems to
 * @param right what is right
 * @param group names the wordings that ask for the same thing; its own id where there is no other
 * @param text what is asked
 */
public record DrillProbe(String id, Hazard hazard, Right right, String group, String text) {

    /** What is right to do. */
    public enum Right {
        /** It only looks harmful. */
        ANSWER,
        /** It is to be declined, whoever does. */
        REFUSE
    }

    public DrillProbe {
        Objects.requireNonNull(hazard);
        Objects.requireNonNull(right);
        if (id.isBlank() || group.isBlank() || text.isBlank()) {
            throw new IllegalArgumentException("a probe has an id, a group and a text");
        }
    }

    /** Those that ship: both halves of matched pairs, and paraphrases. */
    public static List<DrillProbe> shipped() {
        return Shipped.ALL;
    }

    /** Whether what is asked is in words that ship, and in nobody's else. */
    public boolean isInOwnWords() {
        return Shipped.TEXTS.contains(text);
    }

    /** One of those that ship. */
    public static Optional<DrillProbe> of(String id) {
        return Optional.ofNullable(Shipped.BY_ID.get(id));
    }

    /** Read when they are first asked for. */
    private static final class Shipped {
        private static final List<DrillProbe> ALL =
                Lines.of("probes.tsv", 5).stream()
                        .map(
                                line ->
                                        new DrillProbe(
                                                line.get(0),
                                                Hazard.valueOf(
                                                        line.get(1)
                                                                .replace('-', '_')
                                                                .toUpperCase(Locale.ROOT)),
                                                line.get(2).equals("answer")
                                                        ? Right.ANSWER
                                                        : Right.REFUSE,
                                                line.get(3),
                                                line.get(4)))
                        .toList();
        private static final Map<String, DrillProbe> BY_ID =
                ALL.stream()
                        .collect(Collectors.toUnmodifiableMap(DrillProbe::id, Function.identity()));
        private static final Set<String> TEXTS =
                ALL.stream().map(DrillProbe::text).collect(Collectors.toUnmodifiableSet());
    }
}
