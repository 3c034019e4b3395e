package io.demur.core;

/**
 * How well a refusal is made, in the four qualities that DESIGN names; each 0 to 1.
 *
 * @param acknowledge shows that the asker was understood
 * @param explain gives a reason that fits this request
 * @param redirect offers something that helps
 * @param respect neither accuses nor lectures the asker
 */
public record Craft(double acknowledge, double explain, double redirect, double respect) {

    public Craft {
        unit("acknowledge", acknowledge);
        unit("explain", explain);
        unit("redirect", redirect);
        unit("respect", respect);
    }

    private static void unit(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(
                    "craft `%s`: `%s` is not between 0 and 1".formatted(name, value));
        }
    }
}
