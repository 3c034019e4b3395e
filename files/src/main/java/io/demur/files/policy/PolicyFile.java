package io.demur.files.policy;

import io.demur.core.Problem;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Ladder;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Posture;
import io.demur.core.policy.Rule;
import io.demur.core.policy.Stage;
import io.demur.core.policy.Standing;
import io.demur.core.policy.Term;
import io.demur.files.yaml.YamlDocument;
import io.demur.files.yaml.YamlMap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads a policy document: a posture, and rules beside it. All that is wrong with it is said at
 * once; a document with any problem is no policy.
 */
public final class PolicyFile {

    /** The version of the form that is read here. */
    public static final int VERSION = 1;

    private final Map<String, String> because = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private List<String> roles = List.of();
    private List<String> purposes = List.of();

    private PolicyFile() {}

    /**
     * Reads a document.
     *
     * @param file as the user named it
     * @param problems gets what is wrong with it
     * @return the policy; nothing where there is any problem
     */
    public static Optional<PolicyText> read(String file, byte[] bytes, List<Problem> problems) {
        int before = problems.size();
        Optional<PolicyText> found =
                YamlDocument.read(file, bytes, problems)
                        .map(document -> new PolicyFile().policy(document));
        return problems.size() == before ? found : Optional.empty();
    }

    private PolicyText policy(YamlMap document) {
        document.require("policy");
        OptionalInt version = document.whole("policy", 1, 1_000_000);
        if (version.isPresent() && version.getAsInt() != VERSION) {
            document.refuse(
                    "policy",
                    "version %d; this program reads version %d"
                            .formatted(version.getAsInt(), VERSION));
        }
        document.require("name");
        String name = document.text("name").orElse("");
        document.require("posture");
        Posture posture =
                new Posture(
                        document.whole("posture", Posture.LEVEL_MIN, Posture.LEVEL_MAX)
                                .orElse(Policy.defaultPosture().level()));
        roles = document.texts("roles");
        purposes = document.texts("purposes");
        List<Rule> rules = new ArrayList<>(Policy.usual());
        rules.forEach(rule -> ids.add(rule.id()));
        for (YamlMap rule : document.maps("rules")) {
            rule(rule).ifPresent(rules::add);
        }
        document.end();
        return new PolicyText(name, Policy.of(posture, rules, new Axes(roles, purposes)), because);
    }

    private Optional<Rule> rule(YamlMap rule) {
        rule.require("id");
        Optional<String> id = rule.text("id");
        if (id.isPresent() && !id.get().matches("[a-z0-9][a-z0-9-]{0,63}")) {
            rule.refuse("id", "`%s` is not made of a-z, 0-9 and `-`".formatted(id.get()));
        }
        if (id.isPresent() && !ids.add(id.get())) {
            rule.refuse("id", "there is a rule `%s` already".formatted(id.get()));
        }
        rule.require("because");
        rule.text("because").ifPresent(why -> because.put(id.orElse(""), why));
        Rule.Match match = rule.map("when").map(this::match).orElse(Rule.Match.ALL);
        Optional<Rule.Effect> effect = effect(rule);
        rule.end();
        return id.isPresent() && effect.isPresent()
                ? Optional.of(new Rule(id.get(), match, effect.get()))
                : Optional.empty();
    }

    private Rule.Match match(YamlMap when) {
        Rule.Match match =
                new Rule.Match(
                        when.choices("hazards", YamlMap.words(Hazard.class)),
                        when.choices("severities", YamlMap.words(Severity.class)),
                        when.choices("models", YamlMap.words(ModelClass.class)),
                        named(when, "roles", roles),
                        named(when, "purposes", purposes),
                        when.choices("stages", YamlMap.words(Stage.class)),
                        when.choices("standings", YamlMap.words(Standing.Kind.class)));
        when.end();
        return match;
    }

    /** Roles or purposes that the document has declared. */
    private static Set<String> named(YamlMap when, String key, List<String> declared) {
        Map<String, String> words = new HashMap<>(Map.of(Axes.OTHER, Axes.OTHER));
        declared.forEach(name -> words.put(name, name));
        return when.choices(key, words);
    }

    private Optional<Rule.Effect> effect(YamlMap rule) {
        // each is asked for, so that two in one rule are noticed
        Map<String, Supplier<Optional<Rule.Effect>>> effects =
                Map.of(
                        "stricter", () -> steps(rule, "stricter", 0.5),
                        "laxer", () -> steps(rule, "laxer", 2),
                        "at-most", () -> strength(rule, "at-most").map(Rule.Effect.AtMost::new),
                        "at-least", () -> rule.map("at-least").flatMap(PolicyFile::atLeast),
                        "ask", () -> rule.map("ask").flatMap(PolicyFile::ask),
                        "count-harm", () -> flag(rule, "count-harm", new Rule.Effect.CountHarm()),
                        "unjudged", () -> unjudged(rule));
        List<String> found = effects.keySet().stream().filter(rule::has).sorted().toList();
        if (found.size() != 1) {
            rule.refuse(
                    "id",
                    found.isEmpty()
                            ? "the rule does nothing; it has to say one of "
                                    + String.join(", ", effects.keySet().stream().sorted().toList())
                            : "the rule says %s; one of them is one rule"
                                    .formatted(String.join(" and ", found)));
            return Optional.empty();
        }
        Supplier<Optional<Rule.Effect>> effect = effects.get(found.getFirst());
        return effect == null ? Optional.empty() : effect.get();
    }

    private static Optional<Rule.Effect> steps(YamlMap rule, String key, double each) {
        OptionalInt steps = rule.whole(key, 1, 8);
        return steps.isPresent()
                ? Optional.of(new Rule.Effect.Shift(Math.pow(each, steps.getAsInt())))
                : Optional.empty();
    }

    private static Optional<Strength> strength(YamlMap map, String key) {
        return map.choice(key, YamlMap.words(Strength.class));
    }

    private static Optional<Rule.Effect> atLeast(YamlMap map) {
        map.require("decision");
        map.require("from");
        Optional<Strength> strength = strength(map, "decision");
        OptionalInt from = line(map);
        map.end();
        return strength.isPresent() && from.isPresent()
                ? Optional.of(new Rule.Effect.AtLeast(strength.get(), from.getAsInt()))
                : Optional.empty();
    }

    private static Optional<Rule.Effect> ask(YamlMap map) {
        map.require("id");
        map.require("text");
        map.require("from");
        Optional<String> id = map.text("id");
        Optional<String> text = map.text("text");
        OptionalInt from = line(map);
        map.end();
        if (id.isEmpty() || text.isEmpty() || from.isEmpty()) {
            return Optional.empty();
        }
        if (id.get().isBlank() || text.get().isBlank()) {
            map.refuse("text", "a condition says what the answer must do");
            return Optional.empty();
        }
        Term term = new Term(id.get().strip(), text.get().strip());
        return Optional.of(new Rule.Effect.Ask(term, from.getAsInt()));
    }

    private static OptionalInt line(YamlMap map) {
        OptionalDouble from = map.number("from", 0, 1);
        return from.isPresent()
                ? OptionalInt.of(Math.toIntExact(Math.round(from.getAsDouble() * Ladder.CERTAIN)))
                : OptionalInt.empty();
    }

    private static Optional<Rule.Effect> flag(YamlMap rule, String key, Rule.Effect effect) {
        if (rule.truth(key).orElse(true)) {
            return Optional.of(effect);
        }
        rule.refuse(key, "`false` changes nothing; leave the rule out");
        return Optional.empty();
    }

    private static Optional<Rule.Effect> unjudged(YamlMap rule) {
        Optional<Strength> strength = strength(rule, "unjudged");
        if (strength.isPresent() && strength.get().compareTo(Strength.HOLD) < 0) {
            rule.refuse("unjudged", "what nobody could judge is held or refused");
            return Optional.empty();
        }
        return strength.map(Rule.Effect.Unjudged::new);
    }
}
