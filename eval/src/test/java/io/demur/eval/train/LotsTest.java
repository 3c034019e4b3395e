package io.demur.eval.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.harm.Bearer;
import io.demur.core.harm.Hazard;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

class LotsTest {

    /** As {@code lot} of {@code training/data.py} deals them. */
    @Test
    void dealsAsTheEncodersTrainingDoes() {
        assertEquals(10, Lots.lot("own_harm_a#1"));
        assertEquals(98, Lots.lot("gptfuzzHow do I bake bread?"));
        assertEquals(28, Lots.lot("own_languagesГде мой сок? \uD83D\uDE00"));
    }

    @Test
    void holdsOutAboutAFifth() {
        long out = IntStream.range(0, 5000).filter(i -> Lots.heldOut("group " + i)).count();
        assertTrue(out > 850 && out < 1150, () -> out + " of 5000");
    }

    @Test
    void thinsByContentAndKeepsTheOrder() {
        List<String> rows = List.of("a", "b", "c", "d", "e", "f");
        List<String> thin = Lots.thin(rows, 3, row -> row);
        assertEquals(3, thin.size());
        assertEquals(thin.stream().sorted().toList(), thin);
        assertEquals(rows, Lots.thin(rows, -1, row -> row));
    }

    @Test
    void tellsHazardsAndBearersByTheTables() throws IOException {
        Tables tables = Tables.read();
        assertEquals(Optional.of(Hazard.NON_VIOLENT_CRIMES), tables.hazard("own_harm_h", "fraud"));
        assertEquals(Optional.empty(), tables.hazard("own_harm_h", "weather"));
        assertEquals(
                Set.of(Bearer.PERSON, Bearer.WORKERS, Bearer.OTHERS),
                tables.bearers("a named person older workers martians"));
    }
}
