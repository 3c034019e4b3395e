package io.demur.eval;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;

/**
 * A limit on one figure of a summary, for a build that must fail when it is passed.
 *
 * @param figure where the figure stands in the summary's document, its names joined by dots, such
 *     as {@code safe.refusal.high} or {@code by_model.amber-8b.refusal_rate}; where that is an
 *     estimate, its rate is meant
 * @param limit the value that the figure must keep to
 * @param side on which side of the limit the figure fails
 */
public record Threshold(String figure, double limit, Side side) {

    /** On which side of the limit a figure fails. */
    public enum Side {
        OVER,
        UNDER
    }

    /**
     * Reads {@code FIGURE=LIMIT}; the limit may be a percentage, such as {@code 5%}.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static Threshold parse(String text, Side side) {
        int equals = text.lastIndexOf('=');
        String number = text.substring(equals + 1).strip();
        boolean percent = number.endsWith("%");
        try {
            double value = Double.parseDouble(percent ? cut(number) : number);
            if (equals > 0 && Double.isFinite(value)) {
                return new Threshold(
                        text.substring(0, equals).strip(), percent ? value / 100 : value, side);
            }
        } catch (NumberFormatException notANumber) {
            // said below, together with every other way to be wrong
        }
        throw new IllegalArgumentException(
                "`%s` is not FIGURE=LIMIT, such as `safe.refusal=0.1` or `safe.refusal.high=10%%`"
                        .formatted(text));
    }

    private static String cut(String number) {
        return number.substring(0, number.length() - 1);
    }

    /**
     * Whether the summary misses this threshold, in words; empty where it keeps to it. A figure
     * that was not measured is missed too: nothing shows that it is kept.
     */
    public Optional<String> missedBy(Map<String, ?> summary) {
        Object value = find(summary, figure);
        if (value instanceof Map<?, ?> estimate && estimate.containsKey("rate")) {
            value = estimate.get("rate");
        }
        if (!(value instanceof Number number)) {
            return Optional.of("`%s` was not measured".formatted(figure));
        }
        double measured = number.doubleValue();
        boolean missed =
                switch (side) {
                    case OVER -> measured > limit;
                    case UNDER -> measured < limit;
                };
        return missed
                ? Optional.of(
                        "`%s` is %s, %s the limit of %s"
                                .formatted(
                                        figure,
                                        plain(measured),
                                        side == Side.OVER ? "over" : "under",
                                        plain(limit)))
                : Optional.empty();
    }

    /** Six digits that count, and no trailing zeros. */
    private static String plain(double value) {
        return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
    }

    /** Follows dots; a name that has dots itself, such as a model's, is tried whole first. */
    private static @Nullable Object find(Map<?, ?> in, String path) {
        if (in.containsKey(path)) {
            return in.get(path);
        }
        for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            if (in.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
                Object found = find(inner, path.substring(dot + 1));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
