package io.demur.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.charter.Settings;
import io.demur.core.harm.Severity;
import io.demur.record.entry.Appeal;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Review;
import io.demur.record.json.Canonical;
import io.demur.store.HeldRequest;
import io.demur.store.HeldRequests;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;
import io.demur.store.StoreRefused;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Who gets what to decide, and what may be said of it. */
class QueueTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Choice CONFIRM = Choice.of("confirm", "looked-at");
    private static final Choice OVERTURN = Choice.of("overturn", "looked-at");

    private Path folder;
    private Desk desk;
    private Queue queue;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        this.folder = folder;
        desk = new Desk(folder);
        queue = desk.queue(0);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private ReviewCase open(Kind kind) throws Exception {
        return desk.open(kind, "sub_ada", Optional.empty(), DAY);
    }

    private ReviewCase decided(Queue by, String id, String who, Choice choice) throws Exception {
        ReviewCase mine = by.claim(id, who);
        return by.decide(id, Optional.of(mine.version()), who, choice);
    }

    private static String refused(Executable work) {
        return requireNonNull(assertThrows(StoreRefused.class, work).getMessage());
    }

    @Test
    void whatIsDueFirstComesFirstAndEachIsOnePersons() throws Exception {
        ReviewCase later = desk.open(Kind.SAMPLE, "sub_ada", Optional.empty(), DAY.multipliedBy(2));
        ReviewCase sooner = open(Kind.REPORT);
        String held = desk.hold("bob");
        assertEquals(
                List.of(Kind.HOLD, Kind.SAMPLE, Kind.REPORT),
                queue.list(Queue.Filter.WAITING, 10).stream()
                        .map(ReviewCase::kind)
                        .sorted()
                        .toList());
        assertEquals(
                later.id(), queue.list(Queue.Filter.WAITING, 10).getLast().id(), "due the last");
        String first = queue.next("anna").claimed().orElseThrow().id();
        assertEquals(first, queue.next("anna").claimed().orElseThrow().id(), "it is theirs still");
        String second = queue.next("bert").claimed().orElseThrow().id();
        assertFalse(first.equals(second));
        assertEquals(later.id(), queue.next("carl").claimed().orElseThrow().id());
        assertEquals(Optional.empty(), queue.next("dora").claimed());
        desk.later(Queue.CLAIM);
        assertTrue(queue.next("dora").claimed().isPresent());
        assertTrue(List.of(first, second).contains(sooner.id()));
        assertTrue(List.of(first, second).contains("case_" + held.substring(4)));
    }

    @Test
    void whatIsAskedForIsWhatIsListed() throws Exception {
        open(Kind.INCIDENT);
        ReviewCase hate = desk.open(Kind.REPORT, "sub_ada", Optional.of("hate"), DAY);
        Queue.Filter all = Queue.Filter.WAITING;
        Queue.Filter late =
                new Queue.Filter(
                        all.kinds(),
                        all.states(),
                        Optional.empty(),
                        true,
                        Optional.of("hate"),
                        Optional.empty());
        assertEquals(List.of(), queue.list(late, 10));
        desk.later(DAY.plusSeconds(1));
        assertEquals(List.of(hate), queue.list(late, 10));
        ReviewCase mine = queue.claim(hate.id(), "anna");
        Queue.Filter annas =
                new Queue.Filter(
                        all.kinds(),
                        all.states(),
                        Optional.of("anna"),
                        false,
                        Optional.empty(),
                        Optional.empty());
        assertEquals(List.of(mine), queue.list(annas, 10));
        assertEquals(1, queue.list(all, 1).size());
    }

    @Test
    void aDecisionSaysWhatItsKindCanHave() throws Exception {
        String incident = queue.claim(open(Kind.INCIDENT).id(), "anna").id();
        assertTrue(
                refused(() -> queue.decide(incident, Optional.empty(), "anna", CONFIRM))
                        .contains("is acceptable here"));
        assertTrue(
                refused(
                                () ->
                                        queue.decide(
                                                incident,
                                                Optional.empty(),
                                                "anna",
                                                Choice.of("release", "x")))
                        .contains("`confirm` and `overturn` are what can be said of it"));
        for (String reason : List.of("", "In Words", "practice/accepted")) {
            assertTrue(
                    refused(
                                    () ->
                                            queue.decide(
                                                    incident,
                                                    Optional.empty(),
                                                    "anna",
                                                    Choice.of("confirm", reason).acceptable(true)))
                            .startsWith("reason `" + reason + "`"));
        }
        ReviewCase decided =
                queue.decide(
                        incident,
                        Optional.empty(),
                        "anna",
                        CONFIRM.acceptable(false).severity(Severity.GRAVE));
        assertEquals(State.DECIDED, decided.state());
        Review review = (Review) desk.published().getFirst();
        assertEquals(Optional.of(false), review.acceptable());
        assertEquals(Optional.of(Severity.GRAVE), review.severity());
        String free = open(Kind.SAMPLE).id();
        assertTrue(
                refused(() -> queue.decide(free, Optional.empty(), "anna", CONFIRM))
                        .contains("it is claimed first"));
        assertEquals(State.DECIDED, queue.decide(free, Optional.of(1L), "anna", CONFIRM).state());
    }

    @Test
    void nobodyReviewsTheirOwnOrAnswersAnAppealAgainstWhatTheyDecided() throws Exception {
        ReviewCase own = desk.open(Kind.SAMPLE, "sub_anna", Optional.empty(), DAY);
        assertTrue(
                refused(() -> queue.claim(own.id(), "sub_anna"))
                        .endsWith("nobody reviews their own"));
        assertEquals(Optional.empty(), queue.next("sub_anna").claimed());

        ReviewCase sampled = open(Kind.SAMPLE);
        decided(queue, sampled.id(), "sub_anna", OVERTURN);
        ReviewCase appeal =
                desk.open(
                        Kind.APPEAL,
                        sampled.attempt().orElseThrow(),
                        "sub_ada",
                        Optional.empty(),
                        DAY);
        assertTrue(
                refused(() -> queue.claim(appeal.id(), "sub_anna"))
                        .contains("is about what `sub_anna` decided"));
        refused(() -> queue.decide(appeal.id(), Optional.of(1L), "sub_anna", CONFIRM));
        String held = desk.hold("bob");
        desk.held.refuse(held, new HeldRequests.By("sub_anna", "no"));
        ReviewCase second =
                desk.open(Kind.APPEAL, held, "sub_ada", Optional.empty(), Duration.ofDays(3));
        refused(() -> queue.claim(second.id(), "sub_anna"));
        assertEquals(Optional.empty(), queue.next("sub_anna").claimed());
        assertEquals(State.DECIDED, decided(queue, appeal.id(), "sub_bert", OVERTURN).state());
    }

    @Test
    void anotherPersonLooksAgainWhereItIsDrawnAndWhereItIsSerious() throws Exception {
        assertEquals(
                State.SECOND,
                decided(desk.queue(1), open(Kind.SAMPLE).id(), "anna", CONFIRM).state());
        assertEquals(
                State.DECIDED, decided(queue, open(Kind.SAMPLE).id(), "anna", CONFIRM).state());
        assertEquals(
                State.DECIDED,
                decided(queue, open(Kind.SAMPLE).id(), "anna", OVERTURN.severity(Severity.MINOR))
                        .state());
        ReviewCase serious =
                decided(queue, open(Kind.REPORT).id(), "anna", OVERTURN.severity(Severity.SERIOUS));
        assertEquals(State.SECOND, serious.state());
        assertFalse(
                Canonical.text(CaseView.of(serious, desk.now)).contains("overturn"),
                "the second look is independent");
        refused(() -> queue.claim(serious.id(), "anna"));
        ReviewCase last = decided(queue, serious.id(), "bert", OVERTURN.severity(Severity.GRAVE));
        assertEquals(State.DECIDED, last.state());
        assertTrue(Canonical.text(CaseView.of(last, desk.now)).contains("\"by\":\"anna\""));
    }

    /** 5 % of many, give or take four standard errors; the same case each time. */
    @Test
    void theShareThatIsLookedAtAgainIsTheShare() {
        int drawn = 0;
        for (int i = 0; i < 20_000; i++) {
            String id = desk.ids.next("case");
            boolean on = desk.lot.isOn("second look", id, 0.05);
            assertEquals(on, desk.lot.isOn("second look", id, 0.05));
            drawn += on ? 1 : 0;
        }
        double error = Math.sqrt(0.05 * 0.95 / 20_000);
        assertEquals(0.05, drawn / 20_000.0, 4 * error);
    }

    @Test
    void whatAnswersAnAppealIsWrittenWithItsLastLook() throws Exception {
        Queue telling = desk.queue(1);
        String id = open(Kind.APPEAL).id();
        decided(telling, id, "anna", CONFIRM);
        assertEquals(List.of("REVIEW"), desk.published().stream().map(QueueTest::type).toList());
        decided(telling, id, "bert", OVERTURN);
        List<Entry> last = desk.published();
        assertEquals(List.of("REVIEW", "APPEAL"), last.stream().map(QueueTest::type).toList());
        assertEquals("upheld", ((Appeal) last.getLast()).state());
    }

    private static String type(Entry entry) {
        return entry instanceof Review ? "REVIEW" : entry instanceof Appeal ? "APPEAL" : "other";
    }

    @Test
    void whoHasSeenEnoughOfWhatWearsPeopleOutGetsSomethingElse() throws Exception {
        for (int i = 0; i < 4; i++) {
            ReviewCase it = desk.open(Kind.REPORT, "sub_ada", Optional.of("hate"), DAY);
            if (i < 3) {
                decided(queue, it.id(), "anna", CONFIRM);
            }
        }
        Queue.Next none = queue.next("anna");
        assertEquals(Optional.empty(), none.claimed());
        assertEquals(1, none.spared());
        ReviewCase mild = desk.open(Kind.SAMPLE, "sub_ada", Optional.of("privacy"), DAY);
        assertEquals(mild.id(), queue.next("anna").claimed().orElseThrow().id());
        String hate = queue.next("bert").claimed().orElseThrow().id();
        ReviewCase free = queue.release(hate, "bert");
        assertTrue(refused(() -> queue.claim(free.id(), "anna")).contains("which is enough"));
        desk.later(DAY.plusSeconds(1));
        assertEquals(free.id(), queue.claim(free.id(), "anna").id());
    }

    @Test
    void whatWasTakenAndLetGoWasSeenAllTheSame() throws Exception {
        for (int i = 0; i < 4; i++) {
            ReviewCase it = desk.open(Kind.REPORT, "sub_ada", Optional.of("hate"), DAY);
            if (i < 3) {
                queue.claim(it.id(), "anna");
                queue.release(it.id(), "anna");
            }
        }
        assertEquals(new Queue.Next(Optional.empty(), 4), queue.next("anna"));
        assertTrue(queue.next("bert").claimed().isPresent());
        desk.later(DAY.plusSeconds(1));
        assertTrue(queue.next("anna").claimed().isPresent());
    }

    /** A row that cannot be read stands for all those that nobody asked for. */
    @Test
    void noMoreIsReadThanIsListed() throws Exception {
        ReviewCase first = desk.open(Kind.REPORT, "sub_ada", Optional.of("hate"), DAY);
        for (int days = 0; days < 3; days += 2) {
            Optional<String> hazard = Optional.of(days == 0 ? "privacy" : "hate");
            String id = desk.open(Kind.REPORT, "sub_ada", hazard, DAY.multipliedBy(days)).id();
            try (Connection store =
                            DriverManager.getConnection(
                                    "jdbc:sqlite:" + folder.resolve("store.db"));
                    PreparedStatement damage =
                            store.prepareStatement(
                                    "UPDATE review_case SET about = '{' WHERE id = ?")) {
                damage.setString(1, id);
                assertEquals(1, damage.executeUpdate());
            }
        }
        Queue.Filter all = Queue.Filter.WAITING;
        Queue.Filter hate =
                new Queue.Filter(
                        all.kinds(),
                        all.states(),
                        Optional.empty(),
                        false,
                        Optional.of("hate"),
                        Optional.empty());
        assertEquals(List.of(first), queue.list(hate, 1));
        assertThrows(IllegalStateException.class, () -> queue.list(all, 3));
    }

    @Test
    void aReleaseHereIsOneThereAndTheOtherWayRound() throws Exception {
        String held = desk.hold("bob");
        String id = "case_" + held.substring(4);
        queue.claim(id, "anna");
        refused(() -> queue.decide(id, Optional.empty(), "anna", CONFIRM));
        queue.decide(id, Optional.empty(), "anna", Choice.of("release", "harmless"));
        assertEquals(1, desk.published().size());
        assertEquals(HeldRequest.State.RELEASED, desk.held.find(held).orElseThrow().state());
        assertEquals(List.of(), queue.list(Queue.Filter.WAITING, 10));
        assertTrue(
                refused(() -> queue.claim(id, "bert")).contains("is decided: `release` by `anna`"));
    }

    @Test
    void whatIsKnownAlreadyLooksLikeASample() throws Exception {
        Samples samples =
                new Samples(
                        desk.cases,
                        desk.lot,
                        desk.ids,
                        new Sampling(desk.lot, () -> new Settings.Review(1, 1, 1, 1_000)),
                        desk.clock);
        var attempt = desk.attempt("local");
        var outcome = Outcome.bare(desk.now, attempt.id(), Outcome.Result.ALLOW, "answered");
        assertEquals(Sampling.Drawn.SAMPLE, samples.sampling().draw(attempt, desk.now));
        assertFalse(samples.open(Sampling.Drawn.SEED, attempt, outcome), "of nothing, no tenth");
        assertTrue(samples.open(Sampling.Drawn.SAMPLE, attempt, outcome));
        assertTrue(samples.open(Sampling.Drawn.SEED, attempt, outcome));
        List<ReviewCase> both = queue.list(Queue.Filter.WAITING, 10);
        assertEquals(
                EnumSet.of(Kind.SAMPLE, Kind.SEEDED),
                EnumSet.copyOf(both.stream().map(ReviewCase::kind).toList()));
        assertEquals(
                1,
                both.stream()
                        .map(it -> Canonical.text(CaseView.of(it, desk.now)))
                        .map(text -> text.replaceAll("case_[0-9a-f-]+", "ID"))
                        .distinct()
                        .count());
        Queue.Filter samplesAlone =
                new Queue.Filter(
                        EnumSet.of(Kind.SAMPLE),
                        State.UNDECIDED,
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty());
        assertEquals(2, queue.list(samplesAlone, 10).size());
        ReviewCase known =
                both.stream().filter(it -> it.kind() == Kind.SEEDED).findFirst().orElseThrow();
        assertTrue(Seeded.asked(known).isPresent());
        assertFalse(Seeded.answered(known).orElseThrow().isBlank());
        String right = Seeded.right(known).orElseThrow();
        String wrong = right.equals("confirm") ? "overturn" : "confirm";
        decided(queue, known.id(), "anna", Choice.of(wrong, "looked-at"));
        assertEquals(List.of(), desk.published());
        assertEquals(List.of(), queue.labels());
        assertEquals(
                new Statistics.Work(1, 0, 1, 1),
                queue.statistics(desk.now.minus(DAY)).reviewers().get("anna"));
    }
}
