package io.demur.eval.teach;

import io.demur.core.compose.Tongue;
import io.demur.core.compose.Wording;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Ways to put a refusal in English, in the first person of a model, of which a number draws one.
 * What a gateway says in the policy's name is not what a model should learn to say of itself.
 */
final class Phrasebook {

    private static final String RESOURCE = "refusals.txt";
    private static final List<String> SHAPES = List.of("how", "write", "know");

    private final Map<String, List<String>> sections;

    private Phrasebook(Map<String, List<String>> sections) {
        this.sections = sections;
    }

    /** The one that comes with this version. */
    static Phrasebook shipped() {
        try (InputStream in =
                Objects.requireNonNull(Phrasebook.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    private static Phrasebook of(String text) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("[")) {
                current = new ArrayList<>();
                sections.put(line.substring(1, line.length() - 1), current);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                current.add(line);
            }
        }
        return new Phrasebook(sections);
    }

    /** The openings, with {@code {topic}} where what was asked is named. */
    List<String> openings() {
        return section("opening");
    }

    /** One of the ways; the same for the same number. */
    Wording drawn(int number) {
        Map<String, String> own = new HashMap<>();
        String opening = pick("opening", Shingles.mixed(number));
        for (String shape : SHAPES) {
            own.put("ask." + shape + ".1", opening.replace("{topic}", "{element}"));
            own.put("ask." + shape + ".2", opening.replace("{topic}", "{element}"));
            own.put(
                    "ask." + shape + ".plain",
                    opening.replace("{topic}", "something close to {name}"));
        }
        String reason = pick("reason", Shingles.mixed(number + 1));
        own.put("refuse.1", reason);
        own.put("refuse.2", reason);
        own.put("way", pick("onward", Shingles.mixed(number + 2)));
        return Wording.of(Map.of(Tongue.ENGLISH, own));
    }

    private String pick(String name, int number) {
        List<String> lines = section(name);
        return lines.get(Math.floorMod(number, lines.size()));
    }

    private List<String> section(String name) {
        return Objects.requireNonNull(sections.get(name), name);
    }
}
