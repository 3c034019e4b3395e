package io.demur.record.entry;

import java.time.Instant;
import java.util.List;

/**
 * FEEDBACK: a caller says how content it is with an answer or a refusal. Of several of one caller
 * about one attempt the last counts.
 *
 * @param attempt which one
 * @param by who, as a pseudonym
 * @param thumb {@code up} or {@code down}
 */
public record Feedback(Instant at, String attempt, String by, String thumb) implements Entry {

    private static final List<String> THUMBS = List.of("up", "down");

    public Feedback {
        at = Words.micros(at);
        Words.id("attempt", "att", attempt);
        Words.name("by", by);
        Words.oneOf("thumb", thumb, THUMBS);
    }

    @Override
    public Feedback at(Instant time) {
        return new Feedback(time, attempt, by, thumb);
    }
}
