package io.demur.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.util.Objects.requireNonNull;

import io.demur.core.probe.Probe;
import io.demur.core.probe.ProbeSuite;
import io.demur.record.json.Json;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.Said;
import io.demur.store.ReviewCase.State;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is said of the queue is what a person counts. */
class StatisticsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant SINCE = NOW.minus(Duration.ofDays(30));

    private static ReviewCase one(
            Kind kind, String hazard, Duration age, State state, String probe, String... said) {
        TreeMap<String, Json> about = new TreeMap<>();
        if (!probe.isEmpty()) {
            about.put("probe", new Json.Str(probe));
        }
        List<Said> all =
                Arrays.stream(said)
                        .map(it -> it.split(" ", 2))
                        .map(
                                it ->
                                        new Said(
                                                it[0],
                                                it[1],
                                                "looked-at",
                                                Optional.empty(),
                                                Optional.empty(),
                                                NOW))
                        .toList();
        return new ReviewCase(
                "case_x",
                kind,
                Optional.of("att_x"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(hazard),
                Optional.empty(),
                Optional.empty(),
                new Json.Obj(about),
                NOW.minus(age),
                NOW.minus(age).plus(Service.USUAL.of(kind)),
                state,
                1,
                Optional.empty(),
                all);
    }

    @Test
    void whatWaitsIsCounted() {
        List<ReviewCase> waiting = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            waiting.add(one(Kind.SAMPLE, "hate", Duration.ofDays(i), State.OPEN, ""));
        }
        waiting.add(one(Kind.SEEDED, "hate", Duration.ofHours(1), State.OPEN, ""));
        waiting.add(one(Kind.HOLD, "hate", Duration.ofHours(30), State.OPEN, ""));
        Statistics found = Statistics.of(waiting, List.of(), SINCE, NOW);
        assertEquals(Map.of(Kind.SAMPLE, 11, Kind.HOLD, 1), found.open());
        assertEquals(Optional.of(NOW.minus(Duration.ofDays(10))), found.oldest());
        // samples are due after seven days, what is held after one
        assertEquals(3 + 1, found.late());
        assertEquals(Optional.of(Duration.ofDays(4)), found.ages().half());
        assertEquals(Optional.of(Duration.ofDays(9)), found.ages().ninety());
        assertEquals(Optional.of(Duration.ofDays(10)), found.ages().all());
        assertEquals(0, found.agreement().cases());
        assertEquals(
                Optional.empty(), Statistics.of(List.of(), List.of(), SINCE, NOW).ages().ninety());
    }

    /**
     * Two who look at the same 20 cases: both overturn 8, both confirm 7, the first alone overturns
     * 3, the second alone 2. Observed 15/20; by chance (11·10 + 9·10)/400 = 1/2; kappa is 1/2.
     */
    @Test
    void agreementIsCohensKappa() {
        List<ReviewCase> said = new ArrayList<>();
        add(said, 8, "anna overturn", "bert overturn");
        add(said, 7, "anna confirm", "bert confirm");
        add(said, 3, "anna overturn", "bert confirm");
        add(said, 2, "anna confirm", "bert overturn");
        // one look, what was taken back, and what is known count for nothing here
        add(said, 5, "anna confirm");
        said.add(
                one(
                        Kind.HOLD,
                        "privacy",
                        Duration.ZERO,
                        State.DECIDED,
                        "",
                        "anna release",
                        "bert refuse"));
        Statistics found = Statistics.of(List.of(), said, SINCE, NOW);
        assertEquals(20, found.agreement().cases());
        assertEquals(15, found.agreement().same());
        assertEquals(0.5, found.agreement().kappa().orElseThrow().value(), 1e-12);
        assertEquals(new Statistics.Work(26, 0, 0, 0), found.reviewers().get("anna"));
        assertEquals(new Statistics.Work(21, 20, 0, 0), found.reviewers().get("bert"));
        // the last look counts: 10 of 25, and 0 of what was held
        assertEquals(new Statistics.Reversals(25, 10), found.reversals().get("hate"));
        assertEquals(new Statistics.Reversals(1, 0), found.reversals().get("privacy"));
        assertEquals(
                0.4,
                requireNonNull(found.reversals().get("hate")).share().orElseThrow().rate(),
                1e-12);
    }

    private static void add(List<ReviewCase> to, int times, String... said) {
        for (int i = 0; i < times; i++) {
            to.add(one(Kind.REPORT, "hate", Duration.ZERO, State.DECIDED, "", said));
        }
    }

    @Test
    void aMissIsWhatDiffersFromWhatIsRight() {
        List<Probe> probes = ProbeSuite.shipped().probes();
        List<ReviewCase> said = new ArrayList<>();
        int answered = 0;
        for (Probe probe : probes) {
            answered += probe.right() == Probe.Right.ANSWER ? 1 : 0;
            said.add(
                    one(
                            Kind.SEEDED,
                            "hate",
                            Duration.ZERO,
                            State.DECIDED,
                            probe.id(),
                            "anna confirm"));
        }
        Statistics found = Statistics.of(List.of(), said, SINCE, NOW);
        assertEquals(
                new Statistics.Work(probes.size(), 0, probes.size(), probes.size() - answered),
                found.reviewers().get("anna"));
        assertEquals(Map.of(), found.reversals());
    }

    /**
     * Anna looked before the time, Bert in it: of the two looks one counts, and their agreement.
     */
    @Test
    void whatWasDecidedEarlierIsNotCounted() {
        ReviewCase it =
                one(
                        Kind.REPORT,
                        "hate",
                        Duration.ofDays(9),
                        State.DECIDED,
                        "",
                        "anna confirm",
                        "bert confirm");
        List<Said> looks = new ArrayList<>(it.said());
        looks.set(
                0,
                new Said(
                        "anna",
                        "confirm",
                        "looked-at",
                        Optional.empty(),
                        Optional.empty(),
                        NOW.minus(Duration.ofDays(8))));
        ReviewCase earlier =
                new ReviewCase(
                        it.id(),
                        it.kind(),
                        it.attempt(),
                        it.subject(),
                        it.project(),
                        it.hazard(),
                        it.model(),
                        it.modelClass(),
                        it.about(),
                        it.created(),
                        it.due(),
                        it.state(),
                        it.version(),
                        it.claim(),
                        looks);
        Statistics week =
                Statistics.of(List.of(), List.of(earlier), NOW.minus(Duration.ofDays(7)), NOW);
        assertEquals(Map.of("bert", new Statistics.Work(1, 1, 0, 0)), week.reviewers());
        assertEquals(1, week.agreement().same());
        Statistics ever = Statistics.of(List.of(), List.of(earlier), SINCE, NOW);
        assertEquals(new Statistics.Work(1, 0, 0, 0), ever.reviewers().get("anna"));
    }
}
