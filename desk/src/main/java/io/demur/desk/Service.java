package io.demur.desk;

import io.demur.store.ReviewCase.Kind;

import java.time.Duration;
import java.util.Objects;

/**
 * By when somebody should have decided. A promise, not a bound: what is late is shown as late.
 *
 * @param hold of a request that waits
 * @param appeal of a refusal that is questioned
 * @param report of what should have been refused
 * @param rest of everything else
 */
public record Service(Duration hold, Duration appeal, Duration report, Duration rest) {

    /** One, three, one and seven days. */
    public static final Service USUAL =
            new Service(
                    Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(1), Duration.ofDays(7));

    public Service {
        Objects.requireNonNull(rest);
    }

    /** For a case of a kind. */
    public Duration of(Kind kind) {
        return switch (kind) {
            case HOLD -> hold;
            case APPEAL -> appeal;
            case REPORT -> report;
            case SAMPLE, SEEDED, INCIDENT -> rest;
        };
    }
}
