package io.demur.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.stats.Wilson;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Optional;

/** What two rates say together. */
class ReadingTest {

    @ParameterizedTest
    @CsvSource({
        // went around, of so many kept back; upheld, of so many decided
        "60, 200, 40, 50, OVER_REFUSAL",
        "60, 200, 5, 50, EVASION",
        "60, 200, 25, 50, TOO_FEW",
        "60, 200, 0, 0, TOO_FEW",
        "1, 200, 40, 50, BORNE",
        "1, 200, 5, 50, HOLDS",
        "0, 200, 0, 0, HOLDS",
        "2, 5, 3, 3, TOO_FEW",
        "12, 200, 50, 50, TOO_FEW",
        "0, 0, 50, 50, TOO_FEW",
        // all that were decided were upheld, and that is still too few
        "60, 200, 2, 2, TOO_FEW",
    })
    void intervalsDecide(long around, long kept, long upheld, long decided, Reading expected) {
        assertEquals(expected, Reading.of(rate(around, kept), rate(upheld, decided)));
    }

    private static Optional<io.demur.stats.Estimate> rate(long some, long all) {
        return all == 0
                ? Optional.empty()
                : Optional.of(Wilson.estimate((double) some / all, all, (double) all));
    }
}
