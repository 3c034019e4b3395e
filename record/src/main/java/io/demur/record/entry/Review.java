package io.demur.record.entry;

import io.demur.core.harm.Severity;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * REVIEW: a person has looked at an exchange and decided.
 *
 * @param id {@code case_…}
 * @param attempt what was looked at
 * @param reviewer who, as a pseudonym
 * @param decision {@code release}, {@code refuse}, {@code confirm} or {@code overturn}
 * @param reason a reason code
 * @param second whether this is a second, independent look
 * @param acceptable whether this organisation should do what was asked, even if it can; where that
 *     was a question
 * @param severity of what was found, where harm was; {@link Severity#NONE} where none was
 */
public record Review(
        Instant at,
        String id,
        String attempt,
        String reviewer,
        String decision,
        String reason,
        boolean second,
        Optional<Boolean> acceptable,
        Optional<Severity> severity)
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
        Objects.requireNonNull(acceptable);
        Objects.requireNonNull(severity);
    }

    /** One that answers nothing but whether what was done was right. */
    public Review(
            Instant at,
            String id,
            String attempt,
            String reviewer,
            String decision,
            String reason,
            boolean second) {
        this(
                at,
                id,
                attempt,
                reviewer,
                decision,
                reason,
                second,
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public Review at(Instant time) {
        return new Review(
                time, id, attempt, reviewer, decision, reason, second, acceptable, severity);
    }
}
