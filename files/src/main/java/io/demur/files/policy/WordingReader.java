package io.demur.files.policy;

import io.demur.core.compose.Tongue;
import io.demur.core.compose.Wording;
import io.demur.files.Nearest;
import io.demur.files.yaml.YamlMap;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code wording}: what the policy says in its own words, by language. */
final class WordingReader {

    private WordingReader() {}

    static Wording read(YamlMap document) {
        return document.map("wording").map(WordingReader::wording).orElse(Wording.NONE);
    }

    private static Wording wording(YamlMap wording) {
        Map<Tongue, Map<String, String>> texts = new EnumMap<>(Tongue.class);
        for (String code : wording.keys()) {
            Optional<Tongue> tongue =
                    Arrays.stream(Tongue.values()).filter(it -> it.code().equals(code)).findFirst();
            if (tongue.isPresent()) {
                wording.map(code).ifPresent(own -> texts.put(tongue.get(), texts(own)));
            } else {
                List<String> codes = Arrays.stream(Tongue.values()).map(Tongue::code).toList();
                wording.refuse(code, "there are refusals in %s".formatted(Nearest.list(codes)));
            }
        }
        return Wording.of(texts);
    }

    private static Map<String, String> texts(YamlMap own) {
        Map<String, String> texts = new HashMap<>();
        for (String key : own.keys()) {
            Optional<String> text = own.text(key).map(String::strip);
            Optional<String> problem = text.flatMap(it -> Wording.problem(key, it));
            if (text.isEmpty() && !own.has(key)) {
                own.refuse(key, "there is no text; leave it out for ours");
            } else if (problem.isPresent()) {
                own.refuse(key, problem.get());
            } else {
                text.ifPresent(it -> texts.put(key, it));
            }
        }
        return texts;
    }
}
