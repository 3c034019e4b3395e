package io.demur.files.policy;

import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Ladder;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Rule;
import io.demur.core.policy.Term;
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
import java.util.regex.Pattern;

/** Reads {@code rules}. */
final class RulesReader {

    /** Each is tried on every cell. */
    private static final int RULES_MAX = 500;

    /** What decisions name as their reason where it is no rule of a document. */
    private static final Pattern RESERVED = Pattern.compile("floor|scope|unjudged|posture-.*");

    private final Names names;
    private final Map<String, String> because = new HashMap<>();
    private final Set<String> ids = new HashSet<>();

    RulesReader(Names names) {
        this.names = names;
    }

    /** The rules that every policy starts from, and those of the document. */
    List<Rule> read(YamlMap document) {
        List<Rule> rules = new ArrayList<>(Policy.usual());
        rules.forEach(rule -> ids.add(rule.id()));
        List<YamlMap> found = document.maps("rules");
        if (found.size() > RULES_MAX) {
            document.refuse(
                    "rules", "%,d rules; %d are the most".formatted(found.size(), RULES_MAX));
            return rules;
        }
        for (YamlMap rule : found) {
            rule(rule).ifPresent(rules::add);
        }
        return rules;
    }

    /** The reason that the document gives for each of its rules. */
    Map<String, String> because() {
        return because;
    }

    private Optional<Rule> rule(YamlMap rule) {
        rule.require("id");
        Optional<String> id = rule.text("id");
        if (id.isPresent() && !id.get().matches("[a-z0-9][a-z0-9-]{0,63}")) {
            rule.refuse("id", "`%s` is not made of a-z, 0-9 and `-`".formatted(id.get()));
        }
        if (id.isPresent() && RESERVED.matcher(id.get()).matches()) {
            rule.refuse(
                    "id",
                    "`%s` is a reason of the program's own; a record would name the wrong rule"
                            .formatted(id.get()));
        }
        if (id.isPresent() && !ids.add(id.get())) {
            rule.refuse("id", "there is a rule `%s` already".formatted(id.get()));
        }
        rule.require("because");
        Optional<String> why = rule.text("because");
        if (why.isPresent() && Unseen.isBlank(why.get())) {
            rule.refuse("because", "a rule says why it is there");
        }
        why.ifPresent(it -> because.put(id.orElse(""), it));
        Rule.Match match = rule.map("when").map(names::match).orElse(Rule.Match.ALL);
        Optional<Rule.Effect> effect = effect(rule);
        rule.end();
        return id.isPresent() && effect.isPresent()
                ? Optional.of(new Rule(id.get(), match, effect.get()))
                : Optional.empty();
    }

    private Optional<Rule.Effect> effect(YamlMap rule) {
        // each is asked for, so that two in one rule are noticed
        Map<String, Supplier<Optional<Rule.Effect>>> effects =
                Map.of(
                        "stricter", () -> steps(rule, "stricter", 0.5),
                        "laxer", () -> steps(rule, "laxer", 2),
                        "at-most", () -> strength(rule, "at-most").map(Rule.Effect.AtMost::new),
                        "at-least",
                                () ->
                                        rule.map("at-least", "decision", "from")
                                                .flatMap(RulesReader::atLeast),
                        "ask",
                                () ->
                                        rule.map("ask", "id", "text", "from")
                                                .flatMap(RulesReader::ask),
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
        if (Unseen.isBlank(id.get()) || Unseen.isBlank(text.get())) {
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
