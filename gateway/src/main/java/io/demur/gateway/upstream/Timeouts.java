package io.demur.gateway.upstream;

import java.time.Duration;

/**
 * How long a server may take. How long an answer may take in all, its permit says.
 *
 * @param connect until a connection stands
 * @param begin until the first byte of an answer that comes in pieces; a local model may have to be
 *     loaded first
 * @param idle between two pieces
 */
public record Timeouts(Duration connect, Duration begin, Duration idle) {

    private static final Duration MAX = Duration.ofHours(1);

    /** What holds where nothing else is said. */
    public static final Timeouts USUAL =
            new Timeouts(Duration.ofSeconds(5), Duration.ofMinutes(3), Duration.ofSeconds(90));

    public Timeouts {
        check("connect", connect);
        check("begin", begin);
        check("idle", idle);
    }

    private static void check(String name, Duration time) {
        if (!time.isPositive() || time.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(
                    "%s `%s` is not more than 0 and at most an hour".formatted(name, time));
        }
    }
}
