package io.demur.gateway.incident;

import io.demur.core.incident.SameRequest;
import io.demur.core.text.Redaction;
import io.demur.gateway.practice.KeptWords;
import io.demur.store.AskedPairs;
import io.demur.store.AskedPairs.Allowance;
import io.demur.store.Bodies;
import io.demur.store.EntryWriter;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * Who says whether two requests are the same where likeness alone leaves it in doubt, and what that
 * takes.
 *
 * @param judge is asked one pair at a time
 * @param pairs that it was asked of
 * @param bodies where the texts are kept
 * @param log takes an entry of each body that is read, before it is
 * @param most of how many pairs it is asked in 24 hours
 */
public record Arbiter(
        SameRequest judge, AskedPairs pairs, Bodies bodies, EntryWriter log, Allowance most) {

    private static final String PART = "request";

    /** As the log names who reads, and why. */
    private static final String READER = "demur incidents";

    private static final String REASON = "same-request";

    public Arbiter {
        Objects.requireNonNull(judge);
        Objects.requireNonNull(pairs);
        Objects.requireNonNull(bodies);
        Objects.requireNonNull(log);
        Objects.requireNonNull(most);
    }

    /** Whether the words of a request are there to be read. */
    boolean isKept(Footprint of) throws StoreFailed {
        return !of.protocol().isEmpty() && bodies.isKept(of.attempt(), PART);
    }

    /** How long what a request asks is, in UTF-16 units; nothing where it cannot be read. */
    Optional<Integer> length(Footprint of) throws StoreFailed {
        try {
            return bodies.length(of.attempt(), PART, body -> asked(of, body));
        } catch (StoreRefused erased) {
            return Optional.empty();
        } catch (StoreFailed e) {
            if (e.kind() == StoreFailed.Kind.DAMAGED) {
                return Optional.empty(); // it stays so, however often it is tried
            }
            throw e;
        }
    }

    /** What a request asks, as the judge may see it; nothing where that was erased meanwhile. */
    Optional<String> text(Footprint of) throws StoreFailed, IOException {
        try {
            return bodies.read(of.attempt(), PART, READER, REASON, log)
                    .flatMap(body -> asked(of, body));
        } catch (StoreRefused erased) {
            return Optional.empty();
        }
    }

    private static Optional<String> asked(Footprint of, byte[] body) {
        return KeptWords.request(of.protocol(), body).map(it -> shown(Inquiry.last(it)));
    }

    /** Without what points to people: the judge may be a model of somebody else's. */
    static String shown(String text) {
        return Redaction.of(text);
    }
}
