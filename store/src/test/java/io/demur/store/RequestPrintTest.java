package io.demur.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.store.RequestPrint.Kind;

import org.junit.jupiter.api.Test;

import java.util.EnumMap;
import java.util.Map;

/** What tables hold of a print, which outlives the program that wrote it. */
class RequestPrintTest {

    @Test
    void theStoredCodesAreThoseOfTheTablesThatAreThere() {
        Map<Kind, Long> kept = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            kept.put(kind, kind.kept());
            assertEquals(kind, Kind.of(kind.kept()));
        }
        assertEquals(
                Map.of(Kind.SENT, 0L, Kind.REFUSED, 1L, Kind.CARRIED, 2L, Kind.REPEATED, 3L), kept);
    }

    @Test
    void aCodeThatNobodyKnowsIsNoKind() {
        assertThrows(IllegalArgumentException.class, () -> Kind.of(4));
        assertThrows(IllegalArgumentException.class, () -> Kind.of(-1));
    }
}
