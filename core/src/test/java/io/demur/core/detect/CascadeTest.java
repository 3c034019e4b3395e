package io.demur.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Act;
import io.demur.core.Band;
import io.demur.core.Craft;
import io.demur.core.Degree;
import io.demur.core.Degrees;
import io.demur.core.Evidence;
import io.demur.core.JudgeId;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.core.Verdict;
import io.demur.core.Verdict.Undecided.Reason;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class CascadeTest extends DetectorContract {

    private static final Request REQUEST = Request.of("How do I graft an apple tree?");
    private static final Response RESPONSE = Response.of("Cut a slanting face on both.");

    /** The shipped judge, and one that doubts it wherever it is asked. */
    @Override
    Detector detector() {
        return new Cascade(
                LinearJudge.shipped(),
                List.of(
                        new Cascade.Stage(new Known("unsure", 0.5), new Band(0.4, 0.6)),
                        new Cascade.Stage(new Known("down", -1), Band.ALL)));
    }

    @Test
    void aLaterJudgeIsAskedInItsBandAloneAndHasTheLastWord() {
        Property.check(
                500,
                gen -> {
                    double first = gen.unit();
                    List<Known> judges = new ArrayList<>();
                    List<Cascade.Stage> stages = new ArrayList<>();
                    for (int i = 0; i < 3; i++) {
                        Known judge = new Known("stage" + i, gen.oneIn(4) ? -1 : gen.unit());
                        judges.add(judge);
                        stages.add(new Cascade.Stage(judge, band(gen)));
                    }
                    Finding found =
                            new Cascade(new First(verdict(first)), stages).find(REQUEST, RESPONSE);
                    double p = first;
                    String by = "first";
                    for (int i = 0; i < 3; i++) {
                        boolean asked = stages.get(i).band().contains(p);
                        assertEquals(asked, judges.get(i).wasAsked, "stage " + i);
                        if (asked && judges.get(i).p >= 0) {
                            p = judges.get(i).p;
                            by = "stage" + i;
                        }
                    }
                    assertEquals(by, found.by().name());
                    assertEquals(verdict(p), found.verdict());
                });
    }

    @Test
    void aLaterJudgeSeesWhatStandsByThen() {
        Known last = new Known("last", 0.9);
        new Cascade(
                        new First(verdict(0.5)),
                        List.of(
                                new Cascade.Stage(new Known("next", 0.3), Band.ALL),
                                new Cascade.Stage(new Known("down", -1), Band.ALL),
                                new Cascade.Stage(last, Band.ALL)))
                .detect(REQUEST, RESPONSE);
        assertEquals(Optional.of(verdict(0.3)), last.saw);
    }

    @Test
    void whatTheFirstLeavesUndecidedIsAskedOfNobodyElse() {
        Known other = new Known("other", 0.9);
        Verdict undecided = new Verdict.Undecided(Reason.EMPTY, "no words");
        Finding found =
                new Cascade(new First(undecided), List.of(new Cascade.Stage(other, Band.ALL)))
                        .find(REQUEST, RESPONSE);
        assertEquals(undecided, found.verdict());
        assertEquals("first", found.by().name());
        assertTrue(!other.wasAsked);
    }

    @Test
    void noJudgeLowersWhatTheProviderStates() {
        Detector detector =
                new StopReasonDetector(
                        new Cascade(
                                new First(verdict(0.9)),
                                List.of(new Cascade.Stage(new Known("never", 0), Band.ALL))));
        for (StopReason stop :
                List.of(
                        new StopReason.Refusal("stop_reason: refusal", Optional.empty()),
                        new StopReason.ContentFilter("finish_reason", Optional.empty()))) {
            for (String text : List.of("", RESPONSE.text(), RESPONSE.text().repeat(20))) {
                Verdict.Refused refused =
                        assertInstanceOf(
                                Verdict.Refused.class,
                                detector.detect(REQUEST, new Response(text, stop)));
                assertEquals(Refusal.Origin.PROVIDER, refused.refusal().origin());
            }
        }
    }

    @Test
    void theJudgeThatDecidedIsKnownBehindTheStopReason() {
        Detector detector =
                new StopReasonDetector(
                        new Cascade(
                                new First(verdict(0.5)),
                                List.of(new Cascade.Stage(new Known("next", 0.9), Band.ALL))));
        assertEquals("next", detector.find(REQUEST, RESPONSE).by().name());
        assertEquals("first+next", detector.id().name());
    }

    @Test
    void withoutFurtherJudgesItIsTheFirst() {
        First first = new First(verdict(0.7));
        assertEquals(first.id(), new Cascade(first, List.of()).id());
        assertNotEquals(
                first.id(),
                new Cascade(first, List.of(new Cascade.Stage(new Known("a", 0), Band.ALL))).id());
    }

    private static Band band(Gen gen) {
        double one = gen.unit();
        double other = gen.unit();
        return new Band(Math.min(one, other), Math.max(one, other));
    }

    private static Verdict verdict(double p) {
        Degrees degrees = new Degrees(1 - p, 0, p);
        return degrees.refusal() < 0.5
                ? new Verdict.Complied(degrees, 0, List.of())
                : new Verdict.Refused(
                        new Refusal(
                                Degree.FULL,
                                Refusal.Kind.POLICY,
                                Set.of(),
                                Refusal.Origin.MODEL,
                                new Craft(0, 0, 0, 0),
                                List.of(new Evidence(0, 1, Act.REFUSES))),
                        degrees,
                        0);
    }

    private static JudgeId id(String name) {
        return new JudgeId(name, 1, "0".repeat(64));
    }

    private record First(Verdict says) implements Detector {
        @Override
        public JudgeId id() {
            return CascadeTest.id("first");
        }

        @Override
        public Verdict detect(Request request, Response response) {
            return says;
        }
    }

    /** Says one probability, or nothing where that is negative, and remembers being asked. */
    private static final class Known implements SecondJudge {
        final String name;
        final double p;
        boolean wasAsked;
        Optional<Verdict> saw = Optional.empty();

        Known(String name, double p) {
            this.name = name;
            this.p = p;
        }

        @Override
        public JudgeId id() {
            return CascadeTest.id(name);
        }

        @Override
        public Verdict judge(Request request, Response response, Verdict before) {
            wasAsked = true;
            saw = Optional.of(before);
            return p < 0 ? new Verdict.Undecided(Reason.UNJUDGED, "down") : verdict(p);
        }
    }
}
