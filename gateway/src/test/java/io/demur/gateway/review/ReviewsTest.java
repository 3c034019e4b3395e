package io.demur.gateway.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.StopReason;
import io.demur.core.charter.Settings;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision;
import io.demur.gateway.gate.Decided;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.ProviderRefusal;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

class ReviewsTest {

    private static final Request ASKED = Request.of("what is it?");
    private static final Settings.Windows USUAL = Settings.USUAL.windows();
    private static final Event.Began BEGAN = new Event.Began("", "m");
    private static final Event STOP = Event.Stop.of(StopReason.END);

    private static Reader reader(BiFunction<Request, String, Said> read) {
        return new Reader() {
            @Override
            public List<JudgeId> ids() {
                return List.of(Standards.JUDGE);
            }

            @Override
            public Said read(Request asked, String window) {
                return read.apply(asked, window);
            }
        };
    }

    private static Release open(Reader quick, Decided decided) {
        return new Reviews(quick, Optional.empty()).open(ASKED, decided, true);
    }

    private static Release harmless() {
        return open(new Marks("~", 0.001), Standards.harmless(USUAL));
    }

    private static List<Event> takeAll(Release release, Event... events) {
        List<Event> free = new ArrayList<>();
        for (Event event : events) {
            free.addAll(release.take(event));
        }
        return free;
    }

    @Test
    void headIsHeldUntil160CharactersHaveCome() {
        Release release = harmless();
        assertEquals(List.of(), takeAll(release, BEGAN));
        for (int i = 1; i < 160; i++) {
            assertEquals(List.of(), takeAll(release, new Event.Text("a")), "at " + i);
        }
        assertEquals(
                List.of(BEGAN, new Event.Text("a".repeat(160 - USUAL.overlap()))),
                takeAll(release, new Event.Text("a")));
    }

    @Test
    void whatComesLaterIsHeldForTwoOverlapsAtMost() {
        Release release = harmless();
        long out = 0;
        for (int i = 1; i <= 20_000; i++) {
            for (Event event : release.take(new Event.Text("ab".substring(i % 2, i % 2 + 1)))) {
                out += event instanceof Event.Text text ? text.delta().length() : 0;
            }
            long held = i - out;
            assertTrue(held <= 160 + 2 * USUAL.overlap(), () -> "held " + held);
        }
    }

    @Test
    void shortAnswersComeWholeAtTheirEnd() {
        Event.Counted first = new Event.Counted(io.demur.wire.chat.Usage.NONE);
        assertEquals(
                List.of(BEGAN, new Event.Text("No."), first, STOP),
                takeAll(harmless(), BEGAN, new Event.Text("No"), new Event.Text("."), first, STOP));
        assertEquals(List.of(BEGAN, STOP), takeAll(harmless(), BEGAN, STOP));
    }

    @Test
    void textDoesNotWaitForTheReasoningBeforeIt() {
        Release release = harmless();
        takeAll(release, BEGAN, new Event.Reasoning("It is short. "));
        List<Event> free = takeAll(release, new Event.Text("a".repeat(400)));
        assertEquals(new Event.Reasoning("It is short. "), free.get(1));
        assertInstanceOf(Event.Text.class, free.get(2));
    }

    @Test
    void judgesThatFailOrTalkNonsenseLetNothingOut() {
        for (Said nonsense :
                List.of(
                        new Said(Double.NaN, 0),
                        new Said(0, Double.NaN),
                        new Said(0, 1.5),
                        new Said(-1, 0))) {
            Release release = open(reader((asked, window) -> nonsense), Standards.harmless(USUAL));
            assertEquals(List.of(), takeAll(release, BEGAN, new Event.Text("fine"), STOP));
            assertUnjudged(release, Assessment.Unjudged.Reason.INVALID);
        }
        Release release =
                open(
                        reader(
                                (asked, window) -> {
                                    throw new IllegalStateException("closed");
                                }),
                        Standards.harmless(USUAL));
        assertEquals(List.of(), takeAll(release, BEGAN, new Event.Text("fine"), STOP));
        assertUnjudged(release, Assessment.Unjudged.Reason.DOWN);
    }

    private static void assertUnjudged(Release release, Assessment.Unjudged.Reason reason) {
        Withheld withheld = release.withheld().orElseThrow();
        assertEquals(
                reason,
                assertInstanceOf(Assessment.Unjudged.class, withheld.assessment()).reason());
        assertEquals(0, withheld.released());
    }

    @Test
    void judgeThatFailsLaterEndsWhatHasBegun() {
        Reader failing =
                reader(
                        (asked, window) -> {
                            if (window.contains("b")) {
                                throw new IllegalStateException("closed");
                            }
                            return new Said(0, 0.001);
                        });
        Release release = open(failing, Standards.harmless(USUAL));
        List<Event> free =
                takeAll(
                        release,
                        BEGAN,
                        new Event.Text("a".repeat(500)),
                        new Event.Text("b".repeat(500)),
                        STOP);
        assertEquals(2, free.size());
        int out = ((Event.Text) free.get(1)).delta().length();
        assertEquals(out, release.withheld().orElseThrow().released());
        assertTrue(out > 0 && out <= 500, () -> "out " + out);
    }

    @Test
    void secondReaderHasTheWordUnlessItHasNoTime() {
        Reader unsure = new Marks("~", 0.93);
        Decided decided = Standards.harmless(USUAL);
        Event text = new Event.Text("what it is that stands here has to be read by somebody else");
        Release free =
                new Reviews(unsure, Optional.of(second(Optional.of(new Said(0, 0.001)))))
                        .open(ASKED, decided, true);
        assertEquals(3, takeAll(free, BEGAN, text, STOP).size());
        assertEquals(2, free.judges().size());
        Release kept =
                new Reviews(unsure, Optional.of(second(Optional.of(new Said(0, 0.999)))))
                        .open(ASKED, decided, true);
        assertEquals(List.of(), takeAll(kept, BEGAN, text, STOP));
        Release busy =
                new Reviews(unsure, Optional.of(second(Optional.empty())))
                        .open(ASKED, decided, true);
        assertEquals(3, takeAll(busy, BEGAN, text, STOP).size());
        assertEquals(1, busy.judges().size());
        Release nonsense =
                new Reviews(unsure, Optional.of(second(Optional.of(new Said(0, Double.NaN)))))
                        .open(ASKED, decided, true);
        assertEquals(List.of(), takeAll(nonsense, BEGAN, text, STOP));
    }

    @Test
    void whatSoundsHarmfulInItsFirstWordsAloneIsJudgedAgainWithMoreOfIt() {
        Reader hasty =
                reader(
                        (asked, window) ->
                                window.length() < 300
                                        ? new Said(0.999, 0.999)
                                        : new Said(0.5, 0.001));
        Release fine = open(hasty, Standards.harmless(USUAL));
        takeAll(fine, BEGAN);
        for (int i = 0; i < 350; i++) {
            assertEquals(List.of(), takeAll(fine, new Event.Text("a")), "at " + i);
        }
        assertEquals(2, takeAll(fine, new Event.Text("a".repeat(100))).size());
        assertTrue(fine.withheld().isEmpty());
        Release harmful = open(hasty, Standards.harmless(USUAL));
        assertEquals(List.of(), takeAll(harmful, BEGAN, new Event.Text("a".repeat(200)), STOP));
        assertTrue(harmful.withheld().isPresent(), "no more of it comes");
    }

    private static SecondReader second(Optional<Said> said) {
        return new SecondReader() {
            @Override
            public List<JudgeId> ids() {
                return List.of(Standards.JUDGE);
            }

            @Override
            public Optional<Said> read(Request asked, String window) {
                return said;
            }
        };
    }

    @Test
    void whatIsUnsureStrictOrNotInPiecesIsJudgedWhole() {
        Reader reader = new Marks("~", 0.001);
        Decided harmless = Standards.harmless(USUAL);
        Decided unsure = Standards.decided(5, USUAL, 0.3, Map.of(Hazard.PRIVACY, 0.9));
        assertInstanceOf(Decision.Allow.class, unsure.decision());
        assertWhole(open(reader, unsure));
        assertWhole(open(reader, Standards.decided(8, USUAL, 0.001, Map.of())));
        assertWhole(open(reader, Standards.conditioned(USUAL, Hazard.PRIVACY)));
        assertWhole(new Reviews(reader, Optional.empty()).open(ASKED, harmless, false));
    }

    private static void assertWhole(Release release) {
        Event text = new Event.Text("a".repeat(5_000));
        assertEquals(List.of(), takeAll(release, BEGAN, text, text));
        assertEquals(3, takeAll(release, STOP).size());
        assertTrue(release.withheld().isEmpty());
    }

    @Test
    void harmHasToBeCountedWhereThatIsTheCondition() {
        Decided decided = Standards.conditioned(USUAL, Hazard.EXTERNALISED_HARM);
        Decision.Condition condition =
                assertInstanceOf(Decision.Condition.class, decided.decision());
        assertEquals("count-harm", condition.terms().getFirst().id());
        Reader reader = new Marks("~", 0.001);
        Release kept = open(reader, decided);
        Event bare = new Event.Text("Raise the line speed by 20 % and cut the breaks.");
        assertEquals(List.of(), takeAll(kept, BEGAN, bare, STOP));
        assertEquals(condition, kept.withheld().orElseThrow().decision());
        Release met = open(reader, decided);
        Event counted =
                new Event.Text(
                        "Raise it by 5 % at most. Workers pay for more with injuries; measure"
                                + " those per 200,000 hours beside the output.");
        assertEquals(3, takeAll(met, BEGAN, counted, STOP).size());
        Release refused = open(reader, decided);
        StopReason reason = new StopReason.Refusal("stop_reason: refusal", Optional.empty());
        assertEquals(2, takeAll(refused, BEGAN, Event.Stop.of(reason)).size());
    }

    @Test
    void answerThatOnlyCallsToolsDoesNotHaveToCountHarm() {
        Decided decided = Standards.conditioned(USUAL, Hazard.EXTERNALISED_HARM);
        Reader reader = new Marks("~", 0.001);
        Event calls = new Event.ToolBegan(0, "call_1", "shell");
        Event arguments = new Event.ToolDelta(0, "{\"input\": \"ps -ef --forest\"}");
        Release free = open(reader, decided);
        assertEquals(4, takeAll(free, BEGAN, calls, arguments, STOP).size());
        assertTrue(free.withheld().isEmpty());
        Release kept = open(reader, decided);
        Event says = new Event.Text("The breaks are cut from Monday on.");
        assertEquals(List.of(), takeAll(kept, BEGAN, says, calls, arguments, STOP));
        assertTrue(kept.withheld().isPresent());
    }

    /** Says of a text what most of it is, as judges do. */
    private static Said most(Request asked, String window) {
        long harm = window.chars().filter(c -> c == '~').count();
        return harm > 0.6 * window.length() ? new Said(0.999, 0.999) : new Said(0.5, 0.001);
    }

    @Test
    void passageThatFillsHalfAWindowIsNotLostInWhatStandsBeforeIt() {
        String preamble = "a".repeat(8_000) + "\n\n";
        Event harmful = new Event.Text(preamble + "~".repeat(235));
        Reader reader = reader(ReviewsTest::most);
        Reviews quick = new Reviews(reader, Optional.empty());
        Reviews both = new Reviews(new Marks("\u0000", 0.93), Optional.of(asSecond(reader)));
        for (Reviews reviews : List.of(quick, both)) {
            Release release = reviews.open(ASKED, Standards.harmless(USUAL), true);
            takeAll(release, BEGAN, harmful, STOP);
            int released = release.withheld().orElseThrow().released();
            assertTrue(released <= preamble.length() + 120, () -> "released " + released);
        }
    }

    @Test
    void passageThatSoundsHarmfulInItsFirstWordsAloneIsJudgedAgainWithMoreOfIt() {
        String words = "a".repeat(8_000) + "\n\n" + "~".repeat(150) + "b".repeat(400);
        Release release = open(reader(ReviewsTest::most), Standards.harmless(USUAL));
        List<Event> free = takeAll(release, BEGAN, new Event.Text(words), STOP);
        assertTrue(release.withheld().isEmpty());
        assertEquals(STOP, free.getLast());
    }

    private static SecondReader asSecond(Reader reader) {
        return new SecondReader() {
            @Override
            public List<JudgeId> ids() {
                return reader.ids();
            }

            @Override
            public Optional<Said> read(Request asked, String window) {
                return Optional.of(reader.read(asked, window));
            }
        };
    }

    @Test
    void underOtherConditionsTheLineIsStricter() {
        Reader reader = new Marks("~", 0.9);
        Event text =
                new Event.Text("something of which there is quite enough to be judged by itself");
        assertEquals(3, takeAll(open(reader, Standards.harmless(USUAL)), BEGAN, text, STOP).size());
        Release strict = open(reader, Standards.conditioned(USUAL, Hazard.PRIVACY));
        assertEquals(List.of(), takeAll(strict, BEGAN, text, STOP));
        assertTrue(strict.withheld().isPresent());
    }

    @Test
    void whatFailsBeforeAnythingWentOutIsAnErrorAlone() {
        Event failed = new Event.Failed(Failure.broken("cut off"));
        assertEquals(
                List.of(failed), takeAll(harmless(), BEGAN, new Event.Text("only this"), failed));
        Release begun = harmless();
        Event text = new Event.Text("a".repeat(300));
        List<Event> free = takeAll(begun, BEGAN, text, failed);
        assertEquals(failed, free.getLast());
        assertEquals(
                300,
                ((Event.Text) free.get(1)).delta().length()
                        + ((Event.Text) free.get(2)).delta().length());
    }

    @Test
    void namesOfToolsAndWordsOfTheEndAreJudgedToo() {
        Release tool = harmless();
        takeAll(tool, BEGAN, new Event.ToolBegan(0, "call_1", "a~b"), STOP);
        assertTrue(tool.withheld().isPresent());
        assertEquals(
                new Event.ToolBegan(0, "demur_call_0", "ab"),
                takeAll(harmless(), BEGAN, new Event.ToolBegan(0, "no id ~", "ab"), STOP).get(1));
        StopReason reason = new StopReason.Refusal("stop_reason: refusal", Optional.empty());
        Event.Stop said =
                new Event.Stop(
                        reason,
                        Optional.empty(),
                        ProviderRefusal.of(reason, Optional.of("because ~")),
                        Optional.empty());
        Release end = harmless();
        assertEquals(List.of(), takeAll(end, BEGAN, said));
        assertTrue(end.withheld().isPresent());
    }

    @Test
    void paddingThatNobodySeesHidesNothing() {
        Release release = open(new Marks("bad", 0.001), Standards.harmless(USUAL));
        String padded = "b" + "\u200B".repeat(300) + "a" + "\u2060".repeat(300) + "d";
        List<Event> free = takeAll(release, BEGAN, new Event.Text("a".repeat(200) + padded), STOP);
        assertTrue(release.withheld().isPresent());
        assertTrue(free.toString().indexOf('b') < 0, free::toString);
    }

    @Test
    void whatIsReadAtOnceDoesNotGrow() {
        Marks marks = new Marks("~", 0.001);
        Release release = open(marks, Standards.harmless(USUAL));
        String piece = "abcdefgh ".repeat(1_000);
        for (int i = 0; i < 100; i++) {
            takeAll(release, new Event.Text(piece));
        }
        takeAll(release, STOP);
        assertTrue(marks.seen.stream().allMatch(window -> window.length() <= USUAL.window()));
        assertTrue(marks.seen.size() <= 100 * piece.length() / USUAL.overlap() + 2);
    }

    @Test
    void answersThatAreTooLongToBeHeldStayBack() {
        Release release =
                new Reviews(new Marks("~", 0.001), Optional.empty())
                        .open(ASKED, Standards.harmless(USUAL), false);
        String piece = "abcdefgh ".repeat(10_000);
        for (int i = 0; i < 12; i++) {
            takeAll(release, new Event.Text(piece));
        }
        assertUnjudged(release, Assessment.Unjudged.Reason.INVALID);
    }
}
