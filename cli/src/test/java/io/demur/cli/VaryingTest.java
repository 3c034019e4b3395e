package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class VaryingTest {

    private static final String ONE = "case_01a20549-970c-71f4-a919-2f1149f68e66";
    private static final String TWO = "case_01a20549-93b0-7982-8f4d-c069c5ce6b70";
    private static final String THREE = "case_01a2054c-b416-772a-aa19-d7fb4d2ada1a";
    private static final String LINE =
            "2026-11-22T22:04:00Z  re-sent  %s: found by exact, 99.7 %%, in 3 days%n";

    private static String plain(String text) {
        return new Varying().plain(text);
    }

    @Test
    void anotherIdKeyOrTimeIsTheSame() {
        assertEquals(
                plain(LINE.formatted(ONE)),
                plain(LINE.replace("22T22:04:00", "23T01:59:59").formatted(TWO)));
        assertEquals(plain("due 2026-11-25 22:05:42 UTC"), plain("due 2027-01-01 00:00:00 UTC"));
        assertEquals(
                plain("8 requests of 2026-11: month.html"),
                plain("8 requests of 2027-02: month.html"));
        assertEquals(plain("  dmr_…"), plain("  dmr_G1zL186KnN_YAbBLAsWMD8R06EsHUbQXurrm6"));
        assertEquals(plain("`key revoke … --data`"), plain("`key revoke G1zL186KnN --data`"));
    }

    @Test
    void aChangedNumberOrWordIsFound() {
        String line = LINE.formatted(ONE);
        for (String changed :
                new String[] {
                    line.replace("99.7", "99.5"),
                    line.replace("exact", "minhash"),
                    line.replace("in 3", "in 2"),
                    line.replace("re-sent  ", "re-sent "),
                    line.replace("\n", ""),
                    line.replace("case_", "att_"),
                    line + "\n"
                }) {
            assertNotEquals(plain(line), plain(changed));
        }
    }

    @Test
    void aLikenessThatHangsOnAKeyIsTheSameInItsForm() {
        assertEquals(plain("found by minhash, 99.7 %"), plain("found by minhash, 98.1 %"));
        assertNotEquals(plain("found by minhash, 99.7 %"), plain("found by embedding, 99.7 %"));
        assertNotEquals(plain("found by minhash, 99.7 %"), plain("found by minhash, 100.0 %"));
        assertNotEquals(plain("found by exact, 99.7 %"), plain("found by exact, 98.1 %"));
        assertEquals(plain("39 entries counted, 8"), plain("41 entries counted, 8"));
        assertNotEquals(plain("39 entries counted, 8"), plain("39 entries counted, 9"));
    }

    @Test
    void howLongSomethingTookIsTheSameInItsUnit() {
        assertEquals(plain("all  8   9.31 ms    12 ms"), plain("all  8  11,200 ms  9.7 ms"));
        assertNotEquals(plain("all  8   9.31 ms"), plain("all  7   9.31 ms"));
        assertNotEquals(plain("all  8   9.31 ms"), plain("all  8   9.31 s"));
    }

    @Test
    void aTimeInAnotherFormIsFound() {
        assertNotEquals(plain("2026-11-22T22:04:00Z"), plain("2026-11-22T22:04:00.000001Z"));
        assertNotEquals(plain("2026-11-22T22:04:00Z"), plain("2026-11-22 22:04:00 UTC"));
        assertNotEquals(plain("2026-11-22"), plain("2026-11"));
    }

    @Test
    void theSameIdHasToStandWhereTheSameStood() {
        assertEquals(plain(ONE + " and " + ONE), plain(TWO + " and " + TWO));
        assertNotEquals(plain(ONE + " and " + ONE), plain(ONE + " and " + TWO));
        assertNotEquals(plain(ONE + " and " + TWO), plain(ONE + " and " + ONE));
    }

    @Test
    void aCommandIsRunWithTheIdsThatWerePrinted() {
        Varying page = new Varying();
        Varying printed = new Varying();
        assertEquals(page.plain("opened " + ONE), printed.plain("opened " + TWO));
        assertEquals("demur show " + TWO, page.with(printed, "demur show " + ONE));
        assertThrows(AssertionError.class, () -> page.with(printed, "demur show " + THREE));
    }

    @Test
    void whatIsTriedAgainLeavesNothing() {
        Varying page = new Varying();
        assertEquals("case_#1", page.copy().plain(ONE));
        assertEquals("case_#1", page.plain(TWO));
    }

    @Test
    void noPageShowsAKey() {
        assertEquals("  dmr_…\n", Varying.shown("  dmr_G1zL186KnN_YAbBLAsWMD8R\n"));
    }
}
