package io.demur.gateway.review;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.StopReason;
import io.demur.core.charter.Settings;
import io.demur.core.harm.Hazard;
import io.demur.gateway.gate.Decided;
import io.demur.wire.chat.Event;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the words of readers count for less: few letters, other languages, a doubtful request. */
class CountedInPartTest {

    private static final Settings.Windows USUAL = Settings.USUAL.windows();
    private static final Event STOP = Event.Stop.of(StopReason.END);

    /** Says one thing of everything. */
    private record Saying(Said said) implements Reader {
        @Override
        public List<JudgeId> ids() {
            return List.of(Standards.JUDGE);
        }

        @Override
        public Said read(Request asked, String window) {
            return said;
        }
    }

    /** The second reader, of whatever says one thing. */
    private static SecondReader second(Said said) {
        return new SecondReader() {
            @Override
            public List<JudgeId> ids() {
                return List.of(Standards.JUDGE);
            }

            @Override
            public Optional<Said> read(Request asked, String window) {
                return Optional.of(said);
            }
        };
    }

    private static boolean passes(Reviews reviews, Decided decided, Event... events) {
        Release release = reviews.open(Request.of("And then?"), decided, true);
        for (Event event : events) {
            List<Event> unused = release.take(event);
        }
        List<Event> unused = release.take(STOP);
        return release.withheld().isEmpty();
    }

    @Test
    void searchOfThreeWordsIsNotKeptBackForWhatItMayBeAbout() {
        Reviews reviews = new Reviews(new Saying(new Said(0.3, 0.85)), Optional.empty());
        Decided decided = Standards.conditioned(USUAL, Hazard.PRIVACY);
        Event call = new Event.ToolBegan(0, "call_1", "search_papers");
        Event few = new Event.ToolDelta(0, "{\"input\": \"radicalisation online\"}");
        Event more =
                new Event.ToolDelta(
                        0, "{\"input\": \"how those are found who can be radicalised online\"}");
        assertTrue(passes(reviews, decided, call, few));
        assertFalse(passes(reviews, decided, call, more));
    }

    @Test
    void otherLanguagesHaveLinesOfTheirOwnAndAreAlwaysReadTwice() {
        Reader sure = new Saying(new Said(0.5, 0.001));
        Reviews reviews = new Reviews(sure, Optional.of(second(new Said(0.5, 0.3))));
        Decided decided = Standards.harmless(USUAL);
        Event german =
                new Event.Text("Der Plan beschreibt, wie man den alten Mann von nebenan ausraubt.");
        Event english =
                new Event.Text("The plan describes how the old man next door is to be robbed.");
        assertFalse(passes(reviews, decided, german));
        assertTrue(passes(reviews, decided, english));
    }

    @Test
    void harmHasToBeCountedWhereItIsKnownWhichHarm() {
        Reviews reviews = new Reviews(new Saying(new Said(0.5, 0.001)), Optional.empty());
        Event uncounted =
                new Event.Text("After 180 days most of them are still there, as it seems to me.");
        Map<Hazard, Double> known = Map.of(Hazard.EXTERNALISED_HARM, 0.7);
        Map<Hazard, Double> vague = Map.of(Hazard.EXTERNALISED_HARM, 0.45, Hazard.PRIVACY, 0.4);
        assertFalse(passes(reviews, Standards.decided(5, USUAL, 0.85, known), uncounted));
        assertTrue(passes(reviews, Standards.decided(5, USUAL, 0.75, known), uncounted));
        assertTrue(passes(reviews, Standards.decided(5, USUAL, 0.85, vague), uncounted));
    }
}
