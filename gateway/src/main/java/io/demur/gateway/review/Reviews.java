package io.demur.gateway.review;

import io.demur.core.Request;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Policy.Sureness;
import io.demur.gateway.gate.Decided;

import java.util.Objects;
import java.util.Optional;

/** Reviews answers with a quick reader, and with a second one where there is one. Immutable. */
public final class Reviews implements Reviewing {

    /** From which posture on every answer is judged as a whole. */
    private static final int STRICT_FROM = 8;

    private final Reader quick;
    private final Optional<SecondReader> second;

    /**
     * Reviews with these.
     *
     * @param quick judges every window, in the thread of the exchange
     * @param second asked where that is unsure
     */
    public Reviews(Reader quick, Optional<SecondReader> second) {
        this.quick = Objects.requireNonNull(quick);
        this.second = Objects.requireNonNull(second);
    }

    @Override
    public Release open(Request request, Decided decided, boolean pieces) {
        boolean whole =
                !pieces
                        || decided.decision() instanceof Decision.Condition
                        || decided.sureness() != Sureness.SURE
                        || decided.charter().policy().posture().level() >= STRICT_FROM;
        Bench bench = new Bench(quick, second, new Weighing(decided), request);
        return new Review(bench, decided, whole);
    }
}
