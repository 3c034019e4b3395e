package io.demur.core.rehearsal;

import io.demur.core.StopReason;
import io.demur.core.rehearsal.Action.Voice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the lines of a scene, each with the number of its line and a tab before it. */
final class ScriptLines {

    private ScriptLines() {}

    static List<Action> read(List<String> lines) {
        List<Action> actions = new ArrayList<>();
        for (String line : lines) {
            String[] numbered = line.split("\t", 2);
            try {
                add(actions, numbered[1]);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "line %s: %s".formatted(numbered[0], e.getMessage()), e);
            }
        }
        return List.copyOf(actions);
    }

    private static void add(List<Action> actions, String line) {
        String[] words = line.split(" ", 2);
        String rest = words.length > 1 ? words[1].strip() : "";
        switch (words[0]) {
            case "say" -> say(actions, Voice.TEXT, rest);
            case "think" -> say(actions, Voice.THOUGHT, rest);
            case "decline" -> say(actions, Voice.DECLINED, rest);
            case "answer" -> actions.add(new Action.Answer());
            case "echo" -> actions.add(new Action.Echo());
            case "tool" -> actions.add(new Action.Tool());
            case "json" -> actions.add(new Action.Json());
            case "stop" -> actions.add(new Action.Stop(reason(rest)));
            case "fail" -> actions.add(fail(rest));
            case "preamble" -> actions.add(new Action.Preamble(number(rest)));
            case "wait" -> actions.add(new Action.Wait(Duration.ofMillis(number(rest))));
            case "pace" -> actions.add(new Action.Pace(Duration.ofMillis(number(rest))));
            case "pieces" -> actions.add(new Action.Pieces(Math.max(1, number(rest))));
            case "break" -> actions.add(new Action.Cut(false));
            case "stall" -> actions.add(new Action.Cut(true));
            default ->
                    throw new IllegalArgumentException(
                            "`%s` is nothing that the model could do".formatted(words[0]));
        }
    }

    /** The same words in another language belong to the line before. */
    private static void say(List<Action> actions, Voice voice, String rest) {
        String[] parts = rest.split(" ", 2);
        if (parts.length < 2 || parts[0].length() != 2) {
            throw new IllegalArgumentException(
                    "`%s` needs a language of two letters and words".formatted(rest));
        }
        String said = parts[1].strip().replace("\\n", "\n");
        Map<String, String> words = new LinkedHashMap<>();
        if (!actions.isEmpty()
                && actions.getLast() instanceof Action.Say before
                && before.voice() == voice
                && !before.words().containsKey(parts[0])) {
            words.putAll(before.words());
            actions.removeLast();
        }
        words.put(parts[0], said);
        actions.add(new Action.Say(voice, words));
    }

    private static StopReason reason(String rest) {
        String[] words = rest.split(" ", 2);
        String[] signal = words.length > 1 ? words[1].split(" \\| ", 2) : new String[] {words[0]};
        Optional<String> category = signal.length > 1 ? Optional.of(signal[1]) : Optional.empty();
        return switch (words[0]) {
            case "end" -> StopReason.END;
            case "length" -> StopReason.LENGTH;
            case "refusal" -> new StopReason.Refusal(signal[0], category);
            case "filter" -> new StopReason.ContentFilter(signal[0], category);
            default ->
                    throw new IllegalArgumentException(
                            "`%s` is no end; `end`, `length`, `refusal` and `filter` are"
                                    .formatted(words[0]));
        };
    }

    private static Action fail(String rest) {
        String[] words = rest.split(" ", 2);
        return new Action.Fail(number(words[0]), words.length > 1 ? words[1] : "");
    }

    private static int number(String digits) {
        try {
            return Integer.parseUnsignedInt(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("`%s` is no number".formatted(digits), e);
        }
    }
}
