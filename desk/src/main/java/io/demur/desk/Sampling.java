package io.demur.desk;

import io.demur.record.entry.Attempt;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Which answers people look at, drawn by lot. A share of each class of models while there is little
 * traffic; where that would be more than people can look at, so many for each 10,000 exchanges of a
 * day, spread over the day by what the day before was like. Safe for use by several threads.
 */
public final class Sampling {

    /** Exchanges for which the most is stated. */
    public static final int BLOCK = 10_000;

    /** Beside samples, so many at most are drawn for known cases; how many are is counted. */
    private static final double SEEDS = 1.0 / 3;

    private final Lot lot;
    private final Rates rates;
    private LocalDate day = LocalDate.MIN;
    private long today;
    private long yesterday;

    /**
     * How much is looked at.
     *
     * @param local of answers of local models, 0 to 1
     * @param unaligned of those that are known to refuse too little
     * @param hosted of hosted models
     * @param blockMax of each {@link #BLOCK} begun in a day, of all classes together
     */
    public record Rates(double local, double unaligned, double hosted, int blockMax) {

        /**
         * 5 % of what local models answer, 1 % of what hosted ones do; 4 of 10,000: with more, most
         * of what people look at would be samples, and not what something was found in.
         */
        public static final Rates USUAL = new Rates(0.05, 0.05, 0.01, 4);

        double of(String modelClass) {
            return switch (modelClass) {
                case "local" -> local;
                case "hosted" -> hosted;
                default -> unaligned; // a class that is not known is looked at as closely as any
            };
        }
    }

    /** What an exchange was drawn for. */
    public enum Drawn {
        NOTHING,
        /** A person looks at its answer. */
        SAMPLE,
        /** A known case is put in that looks like it. */
        SEED
    }

    public Sampling(Lot lot, Rates rates) {
        this.lot = lot;
        this.rates = rates;
    }

    /** Counts an exchange that was answered, and draws. */
    public synchronized Drawn draw(Attempt attempt, Instant at) {
        LocalDate now = LocalDate.ofInstant(at, ZoneOffset.UTC);
        if (!now.equals(day)) {
            yesterday = now.minusDays(1).equals(day) ? today : 0;
            today = 0;
            day = now;
        }
        today++;
        double paced = (double) rates.blockMax() / Math.min(Math.max(today, yesterday), BLOCK);
        double share = Math.min(rates.of(attempt.modelClass()), paced);
        if (lot.isOn("sample", attempt.id(), share)) {
            return Drawn.SAMPLE;
        }
        return lot.isOn("seed", attempt.id(), share * SEEDS) ? Drawn.SEED : Drawn.NOTHING;
    }

    /** How many samples there may be today by now. */
    public synchronized long most() {
        return rates.blockMax() * (1 + today / BLOCK);
    }
}
