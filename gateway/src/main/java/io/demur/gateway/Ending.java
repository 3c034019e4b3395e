package io.demur.gateway;

import io.demur.core.Refusal;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Outcome;
import io.demur.wire.chat.Usage;

import java.util.Optional;

/**
 * What became of an exchange.
 *
 * @param reason a code
 * @param reply what is kept of what the caller got
 * @param released how many bytes of the body had left before this was written
 */
record Ending(
        Outcome.Result result,
        Optional<Refusal.Origin> origin,
        Optional<String> reason,
        Optional<Kept> reply,
        long released,
        Optional<Usage> usage) {

    /** One without a reply of its own. */
    static Ending of(Outcome.Result result, String reason, long released) {
        return new Ending(
                result,
                Optional.empty(),
                Optional.of(reason),
                Optional.empty(),
                released,
                Optional.empty());
    }
}
