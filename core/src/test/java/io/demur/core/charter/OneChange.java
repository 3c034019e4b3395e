package io.demur.core.charter;

import static io.demur.core.charter.Direction.EQUAL;
import static io.demur.core.charter.Direction.STRONGER;
import static io.demur.core.charter.Direction.WEAKER;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One change of {@link Draft#full}, with the key that it has to be found under.
 *
 * @param there the direction of the change
 * @param back the direction of taking it back
 */
record OneChange(String key, Direction there, Direction back, Consumer<Draft> change) {

    private static OneChange of(
            String key, Direction there, Direction back, Consumer<Draft> change) {
        return new OneChange(key, there, back, change);
    }

    static List<OneChange> all() {
        return List.of(
                of("name", EQUAL, EQUAL, d -> d.name = "counter"),
                of("purposes", EQUAL, EQUAL, d -> d.purposes.add("spare")),
                of("because.rule", EQUAL, EQUAL, d -> d.because.put("rule", "otherwise")),
                of("because.more", EQUAL, EQUAL, d -> d.because.put("more", "")),
                of("scope", WEAKER, STRONGER, d -> d.scope = Optional.empty()),
                of("scope", WEAKER, WEAKER, d -> d.scope = Optional.of(scope())),
                of(
                        "grants.other.purposes",
                        STRONGER,
                        WEAKER,
                        d -> d.grants.put(Axes.OTHER, new Grant(Axes.OTHER, Set.of(), Set.of()))),
                of("grants.red-team.models", WEAKER, STRONGER, d -> d.grants.remove(Draft.ROLE)),
                of(
                        "grants.red-team.models",
                        WEAKER,
                        WEAKER,
                        d -> grant(d, Set.of(), ModelClass.LOCAL)),
                // inside the envelope
                of(
                        "grants.red-team.purposes",
                        EQUAL,
                        STRONGER,
                        d -> grant(d, Set.of(Draft.PURPOSE), ModelClass.HOSTED)),
                of("prompts.tutor", STRONGER, WEAKER, d -> d.prompts.clear()),
                of("prompts.tutor", WEAKER, WEAKER, d -> prompt(d, "tutor", 'e')),
                of("prompts.more", WEAKER, STRONGER, d -> prompt(d, "more", 'f')),
                of("models.new", EQUAL, WEAKER, d -> place(d, "new", ModelClass.HOSTED, "")),
                of("models.new*", EQUAL, WEAKER, d -> place(d, "new*", d.other, "")),
                of("models.n*", WEAKER, WEAKER, d -> place(d, "n*", ModelClass.HOSTED, "")),
                of("models.gpt", WEAKER, EQUAL, d -> d.placed.remove("gpt")),
                of(
                        "models.gpt",
                        STRONGER,
                        WEAKER,
                        d -> place(d, "gpt", ModelClass.LOCAL_UNALIGNED, "")),
                // another server answers from now on
                of("models.gpt", WEAKER, WEAKER, d -> place(d, "gpt", ModelClass.HOSTED, "x")),
                of("models.llama*", WEAKER, WEAKER, d -> place(d, "llama*", ModelClass.LOCAL, "x")),
                of("models.llama*", WEAKER, WEAKER, d -> place(d, "llama*", ModelClass.LOCAL, "")),
                of("models.other", WEAKER, STRONGER, d -> d.other = ModelClass.HOSTED),
                of("wording.en.scope.purpose", EQUAL, EQUAL, d -> d.english.clear()),
                of("band", STRONGER, WEAKER, d -> d.band = new Band(0.01, 0.95)),
                of("band", WEAKER, STRONGER, d -> d.band = new Band(0.05, 0.9)),
                of("band", WEAKER, WEAKER, d -> d.band = new Band(0.01, 0.9)),
                // at which no probability is unsure
                of("band", WEAKER, STRONGER, d -> d.band = new Band(0.99, 0.99)),
                of("windows.head", WEAKER, STRONGER, d -> windows(d, 159, 480, 120)),
                of("windows.window", STRONGER, WEAKER, d -> windows(d, 160, 500, 120)),
                of("windows.overlap", WEAKER, STRONGER, d -> windows(d, 160, 480, 100)),
                of("retention.keep", WEAKER, WEAKER, d -> keep(d, Settings.Kept.REDACTED, 183)),
                of("retention.days", WEAKER, STRONGER, d -> keep(d, Settings.Kept.FULL, 182)),
                of("witnesses", STRONGER, WEAKER, d -> witnesses(d, 2, "w1", "w2")),
                of("witnesses", WEAKER, STRONGER, d -> witnesses(d, 0, "w1", "w2")),
                // one of three is easier to come by than one of two
                of("witnesses", WEAKER, WEAKER, d -> witnesses(d, 1, "w1", "w2", "w3")),
                of("witnesses", STRONGER, WEAKER, d -> witnesses(d, 2, "w1", "w2", "w3")),
                of("witnesses", WEAKER, WEAKER, d -> witnesses(d, 1, "w1")),
                of("judges", EQUAL, EQUAL, d -> d.judges.clear()),
                of(
                        "judges",
                        EQUAL,
                        EQUAL,
                        d -> d.judges.set(0, new JudgeId("harm", 4, "e".repeat(64)))),
                of("drills.per-hour", WEAKER, STRONGER, d -> d.drills = 1),
                of("changes.delay", WEAKER, STRONGER, d -> changes(d, 23, 30)),
                of("changes.longest", WEAKER, STRONGER, d -> changes(d, 24, 31)),
                of(
                        "incidents.then.default",
                        STRONGER,
                        WEAKER,
                        d -> incidents(d, Strength.HOLD, Set.of())),
                of(
                        "incidents.then.hate",
                        STRONGER,
                        WEAKER,
                        d -> d.incidents = then(Hazard.HATE, Strength.REFUSE)),
                of(
                        "incidents.pinned",
                        STRONGER,
                        WEAKER,
                        d -> incidents(d, Strength.ANNOTATE, Set.of(Hazard.HATE))),
                of(
                        "incidents.sanctioned",
                        WEAKER,
                        STRONGER,
                        d -> d.incidents = to(Set.of(Hazard.HATE), "m*")),
                of(
                        "incidents.sanctioned",
                        WEAKER,
                        STRONGER,
                        d -> d.incidents = to(Set.of(), "m", "n")),
                of("review.samples.hosted", STRONGER, WEAKER, d -> review(d, 0.05, 0.02, 4)),
                of("review.samples.local", WEAKER, STRONGER, d -> review(d, 0.025, 0.01, 4)),
                of("review.per-10000", WEAKER, STRONGER, d -> review(d, 0.05, 0.01, 3)),
                of("envelope", STRONGER, WEAKER, d -> d.envelope = Optional.empty()),
                of("envelope", WEAKER, STRONGER, d -> envelope(d, Set.of(), Strength.ANNOTATE)),
                of(
                        "envelope",
                        STRONGER,
                        WEAKER,
                        d -> envelope(d, Set.of(Draft.ROLE), Strength.HOLD)),
                of("envelope", WEAKER, WEAKER, d -> envelope(d, Set.of(), Strength.HOLD)));
    }

    private static Scope scope() {
        return new Scope("accounts", List.of("my card", "a loan"), List.of("a poem"));
    }

    private static void grant(Draft draft, Set<String> purposes, ModelClass model) {
        draft.grants.put(Draft.ROLE, new Grant(Draft.ROLE, purposes, Set.of(model)));
    }

    private static void prompt(Draft draft, String id, char digit) {
        String digest = String.valueOf(digit).repeat(64);
        draft.prompts.put(id, new RegisteredPrompt(id, digest, Draft.PURPOSE));
    }

    private static void place(Draft draft, String name, ModelClass model, String host) {
        Optional<String> base =
                host.isEmpty() ? Optional.empty() : Optional.of("https://" + host + ".example");
        draft.placed.put(name, new Models.Placement(model, base));
    }

    private static void windows(Draft draft, int head, int window, int overlap) {
        draft.windows = new Settings.Windows(head, window, overlap);
    }

    private static void keep(Draft draft, Settings.Kept kept, int days) {
        draft.retention = new Settings.Retention(kept, Duration.ofDays(days));
    }

    private static void witnesses(Draft draft, int quorum, String... keys) {
        draft.witnesses = new Settings.Witnesses(Set.of(keys), quorum);
    }

    private static void incidents(Draft draft, Strength otherwise, Set<Hazard> pinned) {
        draft.incidents = new Incidents(otherwise, Map.of(), pinned, Set.of());
    }

    private static Incidents then(Hazard hazard, Strength step) {
        return new Incidents(Strength.ANNOTATE, Map.of(hazard, step), Set.of(), Set.of());
    }

    private static Incidents to(Set<Hazard> hazards, String... names) {
        return new Incidents(
                Strength.ANNOTATE,
                Map.of(),
                Set.of(),
                Set.of(new Incidents.Sanction(hazards, Set.of(ModelClass.LOCAL), Set.of(names))));
    }

    private static void review(Draft draft, double local, double hosted, int perBlock) {
        draft.review = new Settings.Review(local, 0.05, hosted, perBlock);
    }

    private static void changes(Draft draft, int hours, int days) {
        draft.changes = new Settings.Changes(Duration.ofHours(hours), Duration.ofDays(days));
    }

    private static void envelope(Draft draft, Set<String> roles, Strength atMost) {
        draft.envelope =
                Optional.of(
                        new Envelope(Draft.match(roles, Set.of(Draft.PURPOSE), Set.of()), atMost));
    }
}
