package io.demur.core.rehearsal;

import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.StopReason;
import io.demur.core.compose.Tongue;
import io.demur.core.rehearsal.Setting.Calling;
import io.demur.core.rehearsal.Setting.Offer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** One answer of the rehearsal model while it is made. */
final class Performance {

    private static final int PIECE = 8;
    private static final int TOKEN = 4;
    private static final int TEXT_MAX = 1_000_000;
    private static final int PREAMBLE_MAX = 100_000;

    private final Script script;
    private final Request request;
    private final Setting setting;
    private final List<String> cues;
    private final String asked;
    private final Topic topic;
    private final String language;
    private final List<Step> steps = new ArrayList<>();
    private Optional<Step> end = Optional.empty();
    private long said;
    private int tools;
    private int pieceLength;
    private Duration pace = Duration.ZERO;
    private Optional<Step> cut = Optional.empty();

    Performance(Script script, Request request, Setting setting) {
        this.script = script;
        this.request = request;
        this.setting = setting;
        List<String> said = Cues.saidLatestFirst(request);
        int at = cueAt(said);
        cues = at < 0 ? counting(Cues.listed(setting.cues()), true) : cuesIn(said.get(at), at == 0);
        asked = Cues.without(said.isEmpty() ? "" : said.get(Math.max(at, 0)));
        topic = Topic.of(script, asked);
        language = Tongue.of(asked).orElse(Tongue.ENGLISH).code();
    }

    List<Step> steps() {
        List<Action> actions = new ArrayList<>();
        for (String cue : cues) {
            Optional<List<Action>> scene = scene(cue);
            if (scene.isEmpty()) {
                return List.of(
                        new Step.Failed(
                                400, "the rehearsal model knows no cue `%s`".formatted(cue)));
            }
            actions.addAll(scene.get());
        }
        boolean manners = actions.stream().allMatch(Action::isManner);
        Stream.concat(actions.stream(), manners ? content() : Stream.of())
                .sorted((a, b) -> Boolean.compare(!a.isManner(), !b.isManner()))
                .forEach(this::play);
        return ended();
    }

    /** What it does without a cue that says what. */
    private Stream<Action> content() {
        return afterTool()
                ? script.answer(Script.AFTER_TOOL).stream()
                : Stream.of(new Action.Answer());
    }

    private boolean afterTool() {
        return !request.messages().isEmpty() && request.messages().getLast().role() == Role.TOOL;
    }

    /** Which of the things said, latest first, has cues that count; -1 where none has. */
    private int cueAt(List<String> said) {
        for (int i = 0; i < said.size(); i++) {
            if (!cuesIn(said.get(i), i == 0).isEmpty()) {
                return i;
            }
        }
        return -1;
    }

    private List<String> cuesIn(String text, boolean latest) {
        return counting(Cues.in(text), latest);
    }

    /** Of what was said before the last thing only cues that have a second scene count. */
    private List<String> counting(List<String> found, boolean latest) {
        if (!latest) {
            found.removeIf(cue -> !script.again().containsKey(cue));
        } else if (afterTool()) {
            found.removeIf(cue -> scene(cue).filter(Performance::calls).isPresent());
        }
        return found;
    }

    /** A tool that has given something back is not called again. */
    private static boolean calls(List<Action> scene) {
        return scene.stream().anyMatch(Action.Tool.class::isInstance);
    }

    private Optional<List<Action>> scene(String cue) {
        boolean repeated =
                request.messages().stream().anyMatch(message -> message.role() == Role.ASSISTANT);
        if (repeated && script.again().containsKey(cue)) {
            return Optional.of(script.again().get(cue));
        }
        if (script.cues().containsKey(cue)) {
            return Optional.of(script.cues().get(cue));
        }
        int space = cue.lastIndexOf(' ');
        String digits = cue.substring(space + 1);
        if (space < 0 || !digits.matches("[0-9]{1,6}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(digits);
        return Optional.ofNullable(script.cues().get(cue.substring(0, space)))
                .map(actions -> actions.stream().map(action -> action.with(number)).toList());
    }

    private void play(Action action) {
        if (end.isPresent()) {
            return;
        }
        switch (action) {
            case Action.Say say -> say(say.voice(), filled(say.in(language)));
            case Action.Answer answer -> answer();
            case Action.Echo echo -> say(Action.Voice.TEXT, asked);
            case Action.Tool tool -> call();
            case Action.Json json -> json(setting.shape().orElse(Shape.ANY));
            case Action.Stop stop -> end = Optional.of(new Step.Stop(stop.reason()));
            case Action.Fail fail ->
                    end = Optional.of(new Step.Failed(fail.status(), fail.message()));
            case Action.Preamble preamble -> preamble(preamble.characters());
            case Action.Wait wait -> steps.add(new Step.Pause(wait.time()));
            case Action.Pace every -> pace = every.time();
            case Action.Pieces pieces -> pieceLength = pieces.characters();
            case Action.Cut stays ->
                    cut = Optional.of(stays.stays() ? new Step.Stalled() : new Step.BrokeOff());
        }
    }

    private void answer() {
        if (setting.shape().isPresent()) {
            json(setting.shape().get());
        } else if (setting.calling() == Calling.ALWAYS) {
            call();
        } else {
            String small = asked.toLowerCase(Locale.ROOT);
            List<Action> actions =
                    script.knownFor(small)
                            .map(Script.Known::actions)
                            .orElseGet(() -> script.answer(topic.answer()));
            actions.forEach(this::play);
        }
    }

    private void call() {
        if (setting.tools().isEmpty() || setting.calling() == Calling.NEVER) {
            script.answer(topic.answer()).forEach(this::play);
            return;
        }
        Offer offer = setting.tools().getFirst();
        int index = tools++;
        steps.add(new Step.ToolBegan(index, offer.name()));
        pieces(JsonText.of(offer.arguments(), value()), text -> new Step.ToolPiece(index, text));
    }

    private void json(Shape shape) {
        say(Action.Voice.TEXT, JsonText.of(shape, value()));
    }

    private String value() {
        return words(Script.VALUE);
    }

    private String words(String answer) {
        StringBuilder words = new StringBuilder();
        for (Action action : script.answer(answer)) {
            if (action instanceof Action.Say say) {
                words.append(filled(say.in(language)));
            }
        }
        return words.toString();
    }

    private void preamble(int characters) {
        String words = words(Script.PREAMBLE);
        int length = words.isEmpty() ? 0 : Math.min(characters, PREAMBLE_MAX);
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(words).append("\n\n");
        }
        say(Action.Voice.TEXT, text.toString());
    }

    private String filled(String words) {
        String tool = afterTool() ? request.messages().getLast().text() : "";
        return words.replace("{topic}", topic.text()).replace("{result}", tool);
    }

    private void say(Action.Voice voice, String words) {
        pieces(
                words,
                switch (voice) {
                    case TEXT -> Step.Text::new;
                    case THOUGHT -> Step.Reasoning::new;
                    case DECLINED -> Step.Declined::new;
                });
    }

    /** Cuts words into pieces, no further than the longest answer that was asked for. */
    private void pieces(String words, Function<String, Step> step) {
        long room = (setting.tokensMax() >= TEXT_MAX ? TEXT_MAX : setting.tokensMax()) * TOKEN;
        for (int from = 0, to; from < words.length() && end.isEmpty(); from = to) {
            to = pieceEnd(words, from);
            if (said + to - from > room) {
                end = Optional.of(new Step.Stop(StopReason.LENGTH));
                return;
            }
            if (pace.isPositive()) {
                steps.add(new Step.Pause(pace));
            }
            steps.add(step.apply(words.substring(from, to)));
            said += to - from;
        }
    }

    /** Behind a gap between words, or where a word is long; never within a character. */
    private int pieceEnd(String words, int from) {
        int to = from + 1;
        int length = pieceLength > 0 ? pieceLength : PIECE;
        while (to < words.length()
                && to - from < length
                && (pieceLength > 0 || !Character.isWhitespace(words.charAt(to - 1)))) {
            to++;
        }
        boolean torn = to < words.length() && Character.isLowSurrogate(words.charAt(to));
        return torn && Character.isHighSurrogate(words.charAt(to - 1)) ? to + 1 : to;
    }

    private List<Step> ended() {
        if (cut.isPresent()) {
            List<Step> half = new ArrayList<>(steps.subList(0, steps.size() / 2));
            half.add(cut.get());
            return List.copyOf(half);
        }
        StopReason usual = tools > 0 ? StopReason.TOOL_CALL : StopReason.END;
        Step last = end.orElseGet(() -> new Step.Stop(usual));
        if (last instanceof Step.Stop) {
            steps.add(new Step.Counted(input(), tokens(said)));
        }
        steps.add(last);
        return List.copyOf(steps);
    }

    private long input() {
        return tokens(request.messages().stream().mapToLong(m -> m.text().length()).sum());
    }

    private static long tokens(long characters) {
        return (characters + TOKEN - 1) / TOKEN;
    }
}
