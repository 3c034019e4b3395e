package io.demur.desk;

import io.demur.stats.Estimate;
import io.demur.store.Ending;
import io.demur.store.LedgerRows.Axis;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the ledger is said to people. */
public final class LedgerWords {

    /** The axes that a ledger can be asked for, as they are written. */
    public static final String AXES =
            Stream.of(Axis.values())
                    .filter(it -> it != Axis.TOTAL)
                    .map(LedgerWords::of)
                    .collect(Collectors.joining(", "));

    private LedgerWords() {}

    /** An axis as it is written on command lines. */
    public static String of(Axis axis) {
        return axis.name().toLowerCase(Locale.ROOT);
    }

    /** An axis as it is written on command lines. */
    public static Optional<Axis> axis(String word) {
        for (Axis axis : Axis.values()) {
            if (axis != Axis.TOTAL && of(axis).equals(word)) {
                return Optional.of(axis);
            }
        }
        return Optional.empty();
    }

    /** What a line is called. */
    public static String name(Axis axis, String name) {
        if (name.isEmpty()) {
            return axis == Axis.TOTAL ? "all" : "(none)";
        }
        return switch (axis) {
            case CATEGORY -> name.toLowerCase(Locale.ROOT).replace('_', '-');
            case POLICY -> name.substring(0, Math.min(12, name.length()));
            case TOTAL, PROJECT, MODEL, CLASS -> name;
        };
    }

    /** How something ended. */
    public static String of(Ending ending) {
        return switch (ending) {
            case ANSWERED -> "answered";
            case CONDITIONED -> "answered under conditions";
            case PARTIAL -> "withheld in part";
            case HELD -> "held for a person";
            case BY_GATEWAY -> "declined by the gateway";
            case BY_PROVIDER -> "declined by a provider";
            case BY_MODEL -> "declined by a model";
            case FAILED -> "failed";
            case OPEN -> "open";
        };
    }

    /** A rate with its interval, in percent. */
    public static String of(Optional<Estimate> rate) {
        return rate.map(
                        it ->
                                "%.1f %% (%.1f to %.1f)"
                                        .formatted(
                                                100 * it.rate(), 100 * it.low(), 100 * it.high()))
                .orElse("–");
    }

    /** How long something took. */
    public static String of(Duration took) {
        double millis = took.toNanos() / 1e6;
        return millis < 10
                ? "%.2f ms".formatted(millis)
                : millis < 10_000
                        ? "%,.0f ms".formatted(millis)
                        : "%,.0f s".formatted(millis / 1_000);
    }

    /** How old something is, in its two largest units. */
    static String age(Duration age) {
        return age.toDays() > 0
                ? "%d d %d h".formatted(age.toDays(), age.toHoursPart())
                : "%d h %d min".formatted(age.toHours(), age.toMinutesPart());
    }
}
