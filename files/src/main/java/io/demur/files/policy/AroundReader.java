package io.demur.files.policy;

import io.demur.core.charter.Incidents;
import io.demur.core.charter.Incidents.Sanction;
import io.demur.core.charter.Settings;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Ladder;
import io.demur.core.policy.ModelClass;
import io.demur.files.yaml.YamlMap;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what is done about refused requests that come again, and how many answers are looked at;
 * what a document leaves out is as usual.
 */
final class AroundReader {

    private static final int WAYS_MAX = 100;

    private static final Incidents USUAL = Settings.USUAL.incidents();
    private static final Settings.Review SAMPLED = Settings.USUAL.review();

    private AroundReader() {}

    static Incidents incidents(YamlMap document) {
        return document.map("incidents", "then", "pinned", "sanctioned")
                .map(AroundReader::read)
                .orElse(USUAL);
    }

    private static Incidents read(YamlMap map) {
        Strength otherwise = USUAL.otherwise();
        Map<Hazard, Strength> then = new EnumMap<>(Hazard.class);
        Optional<YamlMap> steps = map.map("then", "default", "privacy");
        if (steps.isPresent()) {
            Map<String, Strength> words = YamlMap.words(Strength.class);
            words.remove("allow");
            otherwise = steps.get().choice("default", words).orElse(otherwise);
            YamlMap.words(Hazard.class)
                    .forEach(
                            (word, hazard) ->
                                    steps.get()
                                            .choice(word, words)
                                            .ifPresent(step -> then.put(hazard, step)));
            steps.get().end();
        }
        Set<Hazard> pinned = map.choices("pinned", YamlMap.words(Hazard.class));
        Set<Sanction> sanctioned = new HashSet<>();
        List<YamlMap> ways = map.maps("sanctioned");
        if (ways.size() > WAYS_MAX) {
            map.refuse("sanctioned", "%d ways; %d are the most".formatted(ways.size(), WAYS_MAX));
        }
        ways.forEach(way -> sanction(way).ifPresent(sanctioned::add));
        map.end();
        return new Incidents(otherwise, then, pinned, sanctioned);
    }

    private static Optional<Sanction> sanction(YamlMap way) {
        Set<Hazard> hazards = way.choices("hazards", YamlMap.words(Hazard.class));
        if (way.has("hazards") && hazards.isEmpty()) {
            way.refuse("hazards", "there is none; leave the key out for all");
        }
        Set<ModelClass> models = way.choices("models", YamlMap.words(ModelClass.class));
        List<String> named = way.texts("names");
        List<String> names = new ArrayList<>();
        for (String name : named) {
            if (ModelsReader.isName(way, "names", name)) {
                names.add(name);
            }
        }
        boolean leads = !models.isEmpty() || !names.isEmpty();
        if (!leads && !way.has("models") && !way.has("names")) {
            way.require("models");
        } else if (!leads && named.isEmpty()) {
            way.refuse(
                    way.has("models") ? "models" : "names",
                    "a way leads to a class of models or to names of models");
        }
        way.end();
        return leads
                ? Optional.of(new Sanction(hazards, models, Set.copyOf(names)))
                : Optional.empty();
    }

    static Settings.Review review(YamlMap document) {
        return document.map("review", "samples", "per-10000")
                .map(AroundReader::sampled)
                .orElse(SAMPLED);
    }

    private static Settings.Review sampled(YamlMap map) {
        Map<ModelClass, Double> shares = new EnumMap<>(ModelClass.class);
        Optional<YamlMap> samples = map.map("samples", "hosted", "local", "local-unaligned");
        YamlMap.words(ModelClass.class)
                .forEach(
                        (word, model) ->
                                shares.put(
                                        model,
                                        samples.map(it -> share(it, word, SAMPLED.of(model)))
                                                .orElse(SAMPLED.of(model))));
        samples.ifPresent(YamlMap::end);
        int perBlock = map.whole("per-10000", 0, Settings.Review.BLOCK).orElse(SAMPLED.perBlock());
        map.end();
        return new Settings.Review(
                shares.getOrDefault(ModelClass.LOCAL, SAMPLED.local()),
                shares.getOrDefault(ModelClass.LOCAL_UNALIGNED, SAMPLED.unaligned()),
                shares.getOrDefault(ModelClass.HOSTED, SAMPLED.hosted()),
                perBlock);
    }

    private static double share(YamlMap map, String key, double usual) {
        // whole parts per million, as every line of a policy
        return Math.rint(map.number(key, 0, 1).orElse(usual) * Ladder.CERTAIN) / Ladder.CERTAIN;
    }
}
