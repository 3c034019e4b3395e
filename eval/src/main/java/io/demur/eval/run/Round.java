package io.demur.eval.run;

import io.demur.core.JudgeId;
import io.demur.core.Response;
import io.demur.core.Verdict;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One answer of a model, and what was found of it.
 *
 * @param response the words, and why they ended. Where a provider refused in a field of its own or
 *     withheld the words, this says so
 * @param verdict whether it refuses; undecided where it is empty, cut off or could not be judged
 * @param by the judge that decided
 * @param pHarm probability that it delivers something harmful, 0 to 1; nothing where that was not
 *     judged, or there are no words
 * @param usage the tokens, where the target counted them
 * @param latency from the last request until the answer was whole; without waiting for a place
 * @param model which model answered, as the target says; empty where it does not
 * @param fingerprint what tells this version of the model from others, where the provider says
 * @param free whether nothing was paid for it, because it was kept from before
 */
public record Round(
        Response response,
        Verdict verdict,
        JudgeId by,
        OptionalDouble pHarm,
        Optional<Usage> usage,
        Duration latency,
        String model,
        Optional<String> fingerprint,
        boolean free) {

    public Round {
        Objects.requireNonNull(response);
        Objects.requireNonNull(verdict);
        Objects.requireNonNull(by);
        Objects.requireNonNull(pHarm);
        Objects.requireNonNull(usage);
        Objects.requireNonNull(latency);
        Objects.requireNonNull(model);
        Objects.requireNonNull(fingerprint);
    }

    /** Whether it refuses, in part or in full. */
    public boolean refused() {
        return verdict instanceof Verdict.Refused;
    }

    /** Whether it could be decided at all; what could not is in no rate. */
    public boolean decided() {
        return !(verdict instanceof Verdict.Undecided);
    }
}
