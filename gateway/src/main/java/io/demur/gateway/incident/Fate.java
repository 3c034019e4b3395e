package io.demur.gateway.incident;

import io.demur.core.Refusal;
import io.demur.store.RequestPrint;

import java.util.Objects;
import java.util.Optional;

/**
 * What became of a request.
 *
 * @param became {@code answered}, {@code refused}, {@code held}, {@code failed}, or {@code open}
 *     while that is not known
 * @param by who refused it or had it wait, where anybody did for what it asks
 * @param reason the code of the reason
 * @param carried the refused attempt because of which alone it was refused or had to wait: then it
 *     is no refusal of its own, and ends with that one
 */
public record Fate(
        String became,
        Optional<Refusal.Origin> by,
        Optional<String> reason,
        Optional<String> carried) {

    /** It goes on. */
    static final Fate OPEN = new Fate("open", Optional.empty(), Optional.empty());

    /** One that is its own. */
    public Fate(String became, Optional<Refusal.Origin> by, Optional<String> reason) {
        this(became, by, reason, Optional.empty());
    }

    public Fate {
        Objects.requireNonNull(became);
        Objects.requireNonNull(by);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(carried);
    }

    /** What it is to those that come later. */
    RequestPrint.Kind kind() {
        if (by.isEmpty()) {
            return RequestPrint.Kind.SENT;
        }
        return carried.isPresent() ? RequestPrint.Kind.CARRIED : RequestPrint.Kind.REFUSED;
    }
}
