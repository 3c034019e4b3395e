package io.demur.desk;

import io.demur.core.charter.Settings.Review;
import io.demur.record.entry.Attempt;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/**
 * Which answers people look at, drawn by lot. A share of each class of models while there is little
 * traffic; where that would be more than people can look at, so many for each 10,000 exchanges of a
 * day, spread over the day by what the day before was like. Safe for use by several threads.
 */
public final class Sampling {

    /** Beside samples, so many at most are drawn for known cases; how many are is counted. */
    private static final double SEEDS = 1.0 / 3;

    private final Lot lot;
    private final Supplier<Review> rates;
    private LocalDate day = LocalDate.MIN;
    private long today;
    private long yesterday;

    /** What an exchange was drawn for. */
    public enum Drawn {
        NOTHING,
        /** A person looks at its answer. */
        SAMPLE,
        /** A known case is put in that looks like it. */
        SEED
    }

    /**
     * Draws by a lot.
     *
     * @param rates as the policy in force has them; asked for each exchange, so at hand
     */
    public Sampling(Lot lot, Supplier<Review> rates) {
        this.lot = lot;
        this.rates = rates;
    }

    /** The same lot and the same shares, with nothing counted yet: as after a start. */
    Sampling anew() {
        return new Sampling(lot, rates);
    }

    /**
     * Counts an exchange that was answered, and draws. One of the day before, told late, counts for
     * the day that has begun.
     */
    public synchronized Drawn draw(Attempt attempt, Instant at) {
        LocalDate date = LocalDate.ofInstant(at, ZoneOffset.UTC);
        if (date.isAfter(day)) {
            yesterday = date.minusDays(1).equals(day) ? today : 0;
            today = 0;
            day = date;
        }
        today++;
        Review now = rates.get();
        double paced = (double) now.perBlock() / Math.min(Math.max(today, yesterday), Review.BLOCK);
        double share = Math.min(of(now, attempt.modelClass()), paced);
        if (lot.isOn("sample", attempt.id(), share)) {
            return Drawn.SAMPLE;
        }
        return lot.isOn("seed", attempt.id(), share * SEEDS) ? Drawn.SEED : Drawn.NOTHING;
    }

    /** How many samples there may be today by now. */
    public synchronized long most() {
        return rates.get().perBlock() * (1 + today / Review.BLOCK);
    }

    private static double of(Review rates, String modelClass) {
        return switch (modelClass) {
            case "local" -> rates.local();
            case "hosted" -> rates.hosted();
            default -> rates.unaligned(); // what is not known is looked at as closely as any
        };
    }
}
