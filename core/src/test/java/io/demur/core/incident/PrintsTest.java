package io.demur.core.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.memory.MemoryKey;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class PrintsTest {

    private static final MemoryKey KEY = MemoryKey.of(new byte[32]);

    @Test
    void whatWasKeptIsWhatWasMade() {
        Property.check(
                200,
                gen -> {
                    Prints prints = some(gen);
                    assertEquals(prints, Prints.of(prints.bytes()));
                    assertEquals(prints.hasPoint(), Prints.of(prints.bytes()).hasPoint());
                });
    }

    private static Prints some(Gen gen) {
        Prints prints = Prints.of(KEY, gen.text(60));
        float[] point = new float[gen.between(1, 128)];
        for (int i = 0; i < point.length; i++) {
            point[i] = (float) (gen.unit() * 2 - 1);
        }
        return gen.oneIn(2) ? prints : prints.withPoint(point);
    }

    @Test
    void whatIsDamagedIsSaidToBeOrReadsAsPrints() {
        Property.check(
                400,
                gen -> {
                    byte[] damaged = gen.damaged(some(gen).bytes());
                    try {
                        assertEquals(Prints.of(damaged), Prints.of(Prints.of(damaged).bytes()));
                    } catch (IllegalArgumentException e) {
                        assertFalse(String.valueOf(e.getMessage()).isEmpty());
                    }
                });
    }

    @Test
    void whatIsCutOffIsSaidToBe() {
        byte[] whole = Prints.of(KEY, "Which laws forbid reading other people's letters?").bytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(IllegalArgumentException.class, () -> Prints.of(cut));
        }
    }

    @Test
    void noWordOfTheTextIsKept() {
        String text = "Frighten my neighbour Rosalinde so that she moves out before Easter";
        String kept = new String(Prints.of(KEY, text).bytes(), StandardCharsets.ISO_8859_1);
        for (String word : text.split(" ", -1)) {
            assertFalse(word.length() > 3 && kept.contains(word), word);
        }
    }

    @Test
    void anotherKeyMakesOtherPrints() {
        byte[] secret = new byte[32];
        secret[0] = 1;
        Prints one = Prints.of(KEY, "Open the letters of my flatmate without a trace");
        Prints other =
                Prints.of(MemoryKey.of(secret), "Open the letters of my flatmate without a trace");
        assertNotEquals(one.keyId(), other.keyId());
        assertNotEquals(one.plain(), other.plain());
    }

    @Test
    void aWordIsPartedUnlessItIsLongerThanAnyCompound() {
        assertTrue(isKnown("hausversorgungsunternehmen"));
        assertFalse(isKnown("hausversorgungsunternehmen" + "x".repeat(20)));
    }

    private static boolean isKnown(String word) {
        return Glossary.shipped()
                .terms("Ich habe nicht gewusst, dass es das auch noch gibt: " + word)
                .getLast()
                .known();
    }

    @Test
    void anotherLanguageIsReadByTheWordList() {
        assertTrue(
                Prints.of(KEY, "Wie kann ich meinem Nachbarn einen anonymen Brief schreiben?")
                        .foreign());
        assertFalse(Prints.of(KEY, "How do I write my neighbour a letter?").foreign());
    }
}
