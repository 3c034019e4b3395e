package io.demur.core.charter;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.compose.Tongue;
import io.demur.core.compose.Wording;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Posture;
import io.demur.core.policy.Rule;
import io.demur.testkit.Gen;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A charter that can still be changed, for tests. */
final class Draft {

    static final String ROLE = "red-team";
    static final String PURPOSE = "audit";

    /** Most changes are not to the table, which takes the longest to make. */
    private static final Map<List<Object>, Policy> EXPANDED = new ConcurrentHashMap<>();

    String name = "desk";
    int posture = 5;
    List<String> roles = new ArrayList<>(List.of(ROLE));
    List<String> purposes = new ArrayList<>(List.of(PURPOSE));
    List<Rule> rules = new ArrayList<>();
    Map<String, String> because = new TreeMap<>();
    Optional<Scope> scope = Optional.empty();
    Map<String, Grant> grants = new TreeMap<>();
    Map<String, RegisteredPrompt> prompts = new TreeMap<>();
    Map<String, Models.Placement> placed = new TreeMap<>();
    ModelClass other = ModelClass.LOCAL_UNALIGNED;
    Map<String, String> english = new TreeMap<>();
    List<JudgeId> judges = new ArrayList<>();
    Band band = new Band(0.05, 0.95);
    Settings.Windows windows = Settings.USUAL.windows();
    Settings.Retention retention = Settings.USUAL.retention();
    Settings.Witnesses witnesses = Settings.USUAL.witnesses();
    int drills = 2;
    Settings.Changes changes = Settings.USUAL.changes();
    Incidents incidents = Settings.USUAL.incidents();
    Settings.Review review = Settings.USUAL.review();
    Optional<Envelope> envelope = Optional.empty();

    Charter charter() {
        List<Rule> all = new ArrayList<>(Policy.usual());
        all.addAll(rules);
        return new Charter(
                name,
                EXPANDED.computeIfAbsent(
                        List.of(posture, all, List.copyOf(roles), List.copyOf(purposes)),
                        key -> Policy.of(new Posture(posture), all, new Axes(roles, purposes))),
                because,
                scope,
                List.copyOf(grants.values()),
                List.copyOf(prompts.values()),
                new Models(placed, other),
                Wording.of(Map.of(Tongue.ENGLISH, english)),
                new Settings(
                        judges,
                        band,
                        windows,
                        retention,
                        witnesses,
                        new Settings.Drills(drills),
                        changes,
                        incidents,
                        review),
                envelope);
    }

    /** A separate one that says the same. */
    Draft copy() {
        Draft copy = new Draft();
        copy.name = name;
        copy.posture = posture;
        copy.roles = new ArrayList<>(roles);
        copy.purposes = new ArrayList<>(purposes);
        copy.rules = new ArrayList<>(rules);
        copy.because = new TreeMap<>(because);
        copy.scope = scope;
        copy.grants = new TreeMap<>(grants);
        copy.prompts = new TreeMap<>(prompts);
        copy.placed = new TreeMap<>(placed);
        copy.other = other;
        copy.english = new TreeMap<>(english);
        copy.judges = new ArrayList<>(judges);
        copy.band = band;
        copy.windows = windows;
        copy.retention = retention;
        copy.witnesses = witnesses;
        copy.drills = drills;
        copy.changes = changes;
        copy.incidents = incidents;
        copy.review = review;
        copy.envelope = envelope;
        return copy;
    }

    /** Changes one thing, whichever way. */
    void change(Gen gen) {
        switch (gen.between(0, 20)) {
            case 0 -> posture = gen.between(4, 6);
            case 1 -> rules = new ArrayList<>(gen.oneIn(2) ? List.of() : List.of(rule(gen)));
            case 2 ->
                    scope =
                            gen.oneIn(2)
                                    ? Optional.empty()
                                    : Optional.of(
                                            new Scope(
                                                    "it " + gen.between(1, 2),
                                                    List.of("in"),
                                                    List.of()));
            case 3, 4 -> grant(gen);
            case 5 -> {
                String digest = gen.oneOf(List.of("a", "b")).repeat(64);
                prompts.values().removeIf(prompt -> prompt.sha256().equals(digest));
                if (gen.oneIn(2)) {
                    prompts.put(digest, new RegisteredPrompt(digest, digest, PURPOSE));
                }
            }
            case 6, 7, 8 -> place(gen);
            case 9 -> other = gen.oneOf(List.of(ModelClass.values()));
            case 10 -> band = new Band(gen.between(0, 2) / 10.0, gen.between(2, 4) / 10.0);
            case 11 ->
                    windows =
                            new Settings.Windows(
                                    gen.between(1, 2), gen.between(8, 9), gen.between(1, 2));
            case 12 ->
                    retention =
                            new Settings.Retention(
                                    gen.oneOf(List.of(Settings.Kept.values())),
                                    Duration.ofDays(gen.between(1, 3)));
            case 13, 14 -> {
                Set<String> keys = new HashSet<>(witnesses.keys());
                String key = gen.oneOf(List.of("w1", "w2", "w3"));
                if (!keys.add(key)) {
                    keys.remove(key);
                }
                witnesses = new Settings.Witnesses(keys, gen.between(0, keys.size()));
            }
            case 15 -> drills = gen.between(1, 3);
            case 16 ->
                    changes =
                            new Settings.Changes(
                                    Duration.ofHours(gen.between(1, 3)),
                                    Duration.ofDays(gen.between(1, 3)));
            case 17 -> envelope = gen.oneIn(3) ? Optional.empty() : Optional.of(envelope(gen));
            case 18 -> incidents = incidents(gen);
            case 19 ->
                    review =
                            new Settings.Review(
                                    gen.between(0, 1), gen.between(0, 1), 0.5, gen.between(1, 2));
            default -> {
                roles = new ArrayList<>(gen.oneIn(2) ? List.of() : List.of(ROLE));
                purposes = new ArrayList<>(gen.oneIn(3) ? List.of() : List.of(PURPOSE));
            }
        }
    }

    private static Incidents incidents(Gen gen) {
        List<Strength> steps = List.of(Strength.ANNOTATE, Strength.HOLD, Strength.REFUSE);
        Set<Hazard> pinned = new HashSet<>();
        Set<Incidents.Sanction> ways = new HashSet<>();
        while (gen.oneIn(2)) {
            pinned.add(gen.oneOf(List.of(Hazard.HATE, Hazard.PRIVACY)));
            ways.add(
                    new Incidents.Sanction(
                            gen.oneIn(2) ? Set.of() : Set.copyOf(pinned),
                            Set.of(gen.oneOf(List.of(ModelClass.values()))),
                            Set.of()));
        }
        return new Incidents(gen.oneOf(steps), Map.of(Hazard.HATE, gen.oneOf(steps)), pinned, ways);
    }

    private void grant(Gen gen) {
        String role = gen.oneOf(List.of(ROLE, Axes.OTHER));
        if (gen.oneIn(3)) {
            grants.remove(role);
        } else {
            Set<ModelClass> models = new HashSet<>();
            while (gen.oneIn(2)) {
                models.add(gen.oneOf(List.of(ModelClass.values())));
            }
            grants.put(role, new Grant(role, gen.oneIn(2) ? Set.of(PURPOSE) : Set.of(), models));
        }
    }

    private void place(Gen gen) {
        String key = gen.oneOf(List.of("*", "a*", "ab*", "a", "ab", "abc", "b"));
        if (gen.oneIn(3)) {
            placed.remove(key);
        } else {
            Optional<String> base =
                    gen.oneIn(3)
                            ? Optional.of("https://m%d.example".formatted(gen.between(1, 2)))
                            : Optional.empty();
            ModelClass model = gen.oneOf(List.of(ModelClass.values()));
            placed.put(key, new Models.Placement(model, base));
        }
    }

    private static Rule rule(Gen gen) {
        Rule.Match where =
                match(
                        gen.oneIn(2) ? Set.of(ROLE) : Set.of(),
                        gen.oneIn(2) ? Set.of(PURPOSE) : Set.of(),
                        gen.oneIn(2) ? Set.of(gen.oneOf(List.of(ModelClass.values()))) : Set.of());
        Rule.Effect effect =
                gen.oneIn(2)
                        ? new Rule.Effect.AtMost(gen.oneOf(List.of(Strength.values())))
                        : new Rule.Effect.AtLeast(
                                gen.oneOf(List.of(Strength.values())), 100_000 * gen.between(1, 9));
        return new Rule("rule", where, effect);
    }

    private static Envelope envelope(Gen gen) {
        Set<String> who = gen.oneIn(2) ? Set.of(ROLE) : Set.of();
        Set<String> why = who.isEmpty() || gen.oneIn(2) ? Set.of(PURPOSE) : Set.of();
        return new Envelope(
                match(who, why, gen.oneIn(2) ? Set.of(ModelClass.HOSTED) : Set.of()),
                gen.oneOf(List.of(Strength.ANNOTATE, Strength.CONDITION, Strength.HOLD)));
    }

    /** Cells of some roles, purposes and classes of models. */
    static Rule.Match match(Set<String> roles, Set<String> purposes, Set<ModelClass> models) {
        return new Rule.Match(Set.of(), Set.of(), models, roles, purposes, Set.of(), Set.of());
    }

    /** One with something in every part. */
    static Draft full() {
        Draft draft = new Draft();
        draft.because = new TreeMap<>(Map.of("rule", "it is so"));
        draft.rules.add(
                new Rule(
                        "rule",
                        match(Set.of(), Set.of(PURPOSE), Set.of()),
                        new Rule.Effect.AtMost(Strength.CONDITION)));
        draft.scope = Optional.of(new Scope("accounts", List.of("my card"), List.of("a poem")));
        draft.grants =
                new TreeMap<>(
                        Map.of(
                                ROLE,
                                new Grant(ROLE, Set.of(), Set.of(ModelClass.HOSTED)),
                                Axes.OTHER,
                                new Grant(Axes.OTHER, Set.of(PURPOSE), Set.of())));
        draft.prompts =
                new TreeMap<>(
                        Map.of("tutor", new RegisteredPrompt("tutor", "c".repeat(64), PURPOSE)));
        draft.placed =
                new HashMap<>(
                        Map.of(
                                "gpt",
                                new Models.Placement(ModelClass.HOSTED, Optional.empty()),
                                "llama*",
                                new Models.Placement(
                                        ModelClass.LOCAL, Optional.of("http://localhost:1"))));
        draft.english = new TreeMap<>(Map.of("scope.purpose", "questions about accounts"));
        draft.judges = new ArrayList<>(List.of(new JudgeId("harm", 3, "d".repeat(64))));
        draft.witnesses = new Settings.Witnesses(Set.of("w1", "w2"), 1);
        draft.envelope =
                Optional.of(
                        new Envelope(
                                match(Set.of(ROLE), Set.of(PURPOSE), Set.of()), Strength.ANNOTATE));
        return draft;
    }
}
