package io.demur.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

import java.util.Locale;

class SamePromptTest {

    @Test
    void takesOffWhatOnlyDressesAPrompt() {
        same("Close the gate.", "close the gate");
        same("Close the gate.", "  Close\tthe\u00A0gate!!! ");
        same("Close the gate.", "Hello, would you please close the gate? Thank you very much!");
        same("Close the gate.", "Ｃｌｏｓｅ the gate");
        same("Close the gate.", "Cl\u200Bose the gate");
        same("What's that", "Whats that?");
    }

    @Test
    void keepsWhatIsAsked() {
        differ("How do I kill a thread in C++?", "How do I kill a thread in C#?");
        differ("Close the gate.", "Do not close the gate.");
        differ("Is 3.5 enough?", "Is 35 enough?");
        differ("Could you lie?", "Could you swim?");
        assertEquals("?!", SamePrompt.of(" ?! "));
        assertEquals("please", SamePrompt.of("Please").toLowerCase(Locale.ROOT));
    }

    private static void same(String a, String b) {
        assertEquals(SamePrompt.of(a), SamePrompt.of(b));
    }

    private static void differ(String a, String b) {
        assertNotEquals(SamePrompt.of(a), SamePrompt.of(b));
    }
}
