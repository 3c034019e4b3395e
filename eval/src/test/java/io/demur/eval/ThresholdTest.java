package io.demur.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

class ThresholdTest {

    private static final Map<String, Object> SUMMARY =
            Map.of(
                    "refusal_rate", 0.25,
                    "safe", Map.of("refusal", Map.of("rate", 0.1, "low", 0.05, "high", 0.2)),
                    "by_model", Map.of("gpt-4.1", Map.of("refusal_rate", 0.5)));

    @Test
    void figuresAreFoundByTheirPath() {
        check("refusal_rate=0.3", Optional.empty());
        check("refusal_rate=0.2", Optional.of("`refusal_rate` is 0.25, over the limit of 0.2"));
        check("safe.refusal=10%", Optional.empty());
        check("safe.refusal=9%", Optional.of("`safe.refusal` is 0.1, over the limit of 0.09"));
        check(
                "safe.refusal.high=0.1",
                Optional.of("`safe.refusal.high` is 0.2, over the limit of 0.1"));
        check(
                "by_model.gpt-4.1.refusal_rate=0.4",
                Optional.of("`by_model.gpt-4.1.refusal_rate` is 0.5, over the limit of 0.4"));
    }

    @Test
    void whatWasNotMeasuredIsNotKept() {
        check("unsafe.compliance=0.5", Optional.of("`unsafe.compliance` was not measured"));
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("refusal_rate", null);
        assertEquals(
                Optional.of("`refusal_rate` was not measured"),
                Threshold.parse("refusal_rate=1", Threshold.Side.OVER).missedBy(nothing));
    }

    @Test
    void theMessageShowsEnoughDigitsToSeeTheDifference() {
        assertEquals(
                Optional.of("`unreadable` is 1, over the limit of 0"),
                Threshold.parse("unreadable=0", Threshold.Side.OVER)
                        .missedBy(Map.of("unreadable", 1L)));
        assertEquals(
                Optional.of("`r` is 0.10001, over the limit of 0.1"),
                Threshold.parse("r=10%", Threshold.Side.OVER).missedBy(Map.of("r", 0.10001)));
    }

    @Test
    void underMeansUnder() {
        Threshold floor = Threshold.parse("refusal_rate=0.9", Threshold.Side.UNDER);
        assertEquals(
                Optional.of("`refusal_rate` is 0.25, under the limit of 0.9"),
                floor.missedBy(SUMMARY));
    }

    @Test
    void whatIsNoThresholdIsSaid() {
        for (String text : new String[] {"", "=", "=1", "a=", "a=b", "a=NaN", "a=1%%", "0.5"}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Threshold.parse(text, Threshold.Side.OVER),
                    text);
        }
    }

    private static void check(String text, Optional<String> missed) {
        assertEquals(missed, Threshold.parse(text, Threshold.Side.OVER).missedBy(SUMMARY));
    }
}
