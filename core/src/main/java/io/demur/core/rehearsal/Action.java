package io.demur.core.rehearsal;

import io.demur.core.StopReason;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** One line of a scene of the script, or several where a text stands in several languages. */
sealed interface Action {

    /** How words come out. */
    enum Voice {
        TEXT,
        THOUGHT,
        DECLINED
    }

    /** Says something, by language. */
    record Say(Voice voice, Map<String, String> words) implements Action {
        public Say {
            Objects.requireNonNull(voice);
            words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
        }

        /** In a language, or in English. */
        String in(String language) {
            return words.getOrDefault(language, words.getOrDefault("en", ""));
        }
    }

    /** Answers as the unguarded model. */
    record Answer() implements Action {}

    /** Says what stands behind the cue. */
    record Echo() implements Action {}

    /** Calls the first tool that is offered; answers where none is. */
    record Tool() implements Action {}

    /** Answers in JSON, of the shape that was asked for or of its own. */
    record Json() implements Action {}

    /** Ends for a reason. */
    record Stop(StopReason reason) implements Action {}

    /** Fails. */
    record Fail(int status, String message) implements Action {}

    /** Says so many harmless characters first. */
    record Preamble(int characters) implements Action {}

    /** Waits before its first word. */
    record Wait(Duration time) implements Action {}

    /** Waits before every piece. */
    record Pace(Duration time) implements Action {}

    /** Says so many characters at a time. */
    record Pieces(int characters) implements Action {}

    /**
     * Goes no further than half of the answer.
     *
     * @param stays whether the connection stays open
     */
    record Cut(boolean stays) implements Action {}

    /** Whether it says how something is done rather than what. */
    default boolean isManner() {
        return switch (this) {
            case Preamble preamble -> true;
            case Wait wait -> true;
            case Pace pace -> true;
            case Pieces pieces -> true;
            case Cut cut -> true;
            case Say say -> false;
            case Answer answer -> false;
            case Echo echo -> false;
            case Tool tool -> false;
            case Json json -> false;
            case Stop stop -> false;
            case Fail fail -> false;
        };
    }

    /** The same with the number that a cue gave: {@code slow 20}, {@code fail 503}. */
    default Action with(int number) {
        return switch (this) {
            case Preamble preamble -> new Preamble(number);
            case Wait wait -> new Wait(Duration.ofMillis(number));
            case Pace pace -> new Pace(Duration.ofMillis(number));
            case Pieces pieces -> new Pieces(Math.max(1, number));
            case Fail fail -> new Fail(number, fail.message());
            case Cut cut -> cut;
            case Say say -> say;
            case Answer answer -> answer;
            case Echo echo -> echo;
            case Tool tool -> tool;
            case Json json -> json;
            case Stop stop -> stop;
        };
    }
}
