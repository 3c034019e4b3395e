package io.demur.core.rehearsal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the rehearsal model does, as its file says. A line at the margin opens a scene, indented
 * lines are what happens in it: {@code docs/reference/rehearsal.md}.
 */
record Script(
        Map<String, List<Action>> cues,
        Map<String, List<Action>> again,
        Map<String, List<Action>> answers,
        List<Known> known,
        List<Lead> leads) {

    /** The scene that is played where a tool has given something back. */
    static final String AFTER_TOOL = "after tool";

    /** The harmless words of a preamble. */
    static final String PREAMBLE = "preamble";

    /** What stands where JSON has a string. */
    static final String VALUE = "value";

    /** How an ask that begins with no known words is answered. */
    static final String OTHER = "other";

    /** Leads that say nothing of how to answer. */
    static final String POLITE = "polite";

    /** How nothing at all is answered. */
    static final String GREETING = "greeting";

    /** An answer to what has all of some words. */
    record Known(List<String> words, List<Action> actions) {
        Known {
            words = List.copyOf(words);
            actions = List.copyOf(actions);
        }
    }

    /** Words by which an ask of some sort begins. */
    record Lead(String answer, String words) {}

    Script {
        cues = Map.copyOf(cues);
        again = Map.copyOf(again);
        answers = Map.copyOf(answers);
        known = List.copyOf(known);
        leads = List.copyOf(leads);
    }

    static Script parse(String text) {
        return new Reader().read(text);
    }

    /** The lines of an answer. Reading the script has seen to it that those needed are there. */
    List<Action> answer(String name) {
        return answers.getOrDefault(name, List.of());
    }

    /** The first answer all words of which stand in a text of small letters. */
    Optional<Known> knownFor(String text) {
        for (Known one : known) {
            if (one.words().stream().allMatch(text::contains)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** Reads lines. */
    private static final class Reader {
        private final Map<String, List<Action>> cues = new HashMap<>();
        private final Map<String, List<Action>> again = new HashMap<>();
        private final Map<String, List<Action>> answers = new HashMap<>();
        private final List<Known> known = new ArrayList<>();
        private final List<Lead> leads = new ArrayList<>();

        Script read(String text) {
            String opening = "";
            int openedAt = 0;
            List<String> lines = new ArrayList<>();
            int number = 0;
            for (String line : text.lines().toList()) {
                number++;
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (line.startsWith(" ")) {
                    lines.add(number + "\t" + line.strip());
                } else {
                    close(opening, openedAt, lines);
                    opening = line.strip();
                    openedAt = number;
                    lines = new ArrayList<>();
                }
            }
            close(opening, openedAt, lines);
            for (String needed : List.of(AFTER_TOOL, PREAMBLE, VALUE, OTHER, GREETING)) {
                if (!answers.containsKey(needed)) {
                    throw new IllegalArgumentException(
                            "no scene `answer %s` in the script".formatted(needed));
                }
            }
            for (Lead lead : leads) {
                if (!lead.answer().equals(POLITE) && !answers.containsKey(lead.answer())) {
                    throw new IllegalArgumentException(
                            "no scene `answer %s` in the script, which a lead names"
                                    .formatted(lead.answer()));
                }
            }
            return new Script(cues, again, answers, known, leads);
        }

        private void close(String opening, int at, List<String> lines) {
            if (opening.isEmpty()) {
                if (!lines.isEmpty()) {
                    throw new IllegalArgumentException(
                            "line %s: an indented line belongs under a scene"
                                    .formatted(lines.getFirst().split("\t", 2)[0]));
                }
                return;
            }
            String[] parts = opening.split(" ", 2);
            String rest = parts.length > 1 ? parts[1].strip() : "";
            switch (parts[0]) {
                case "cue" -> name(rest, cues, lines);
                case "again" -> name(rest, again, lines);
                case "answer" -> name(rest, answers, lines);
                case "known" ->
                        known.add(
                                new Known(
                                        List.of(rest.toLowerCase(Locale.ROOT).split(" ?\\+ ?", -1)),
                                        ScriptLines.read(lines)));
                case "lead" -> lead(rest);
                default ->
                        throw new IllegalArgumentException(
                                "line %d: `%s` opens no scene as `cue`, `known` or `lead` do"
                                        .formatted(at, parts[0]));
            }
        }

        private static void name(
                String names, Map<String, List<Action>> scenes, List<String> lines) {
            List<Action> actions = ScriptLines.read(lines);
            for (String name : names.split("\\|", -1)) {
                if (scenes.put(Cues.plain(name), actions) != null) {
                    throw new IllegalArgumentException(
                            "scene `%s` stands twice in the script".formatted(name.strip()));
                }
            }
        }

        private void lead(String rest) {
            String[] parts = rest.split(" ", 2);
            for (String words : parts.length > 1 ? parts[1].split("\\|", -1) : new String[0]) {
                leads.add(new Lead(parts[0], words.strip().toLowerCase(Locale.ROOT)));
            }
        }
    }
}
