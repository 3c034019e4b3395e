package io.demur.gateway.review;

import io.demur.core.StopReason;
import io.demur.testkit.Gen;
import io.demur.wire.chat.Event;

import java.util.ArrayList;
import java.util.List;

/** Answers made up for a test: who speaks, what is said, and where it is cut. */
final class Speaking {

    /** One stretch on one channel; a number is that of a tool. */
    record Stretch(Kind kind, int tool, String words) {

        /** What is heard on the same channel. */
        String channel() {
            return kind == Kind.ARGUMENTS ? "tool " + tool : kind.name();
        }

        private Event event(String delta) {
            return switch (kind) {
                case TEXT -> new Event.Text(delta);
                case REASONING -> new Event.Reasoning(delta);
                case REFUSAL -> new Event.Refusal(delta);
                case ARGUMENTS -> new Event.ToolDelta(tool, delta);
            };
        }
    }

    enum Kind {
        TEXT,
        REASONING,
        REFUSAL,
        ARGUMENTS
    }

    private Speaking() {}

    /** Any number of stretches; no two words in them are the same. */
    static List<Stretch> any(Gen gen, int lengthMax) {
        List<Stretch> stretches = new ArrayList<>();
        int word = 1000;
        for (int i = gen.between(1, 6); i > 0; i--) {
            StringBuilder words = new StringBuilder();
            for (int length = gen.between(1, lengthMax); words.length() < length; ) {
                words.append(word++).append(gen.oneIn(5) ? ". " : gen.oneIn(8) ? "\n\n" : " ");
            }
            Kind kind = gen.oneOf(List.of(Kind.values()));
            stretches.add(new Stretch(kind, gen.between(0, 2), words.toString()));
        }
        return stretches;
    }

    /** The events of an answer, its words cut anywhere. */
    static List<Event> cut(Gen gen, List<Stretch> stretches) {
        List<Event> events = new ArrayList<>(List.of(new Event.Began("", "m")));
        List<Integer> begun = new ArrayList<>();
        for (Stretch stretch : stretches) {
            if (stretch.kind() == Kind.ARGUMENTS && !begun.contains(stretch.tool())) {
                begun.add(stretch.tool());
                events.add(new Event.ToolBegan(stretch.tool(), "call_1", "tool"));
            }
            int most = gen.oneOf(List.of(1, 3, 20, 500));
            for (int from = 0; from < stretch.words().length(); ) {
                int to = Math.min(stretch.words().length(), from + gen.between(1, most));
                events.add(stretch.event(stretch.words().substring(from, to)));
                from = to;
            }
        }
        events.add(Event.Stop.of(StopReason.END));
        return events;
    }

    /** On which channel an event speaks; empty where on none. */
    static String channel(Event event) {
        return switch (event) {
            case Event.Text text -> Kind.TEXT.name();
            case Event.Reasoning more -> Kind.REASONING.name();
            case Event.Refusal more -> Kind.REFUSAL.name();
            case Event.ToolDelta more -> "tool " + more.index();
            default -> "";
        };
    }

    /** Its words. */
    static String words(Event event) {
        return switch (event) {
            case Event.Text text -> text.delta();
            case Event.Reasoning more -> more.delta();
            case Event.Refusal more -> more.delta();
            case Event.ToolDelta more -> more.arguments();
            default -> "";
        };
    }
}
