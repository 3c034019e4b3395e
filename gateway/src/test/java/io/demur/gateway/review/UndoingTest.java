package io.demur.gateway.review;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class UndoingTest {

    private static void check(String text, String once, String all) {
        StringBuilder first = new StringBuilder();
        StringBuilder whole = new StringBuilder();
        Undoing undoing = new Undoing(c -> first.append((char) c), c -> whole.append((char) c));
        for (int i = 0; i < text.length(); i++) {
            undoing.append(text.charAt(i));
        }
        assertEquals(once, first.toString());
        assertEquals(all, whole.toString());
    }

    @Test
    void undoesEachLayer() {
        check("plain", "plain", "plain");
        check("a\\nb\\t\\\"c\\\"", "a\nb \"c\"", "a\nb \"c\"");
        check("\\u0041\\u00e9", "Aé", "Aé");
        check("\\\\u0041", "\\u0041", "A");
        check("{\\\"a\\\": \\\"\\\\\\\"x\\\"}", "{\"a\": \"\\\"x\"}", "{\"a\": \"\"x\"}");
    }

    @Test
    void leavesWhatIsNoEscape() {
        check("C:\\windows", "C:\\windows", "C:\\windows");
        check("\\u00zz", "\\u00zz", "\\u00zz");
        check("\\u0\\u0041 x", "\\u0A x", "\\u0a x");
    }
}
