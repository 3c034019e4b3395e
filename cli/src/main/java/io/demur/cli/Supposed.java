package io.demur.cli;

import io.demur.core.JudgeId;
import io.demur.core.Refusal;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Context;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Stage;
import io.demur.core.policy.Standing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A cell of a policy's table and a probability in it, as a user names them. */
record Supposed(Assessment.Judged assessment, Context context, Standing standing) {

    private static final List<String> NAMES =
            List.of("hazard", "severity", "model", "role", "purpose", "stage", "standing", "p");
    private static final JudgeId NOBODY = new JudgeId("supposed", 1, "0".repeat(64));
    private static final Standing REOPENED =
            new Standing.Reopened(
                    new Standing.Earlier("earlier", Refusal.Origin.GATEWAY, Standing.Likeness.SAME),
                    Standing.Reopened.Cause.APPEAL_UPHELD);

    /**
     * Reads words such as {@code hazard=privacy severity=serious p=0.7}.
     *
     * @param context what holds where the words name nothing else
     * @param standing likewise
     * @throws IllegalArgumentException saying what is wrong
     */
    static Supposed parse(String words, Context context, Standing standing) {
        Map<String, String> said = new LinkedHashMap<>();
        for (String word : words.strip().split("[\\s,]+", -1)) {
            int at = word.indexOf('=');
            String name = at < 0 ? word : word.substring(0, at);
            if (at < 0 || !NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "`%s` is not one of %s with `=` and a value"
                                .formatted(word, String.join(", ", NAMES)));
            }
            if (said.put(name, word.substring(at + 1)) != null) {
                throw new IllegalArgumentException("`%s` stands there twice".formatted(name));
            }
        }
        Optional<Hazard> hazard =
                one(said, "hazard", "none").equals("none")
                        ? Optional.empty()
                        : Optional.of(constant(Hazard.class, said.getOrDefault("hazard", "")));
        Severity severity = constant(Severity.class, one(said, "severity", "serious"));
        double p = probability(one(said, "p", "0.5"));
        Context where =
                new Context(
                        said.containsKey("model")
                                ? constant(ModelClass.class, said.getOrDefault("model", ""))
                                : context.model(),
                        one(said, "role", context.role()),
                        one(said, "purpose", context.purpose()),
                        said.containsKey("stage")
                                ? constant(Stage.class, said.getOrDefault("stage", ""))
                                : context.stage());
        Standing as =
                said.containsKey("standing")
                        ? switch (constant(
                                Standing.Kind.class, said.getOrDefault("standing", ""))) {
                            case FRESH -> Standing.FRESH;
                            case REFUSED -> Explanation.REFUSED;
                            case REOPENED -> REOPENED;
                        }
                        : standing;
        return new Supposed(judged(p, hazard, severity), where, as);
    }

    private static Assessment.Judged judged(double p, Optional<Hazard> hazard, Severity severity) {
        Consequence consequence =
                severity == Severity.NONE
                        ? Consequence.NONE
                        : new Consequence(
                                List.of("those who bear it"),
                                "as supposed",
                                severity,
                                Consequence.Reversibility.PARTLY,
                                Consequence.Reach.ONE,
                                false);
        Map<Hazard, Double> hazards = hazard.map(named -> Map.of(named, 1.0)).orElse(Map.of());
        return new Assessment.Judged(p, hazards, consequence, NOBODY);
    }

    private static String one(Map<String, String> said, String name, String otherwise) {
        String value = said.getOrDefault(name, otherwise);
        if (value.isBlank()) {
            throw new IllegalArgumentException("`%s=` has no value".formatted(name));
        }
        return value;
    }

    private static <E extends Enum<E>> E constant(Class<E> of, String word) {
        E[] all = of.getEnumConstants();
        return Arrays.stream(all)
                .filter(constant -> PolicyWords.word(constant).equals(fold(word)))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "`%s` is not one of %s"
                                                .formatted(
                                                        word,
                                                        Arrays.stream(all)
                                                                .map(PolicyWords::word)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }

    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double probability(String word) {
        double p;
        try {
            p = Double.parseDouble(word);
        } catch (NumberFormatException e) {
            p = Double.NaN;
        }
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("`p=%s` is not between 0 and 1".formatted(word));
        }
        return p;
    }
}
