package io.demur.record.entry;

import java.time.Instant;
import java.util.List;

/**
 * REVIEW: a person has looked at an exchange and decided.
 *
 * @param id {@code case_…}
 * @param attempt what was looked at
 * @param reviewer who, as a pseudonym
 * @param decision {@code release}, {@code refuse}, {@code confirm} or {@code overturn}
 * @param reason a reason code
 * @param second whether this is a second, independent look
 */
public record Review(
        Instant at,
        String id,
        String attempt,
        String reviewer,
        String decision,
        String reason,
        boolean second)
        implements Entry {

    private static final List<String> DECISIONS =
            List.of("release", "refuse", "confirm", "overturn");

    public Review {
        at = Words.micros(at);
        Words.id("id", "case", id);
        Words.id("attempt", "att", attempt);
        Words.name("reviewer", reviewer);
        Words.oneOf("decision", decision, DECISIONS);
        Words.code("reason", reason);
    }

    @Override
    public Review at(Instant time) {
        return new Review(time, id, attempt, reviewer, decision, reason, second);
    }
}
