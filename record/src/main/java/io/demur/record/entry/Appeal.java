package io.demur.record.entry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * APPEAL: a refusal is questioned, or the question answered.
 *
 * @param id {@code case_…}
 * @param attempt the refused attempt
 * @param state {@code opened}, {@code upheld}, {@code denied} or {@code withdrawn}
 * @param by who, as a pseudonym
 * @param reason a reason code
 */
public record Appeal(
        Instant at, String id, String attempt, String state, String by, Optional<String> reason)
        implements Entry {

    private static final List<String> STATES = List.of("opened", "upheld", "denied", "withdrawn");

    public Appeal {
        at = Words.micros(at);
        Words.id("id", "case", id);
        Words.id("attempt", "att", attempt);
        Words.oneOf("state", state, STATES);
        Words.name("by", by);
        reason.ifPresent(it -> Words.code("reason", it));
    }

    @Override
    public Appeal at(Instant time) {
        return new Appeal(time, id, attempt, state, by, reason);
    }
}
