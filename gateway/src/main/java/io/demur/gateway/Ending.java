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
 * @param answer what was decided of the answer, where it or the rest of it stays back
 * @param reply what is kept of what the caller got
 * @param released how many bytes of the body have left, or leave when this is written
 * @param usage the tokens, where a model was asked
 * @param estimated whether these were estimated
 */
record Ending(
        Outcome.Result result,
        Optional<Refusal.Origin> origin,
        Optional<String> reason,
        Optional<Outcome.Answer> answer,
        Optional<Kept> reply,
        long released,
        Optional<Usage> usage,
        boolean estimated) {

    /** One whose answer did not stay back, with tokens as they were counted. */
    Ending(
            Outcome.Result result,
            Optional<Refusal.Origin> origin,
            Optional<String> reason,
            Optional<Kept> reply,
            long released,
            Optional<Usage> usage) {
        this(result, origin, reason, Optional.empty(), reply, released, usage, false);
    }

    /** The same with what is kept of the reply. */
    Ending with(Kept kept) {
        return new Ending(
                result, origin, reason, answer, Optional.of(kept), released, usage, estimated);
    }

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
