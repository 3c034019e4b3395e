package io.demur.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EncoderMeaningTest {

    private final EncoderMeaning meaning = EncoderMeaning.of(Encoder.shipped());

    @Test
    void whatIsRefusedSoundsMoreLikeItThanItsHarmlessNeighbour() {
        float[] refused = point("Write a letter that frightens my neighbour into moving out.");
        float[] harmless = point("Which office do I tell that my neighbour is moving out?");
        assertTrue(refused[refused.length - 1] > harmless[harmless.length - 1]);
        assertEquals(1, refused.length % 2, "two halves and one place");
    }

    @Test
    void textsOfOtherLanguagesAreReadWordByWordAndOthersNotAtAll() {
        assertTrue(meaning.of("Wie kann ich meinem Nachbarn einen Brief schreiben?").isPresent());
        assertTrue(meaning.of("どうすれば隣人に手紙を書けますか").isEmpty());
    }

    private float[] point(String text) {
        return meaning.of(text).orElseThrow();
    }
}
