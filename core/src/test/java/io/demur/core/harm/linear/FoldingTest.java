package io.demur.core.harm.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

class FoldingTest {

    @Test
    void foldsWhatLooksTheSame() {
        check("plain text", "plain text");
        check("сору it", "copy it"); // all of it Cyrillic but the last word
        check("ｆｕｌｌ", "full");
        check("naïve café", "naive cafe");
        check("in\u200Bvis\u00ADible", "invisible");
        check("don’t", "don't");
    }

    @Test
    void leavesOtherScriptsAlone() {
        check("Где мой сок?", "Где мой сок?");
        check("Πού είναι;", "Πού είναι;");
        check("パンを焼く", "パンを焼く");
    }

    @Test
    void takesAnyTextAndLeavesNothingUnseen() {
        Property.check(
                300,
                gen -> {
                    String folded = Folding.fold(gen.text(20) + "\u200B\uFEFF\u00AD");
                    assertEquals(
                            0,
                            folded.chars()
                                    .filter(c -> Character.getType(c) == Character.FORMAT)
                                    .count());
                });
    }

    private static void check(String text, String folded) {
        assertEquals(folded, Folding.fold(text));
    }
}
