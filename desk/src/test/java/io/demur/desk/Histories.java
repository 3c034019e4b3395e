package io.demur.desk;

import static java.util.Objects.requireNonNull;

import io.demur.core.Refusal;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.record.entry.Appeal;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Commitment;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Feedback;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Outcome.Result;
import io.demur.record.entry.Report;
import io.demur.record.entry.Review;
import io.demur.record.entry.RouteAround;
import io.demur.record.entry.StageSeen;
import io.demur.testkit.Gen;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Histories as a gateway and people might write them, out of order where a log allows that. */
final class Histories {

    static final Instant START = Instant.parse("2026-10-20T00:00:00Z");

    private static final List<String> POLICIES = List.of("ab".repeat(32), "cd".repeat(32));
    private static final List<String> CLASSES = List.of("hosted", "local", "local-unaligned");
    private static final List<Hazard> HAZARDS =
            List.of(Hazard.PRIVACY, Hazard.NON_VIOLENT_CRIMES, Hazard.ADVERSE_PROCESSING);

    private final Gen gen;
    private final int paceMinutes;
    private final List<Entry> entries = new ArrayList<>();
    private final List<String> open = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private final List<String> cases = new ArrayList<>();
    private final List<String> ways = new ArrayList<>();
    private final Map<String, String> refusedOf = new HashMap<>();
    private final Map<String, String> laterOf = new HashMap<>();
    private Instant now = START;
    private int ids;

    private Histories(Gen gen, int paceMinutes) {
        this.gen = gen;
        this.paceMinutes = paceMinutes;
    }

    /** One of so many steps, with up to so many minutes between two of them. */
    static List<Entry> random(Gen gen, int steps, int paceMinutes) {
        Histories history = new Histories(gen, paceMinutes);
        for (int i = 0; i < steps; i++) {
            history.step();
        }
        return history.entries;
    }

    private void step() {
        // some entries are of the same microsecond
        now = gen.oneIn(8) ? now : now.plusSeconds(60L * gen.between(0, paceMinutes));
        switch (gen.between(0, 19)) {
            case 0, 1, 2, 3, 4, 5, 6 -> attempt();
            case 7, 8, 9, 10, 11, 12 -> outcome();
            case 14 -> around();
            case 15 -> appeal();
            case 13, 16 -> review();
            case 17 -> feedback();
            case 18 -> report();
            default -> other();
        }
    }

    private String id(String prefix) {
        return "%s_%08x-%04x-7a31-9f6c-%012d"
                .formatted(prefix, now.toEpochMilli() >>> 16, now.toEpochMilli() & 0xFFFF, ids++);
    }

    private void attempt() {
        String id = id("att");
        String principal = "sub_" + gen.between(1, 6);
        entries.add(
                new Attempt(
                        now,
                        id,
                        principal,
                        principal,
                        gen.oneIn(3)
                                ? Optional.empty()
                                : Optional.of("<p" + gen.between(1, 3) + ">"),
                        Optional.empty(),
                        "openai.chat",
                        "model-" + gen.between(1, 3),
                        gen.oneOf(CLASSES),
                        Optional.empty(),
                        gen.oneIn(9) ? Optional.empty() : Optional.of(gen.oneOf(POLICIES)),
                        gen.oneIn(3) ? Optional.empty() : Optional.of("c" + gen.between(1, 20)),
                        new Kept(
                                Kept.Mode.HASH_ONLY,
                                1,
                                new Commitment("0".repeat(64)),
                                Optional.empty())));
        open.add(id);
    }

    private void outcome() {
        if (open.isEmpty()) {
            return;
        }
        String id = gen.oneOf(open);
        open.remove(id);
        done.add(id);
        Result result = gen.oneIn(2) ? Result.REFUSE_LOCAL : gen.oneOf(List.of(Result.values()));
        Optional<Refusal.Origin> origin =
                result == Result.REFUSE_UPSTREAM
                        ? Optional.of(gen.oneIn(2) ? Refusal.Origin.PROVIDER : Refusal.Origin.MODEL)
                        : Optional.empty();
        entries.add(
                new Outcome(
                        now,
                        id,
                        result,
                        Optional.of(gen.oneOf(List.of("allow", "condition", "hold", "refuse"))),
                        origin,
                        gen.oneIn(4) ? Optional.empty() : Optional.of(gen.oneOf(HAZARDS)),
                        Optional.of(gen.oneIn(12) ? "probe" : "privacy"),
                        List.of("rule-1"),
                        List.of("quick-1"),
                        OptionalInt.of(gen.between(0, 1_000_000)),
                        Optional.empty(),
                        0,
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Duration.ofNanos(1_000L * gen.between(9_000, 40_000)),
                        // entries of before do not say it
                        gen.oneIn(3)
                                ? Optional.empty()
                                : Optional.of(Duration.ofNanos(1_000L * gen.between(0, 9_000))),
                        Optional.empty(),
                        false,
                        List.of()));
    }

    /** An exchange that is over, mostly; now and then one that this log knows nothing of. */
    private Optional<String> some() {
        return done.isEmpty()
                ? Optional.empty()
                : Optional.of(gen.oneIn(30) ? id("att") : gen.oneOf(done));
    }

    private String known(List<String> of) {
        String id = of.isEmpty() || gen.oneIn(2) ? id("case") : gen.oneOf(of);
        if (!of.contains(id)) {
            of.add(id);
        }
        return id;
    }

    private void around() {
        Optional<RouteAround.Route> route =
                gen.oneIn(4)
                        ? Optional.empty()
                        : Optional.of(
                                new RouteAround.Route(
                                        gen.oneOf(
                                                List.of(
                                                        "sanctioned",
                                                        "approved",
                                                        "undeclared",
                                                        "manual")),
                                        "local",
                                        "gateway",
                                        "answered",
                                        gen.oneIn(4)));
        if (done.isEmpty()) {
            return;
        }
        String id = known(ways);
        // a case is about one refusal for ever, whatever becomes of it
        String refused = refusedOf.computeIfAbsent(id, unused -> some().orElseThrow());
        String later = laterOf.computeIfAbsent(id, unused -> some().orElseThrow());
        entries.add(
                new RouteAround(
                        now,
                        id,
                        later,
                        refused,
                        900_000,
                        "exact",
                        Duration.ofMinutes(1),
                        gen.oneOf(CLASSES),
                        gen.oneOf(CLASSES),
                        "noted",
                        route,
                        List.of()));
    }

    /** Whoever decides an appeal names the case; a case is about one exchange for ever. */
    private void appeal() {
        Optional<Entry> before =
                entries.stream()
                        .filter(it -> it instanceof Appeal && gen.oneIn(2))
                        .reduce((a, b) -> b);
        if (gen.oneIn(2) && before.isPresent() && before.get() instanceof Appeal opened) {
            entries.add(
                    new Appeal(
                            now,
                            opened.id(),
                            opened.attempt(),
                            gen.oneOf(List.of("upheld", "denied", "withdrawn")),
                            "rev_1",
                            Optional.of("looked-at")));
        } else {
            some().ifPresent(
                            it ->
                                    entries.add(
                                            new Appeal(
                                                    now,
                                                    id("case"),
                                                    it,
                                                    "opened",
                                                    "sub_1",
                                                    Optional.empty())));
        }
    }

    /** Of what a case is about; of a way around, either end of it. */
    private void review() {
        if (done.isEmpty()) {
            return;
        }
        String id = known(cases);
        String about = some().orElseThrow();
        if (!ways.isEmpty() && gen.oneIn(2)) {
            id = gen.oneOf(ways);
            about = requireNonNull((gen.oneIn(2) ? refusedOf : laterOf).get(id));
        }
        entries.add(
                new Review(
                        now,
                        id,
                        about,
                        "rev_" + gen.between(1, 2),
                        gen.oneOf(List.of("confirm", "overturn", "release", "refuse")),
                        gen.oneIn(6) ? "practice/missed" : "looked-at",
                        gen.oneIn(3),
                        gen.oneIn(2) ? Optional.empty() : Optional.of(gen.oneIn(2)),
                        gen.oneIn(4)
                                ? Optional.empty()
                                : Optional.of(gen.oneOf(List.of(Severity.values())))));
    }

    private void feedback() {
        some().ifPresent(
                        it ->
                                entries.add(
                                        new Feedback(
                                                now,
                                                it,
                                                "sub_" + gen.between(1, 2),
                                                gen.oneIn(2) ? "up" : "down")));
    }

    private void report() {
        entries.add(
                new Report(
                        now,
                        known(cases),
                        "opened",
                        "use",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "should-refuse",
                        Optional.empty(),
                        Optional.empty(),
                        false));
    }

    private void other() {
        if (gen.oneIn(2)) {
            some().ifPresent(
                            it ->
                                    entries.add(
                                            new DrillRun(
                                                    now,
                                                    id("run"),
                                                    "d",
                                                    Optional.of(it),
                                                    "refused",
                                                    "refused",
                                                    true)));
        } else {
            entries.add(new StageSeen(now, "p1", "collect", List.of(), some()));
        }
    }
}
