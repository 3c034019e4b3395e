package io.demur.remote;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** When a server says it may be asked again (RFC 9110, 10.2.3; in milliseconds, as some add). */
final class RetryAfter {

    private static final Duration MOST = Duration.ofDays(1);

    private RetryAfter() {}

    static Optional<Duration> of(HttpHeaders headers) {
        Optional<String> millis = headers.firstValue("retry-after-ms");
        if (millis.isPresent() && millis.get().strip().matches("\\d{1,9}(?:\\.\\d{1,9})?")) {
            return Optional.of(
                    Duration.ofMillis((long) Math.ceil(Double.parseDouble(millis.get().strip()))));
        }
        return headers.firstValue("Retry-After").flatMap(said -> read(said.strip(), Instant.now()));
    }

    /**
     * A number of seconds, or a date.
     *
     * @param now by which a date is reckoned
     */
    static Optional<Duration> read(String said, Instant now) {
        if (said.matches("\\d{1,9}(?:\\.\\d{1,9})?")) {
            return bounded(Duration.ofMillis((long) Math.ceil(1000 * Double.parseDouble(said))));
        }
        try {
            Instant then =
                    ZonedDateTime.parse(said, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return bounded(Duration.between(now, then));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> bounded(Duration time) {
        if (time.isNegative()) {
            return Optional.of(Duration.ZERO);
        }
        return Optional.of(time.compareTo(MOST) > 0 ? MOST : time);
    }
}
