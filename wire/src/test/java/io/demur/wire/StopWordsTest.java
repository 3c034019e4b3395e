package io.demur.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.StopReason;
import io.demur.core.StopReason.ContentFilter;
import io.demur.core.StopReason.Failed;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class StopWordsTest {

    @Test
    void theSpellingOfAWordDoesNotCount() {
        for (String word : List.of("max_tokens", "MAX-TOKENS", "max tokens", "Reason.MAX_TOKENS")) {
            assertEquals(StopReason.LENGTH, read(word), word);
        }
        assertEquals(StopReason.END, read("end-turn"));
        assertEquals(StopReason.UNSTATED, read("stop."));
        assertEquals(StopReason.UNSTATED, read(""));
    }

    @Test
    void whatAProviderWithholdsForSafetyIsAFilters() {
        for (String word :
                List.of(
                        "FinishReason.SAFETY",
                        "IMAGE_SAFETY",
                        "safety",
                        "prohibited-content",
                        "blocklist",
                        "SPII",
                        "content filter")) {
            assertEquals(new ContentFilter("stop: " + last(word), Optional.empty()), read(word));
        }
    }

    @Test
    void whatBrokeOffOrWasWithheldForOtherReasonsIsNoRefusal() {
        for (String word :
                List.of(
                        "abort",
                        "aborted",
                        "cancelled",
                        "canceled",
                        "RECITATION",
                        "FinishReason.OTHER",
                        "language")) {
            assertEquals(new Failed("stop: " + last(word)), read(word));
        }
    }

    /** What stands before it may be anything, and the signal is passed on. */
    private static String last(String word) {
        return word.substring(word.lastIndexOf('.') + 1);
    }

    private static StopReason read(String word) {
        return StopWords.read("stop", word, Optional.empty());
    }
}
