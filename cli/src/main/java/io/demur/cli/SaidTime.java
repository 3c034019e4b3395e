package io.demur.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and lengths of time, as people say them. */
final class SaidTime {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,6}) ?(min|h|d)");

    private SaidTime() {}

    /** A point in time. */
    static String at(Instant time) {
        return UTC.format(time);
    }

    /** A point in time, and how far away it is. */
    static String at(Instant time, Instant now) {
        Duration left = Duration.between(now, time);
        if (left.abs().compareTo(Duration.ofSeconds(1)) < 0) {
            return at(time) + ", just now";
        }
        return left.isNegative()
                ? "%s, %s ago".formatted(at(time), about(left.negated()))
                : "%s, in %s".formatted(at(time), about(left));
    }

    /** A length of time in the unit that says it best, rounded. */
    static String about(Duration length) {
        if (length.compareTo(Duration.ofDays(2)) >= 0) {
            return count(Math.round(length.toHours() / 24.0), "day");
        }
        if (length.compareTo(Duration.ofMinutes(90)) >= 0 || length.equals(Duration.ofHours(1))) {
            return count(Math.round(length.toMinutes() / 60.0), "hour");
        }
        return length.compareTo(Duration.ofSeconds(90)) >= 0
                ? count(Math.round(length.toSeconds() / 60.0), "minute")
                : count(length.toSeconds(), "second");
    }

    private static String count(long number, String unit) {
        return number == 1 ? "1 " + unit : "%,d %ss".formatted(number, unit);
    }

    /** Reads a length of time, such as {@code 12h} or {@code 30d}. */
    static Optional<Duration> length(String text) {
        Matcher found = LENGTH.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(found.group(1));
        return Optional.of(
                switch (found.group(2)) {
                    case "min" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }
}
