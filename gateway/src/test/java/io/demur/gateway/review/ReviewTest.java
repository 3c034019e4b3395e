package io.demur.gateway.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Request;
import io.demur.core.StopReason;
import io.demur.core.charter.Settings;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.review.Speaking.Kind;
import io.demur.gateway.review.Speaking.Stretch;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;
import io.demur.wire.chat.Event;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class ReviewTest {

    private static final Settings.Windows USUAL = Settings.USUAL.windows();
    private static final Request ASKED = Request.of("what is it?");

    /** What went out, and what the review said at the end. */
    private record Outcome(List<String> gone, String verdict) {}

    /** The readers of one review, of which one finds the mark. */
    private record Readers(Marks marks, Reviews reviews) {

        static Readers of(String mark, boolean second) {
            if (!second) {
                Marks marks = new Marks(mark, 0.001);
                return new Readers(marks, new Reviews(marks, Optional.empty()));
            }
            Marks marks = new Marks(mark, 0.001);
            Marks unsure = new Marks("\u0000", 0.93);
            return new Readers(marks, new Reviews(unsure, Optional.of(marks.asSecond())));
        }
    }

    @Test
    void howAnAnswerIsCutMakesNoDifference() {
        Property.check(
                400,
                gen -> {
                    Decided decided = Standards.harmless(windows(gen));
                    boolean second = gen.oneIn(2);
                    List<Stretch> stretches = Speaking.any(gen, 200);
                    String mark = gen.oneIn(2) ? "" + gen.between(1000, 1100) : "~";
                    boolean pieces = gen.oneIn(2);
                    Outcome first = run(gen, decided, Readers.of(mark, second), pieces, stretches);
                    Outcome again = run(gen, decided, Readers.of(mark, second), pieces, stretches);
                    assertEquals(first, again);
                });
    }

    @Test
    void nothingGoesOutThatWasNotJudged() {
        Property.check(
                300,
                gen -> {
                    Settings.Windows windows = windows(gen);
                    Readers readers = Readers.of("~", gen.oneIn(2));
                    Release release =
                            readers.reviews()
                                    .open(ASKED, Standards.harmless(windows), gen.oneIn(2));
                    Map<String, StringBuilder> gone = new TreeMap<>();
                    for (Event event : Speaking.cut(gen, Speaking.any(gen, 150))) {
                        for (Event free : release.take(event)) {
                            String channel = Speaking.channel(free);
                            StringBuilder all =
                                    gone.computeIfAbsent(channel, it -> new StringBuilder());
                            int from = all.length();
                            all.append(Speaking.words(free));
                            assertJudged(readers.marks().seen, all, from, windows);
                        }
                    }
                });
    }

    /** With as much before it as windows overlap, so that it was judged together with that. */
    private static void assertJudged(
            List<String> seen, StringBuilder all, int from, Settings.Windows windows) {
        for (int i = from; i < all.length(); i++) {
            String stretch = all.substring(Math.max(0, i + 1 - windows.overlap()), i + 1);
            assertTrue(
                    seen.stream().anyMatch(window -> window.contains(stretch)),
                    () -> "`%s` was not judged".formatted(stretch));
        }
    }

    @Test
    void ofAForbiddenSpanNothingGoesOut() {
        Property.check(
                600,
                gen -> {
                    Settings.Windows windows = windows(gen);
                    List<Stretch> stretches = new ArrayList<>(Speaking.any(gen, 300));
                    int at = gen.between(0, stretches.size() - 1);
                    Stretch chosen = stretches.get(at);
                    String span = "~".repeat(gen.between(1, windows.overlap()));
                    int before = gen.between(0, chosen.words().length());
                    String planted =
                            chosen.words().substring(0, before)
                                    + written(gen, chosen.kind(), span)
                                    + chosen.words().substring(before);
                    stretches.set(at, new Stretch(chosen.kind(), chosen.tool(), planted));
                    Outcome outcome =
                            run(
                                    gen,
                                    Standards.harmless(windows),
                                    Readers.of(span, gen.oneIn(2)),
                                    gen.oneIn(2),
                                    stretches);
                    assertFalse(outcome.verdict().isEmpty(), "not noticed");
                    String gone = String.join("\n", outcome.gone());
                    assertFalse(gone.contains("~"), gone);
                    assertFalse(gone.contains("u007"), gone);
                });
    }

    /** A passage that was in doubt by itself took the turn of the window around it. */
    @Test
    void theSecondReaderSeesEachSpanOfAWholeAnswerWhereverItsBlankLineIs() {
        String words =
                IntStream.range(1_000, 1_500)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining());
        for (int line = 380; line < 900; line += 7) {
            Readers readers = Readers.of("~", true);
            Release release = readers.reviews().open(ASKED, Standards.harmless(USUAL), false);
            String answer = words.substring(0, line) + "\n\n" + words.substring(line);
            release.take(new Event.Text(answer));
            release.take(Event.Stop.of(StopReason.END));
            assertJudged(readers.marks().seen, new StringBuilder(answer), 0, USUAL);
        }
    }

    /** On the way each character is judged in several windows; nobody waits for that here. */
    @Test
    void whereNothingGoesOutOnTheWayNoWindowHasMostOfTheOneBefore() {
        Readers readers = Readers.of("~", false);
        Release release = readers.reviews().open(ASKED, Standards.harmless(USUAL), false);
        String words = "Bread wants time. ".repeat(70); // 1,260 characters
        release.take(new Event.Text(words));
        release.take(Event.Stop.of(StopReason.END));
        assertEquals(List.of(400, 480, 480, 480), lengths(readers));
        assertTrue(readers.marks().seen.getLast().endsWith("Bread wants time. "));
    }

    private static List<Integer> lengths(Readers readers) {
        return readers.marks().seen.stream().map(String::length).toList();
    }

    /** Arguments may write a character in several ways. */
    private static String written(Gen gen, Kind kind, String span) {
        if (kind != Kind.ARGUMENTS) {
            return span;
        }
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < span.length(); i++) {
            written.append(gen.oneOf(List.of("~", "\\u007e", "\\\\u007E")));
        }
        return written.toString();
    }

    private static Settings.Windows windows(Gen gen) {
        int overlap = gen.between(1, 40);
        return new Settings.Windows(gen.between(1, 60), overlap + gen.between(1, 80), overlap);
    }

    private static Outcome run(
            Gen gen, Decided decided, Readers readers, boolean pieces, List<Stretch> stretches) {
        Release release = readers.reviews().open(ASKED, decided, pieces);
        List<String> gone = new ArrayList<>();
        String last = "";
        for (Event event : Speaking.cut(gen, stretches)) {
            for (Event free : release.take(event)) {
                String channel = Speaking.channel(free);
                if (!channel.isEmpty() && channel.equals(last)) {
                    gone.set(gone.size() - 1, gone.getLast() + Speaking.words(free));
                } else {
                    gone.add(
                            channel.isEmpty()
                                    ? free.toString()
                                    : channel + ": " + Speaking.words(free));
                }
                last = channel;
            }
        }
        return new Outcome(
                gone,
                release.withheld()
                        .map(it -> it.decision().strength() + " " + it.released())
                        .orElse(""));
    }
}
