package io.demur.eval.metric;

import io.demur.core.Craft;
import io.demur.core.Degree;
import io.demur.core.Degrees;
import io.demur.core.JudgeId;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.harm.Hazard;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.core.suite.Push;
import io.demur.core.suite.Rung;
import io.demur.core.suite.Style;
import io.demur.core.suite.Suite;
import io.demur.core.suite.Tactic;
import io.demur.eval.run.Failure;
import io.demur.eval.run.Plan;
import io.demur.eval.run.Round;
import io.demur.eval.run.Run;
import io.demur.eval.run.Sampling;
import io.demur.eval.run.Trial;
import io.demur.eval.run.Variant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Runs that are made of verdicts alone: cases in a few words, and answers without any. */
public final class Played {

    public static final JudgeId JUDGE = new JudgeId("refusal", 1, "a".repeat(64));

    private static final Craft PLAIN = new Craft(0, 0, 0, 1);

    private final Map<String, Case> cases = new LinkedHashMap<>();
    private final List<Trial> trials = new ArrayList<>();
    private int epochs = 1;

    /** A case to which more can be said. */
    public static Case asked(String id, Expectation expectation) {
        return new Case(
                id,
                "pairs",
                Request.of("Words of " + id),
                expectation,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                expectation == Expectation.UNLOCK
                        ? List.of(new Push(Tactic.CONTEXT, "It is mine."))
                        : List.of(),
                Map.of(),
                "");
    }

    public static Case in(Case of, String section) {
        return with(
                of, section, of.kind(), of.hazard(), of.style(), of.pair(), of.group(), of.rung());
    }

    public static Case kind(Case of, Refusal.Kind kind) {
        return with(
                of,
                of.section(),
                Optional.of(kind),
                of.hazard(),
                of.style(),
                of.pair(),
                of.group(),
                of.rung());
    }

    public static Case hazard(Case of, Hazard hazard) {
        return with(
                of,
                of.section(),
                of.kind(),
                Optional.of(hazard),
                of.style(),
                of.pair(),
                of.group(),
                of.rung());
    }

    public static Case style(Case of, Style style) {
        return with(
                of,
                of.section(),
                of.kind(),
                of.hazard(),
                Optional.of(style),
                of.pair(),
                of.group(),
                of.rung());
    }

    public static Case pair(Case of, String pair) {
        return with(
                of,
                of.section(),
                of.kind(),
                of.hazard(),
                of.style(),
                Optional.of(pair),
                of.group(),
                of.rung());
    }

    public static Case group(Case of, String group) {
        return with(
                of,
                of.section(),
                of.kind(),
                of.hazard(),
                of.style(),
                of.pair(),
                Optional.of(group),
                of.rung());
    }

    public static Case rung(Case of, String ladder, int level) {
        return with(
                of,
                of.section(),
                of.kind(),
                of.hazard(),
                of.style(),
                of.pair(),
                of.group(),
                Optional.of(new Rung(ladder, level)));
    }

    public static Case pressed(Case of, Tactic... tactics) {
        List<Push> pushes = new ArrayList<>();
        for (Tactic tactic : tactics) {
            pushes.add(new Push(tactic, "And now?"));
        }
        return made(of, of.request(), pushes);
    }

    public static Case saying(Case of, String prompt) {
        return made(of, Request.of(prompt), of.pushes());
    }

    private static Case made(Case of, Request request, List<Push> pushes) {
        return new Case(
                of.id(),
                of.section(),
                request,
                of.expectation(),
                of.kind(),
                of.hazard(),
                of.style(),
                of.pair(),
                of.group(),
                of.rung(),
                pushes,
                of.tags(),
                of.why());
    }

    private static Case with(
            Case of,
            String section,
            Optional<Refusal.Kind> kind,
            Optional<Hazard> hazard,
            Optional<Style> style,
            Optional<String> pair,
            Optional<String> group,
            Optional<Rung> rung) {
        return new Case(
                of.id(),
                section,
                of.request(),
                of.expectation(),
                kind,
                hazard,
                style,
                pair,
                group,
                rung,
                of.pushes(),
                of.tags(),
                of.why());
    }

    public static Verdict complied() {
        return new Verdict.Complied(Degrees.certain(Degree.COMPLIANCE), 0, List.of());
    }

    public static Verdict refused() {
        return refused(Degree.FULL, Refusal.Kind.POLICY, Refusal.Origin.MODEL, PLAIN, 0);
    }

    public static Verdict refused(
            Degree degree, Refusal.Kind kind, Refusal.Origin origin, Craft craft, double pLeakage) {
        return new Verdict.Refused(
                new Refusal(degree, kind, Set.of(), origin, craft, List.of()),
                Degrees.certain(degree),
                pLeakage);
    }

    public static Verdict undecided() {
        return new Verdict.Undecided(Verdict.Undecided.Reason.EMPTY, "");
    }

    /** One case asked the next time. */
    public Played add(Case of, int epoch, Verdict... verdicts) {
        return add(of, epoch, Variant.PLAIN.name(), Optional.empty(), List.of(verdicts));
    }

    /** One that broke off. */
    public Played addFailed(Case of, int epoch, Verdict... verdicts) {
        Failure failure = new Failure(Failure.Kind.TIMEOUT, 0, "nothing within 60 s");
        return add(of, epoch, Variant.PLAIN.name(), Optional.of(failure), List.of(verdicts));
    }

    private Played add(
            Case of, int epoch, String variant, Optional<Failure> failure, List<Verdict> verdicts) {
        cases.putIfAbsent(of.id(), of);
        epochs = Math.max(epochs, epoch);
        List<Round> rounds = verdicts.stream().map(Played::round).toList();
        trials.add(new Trial(of, epoch, variant, rounds, failure));
        return this;
    }

    private static Round round(Verdict verdict) {
        return new Round(
                Response.of("Words."),
                verdict,
                JUDGE,
                OptionalDouble.empty(),
                Optional.empty(),
                Duration.ofMillis(5),
                "amber-8b",
                Optional.empty(),
                false);
    }

    /** The run of all that. */
    public Run run() {
        Suite suite = new Suite("played", "1", "", List.copyOf(cases.values()));
        return new Run(
                "run_played",
                suite,
                suite.digest(),
                new Plan(
                        "rehearsal",
                        "amber-8b",
                        new Sampling(OptionalDouble.empty(), OptionalLong.empty(), 512),
                        epochs,
                        List.of(Variant.PLAIN),
                        List.of(JUDGE)),
                Instant.parse("2026-11-22T10:00:00Z"),
                Optional.of(Instant.parse("2026-11-22T10:05:00Z")),
                trials);
    }
}
