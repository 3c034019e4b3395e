package io.demur.record.entry;

import java.time.Instant;
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

    @Override
    public Appeal at(Instant time) {
        return new Appeal(time, id, attempt, state, by, reason);
    }
}
