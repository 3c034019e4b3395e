package io.demur.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    @Test
    void onlyWhatIsWrittenHereIsTheSignalOfAFilter() {
        for (String signal :
                List.of(
                        "finish_reason: content_filter",
                        "native_finish_reason: SAFETY",
                        "content_filter_results",
                        "prompt_filter_results",
                        "error.code: cyber_policy",
                        "error.innererror.code: ResponsibleAIPolicyViolation",
                        "error.message: Content Exists Risk",
                        "error.metadata.reasons",
                        "demur.review")) {
            assertTrue(StopWords.isFilter(signal), signal);
        }
        for (String words :
                List.of(
                        "",
                        "safety",
                        "finish_reason: stop",
                        "finish_reason: what is asked.safety",
                        "finish_reason:  safety",
                        "what is asked: safety",
                        "error.message: Content Exists Risk, and what is asked")) {
            assertFalse(StopWords.isFilter(words), words);
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
