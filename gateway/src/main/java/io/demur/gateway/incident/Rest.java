package io.demur.gateway.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a judge that fails is left in peace: once what two principals asked of failed in a row, for
 * a minute, and twice as long each further time. What one principal asks of never does that alone:
 * texts can be made so that they take too long, and nobody is to keep the judge from everybody.
 * Safe for use by several threads.
 */
final class Rest {

    static final Duration LEAST = Duration.ofMinutes(1);

    static final Duration MOST = Duration.ofHours(1);

    private Instant until = Instant.MIN;
    private Duration length = Duration.ZERO;

    /** Whose question failed last, since when nothing was answered. */
    private Optional<String> last = Optional.empty();

    /** Whether nothing is to be asked now. */
    synchronized boolean isOn(Instant now) {
        return now.isBefore(until);
    }

    /** It did not answer what was asked about a principal's request. */
    synchronized void failed(String principal, Instant now) {
        if (last.filter(it -> !it.equals(principal)).isEmpty()) {
            last = Optional.of(principal);
            return;
        }
        last = Optional.empty();
        Duration next = length.isZero() ? LEAST : length.multipliedBy(2);
        length = next.compareTo(MOST) > 0 ? MOST : next;
        until = now.plus(length);
    }

    /** It answered, whatever that was. */
    synchronized void answered() {
        last = Optional.empty();
        length = Duration.ZERO;
    }
}
