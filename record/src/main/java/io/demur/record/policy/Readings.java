package io.demur.record.policy;

import io.demur.core.JudgeId;
import io.demur.core.Problem;
import io.demur.core.charter.Amendment;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Direction;
import io.demur.core.charter.Expansion;
import io.demur.core.charter.Settings;
import io.demur.core.policy.Comparison;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.probe.ProbeRun;
import io.demur.core.probe.ProbeSuite;
import io.demur.record.policy.Statement.PolicyStatement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What statements mean to this program: their documents read and expanded, their probes run. The
 * last few are kept. Safe for use by several threads.
 */
final class Readings {

    private static final int KEPT = 32;

    private final Documents documents;
    private final ProbeSuite suite;
    private final Judges judges;
    private final Map<String, Reading> kept = new LinkedHashMap<>(KEPT, 0.75f, true);
    private final Map<String, Direction> compared = new LinkedHashMap<>(KEPT, 0.75f, true);
    private final Map<String, List<Problem>> checked = new LinkedHashMap<>(KEPT, 0.75f, true);

    Readings(Documents documents, ProbeSuite suite, Judges judges) {
        this.documents = documents;
        this.suite = suite;
        this.judges = judges;
    }

    /**
     * One policy as this program understands it.
     *
     * @param charter what its document says, with the judges that spoke
     * @param problems why it is not what was signed
     */
    record Reading(Optional<Charter> charter, List<Problem> problems) {
        boolean holds() {
            return problems.isEmpty() && charter.isPresent();
        }
    }

    /** Reads a document that nobody has signed yet, with the judges that speak here under it. */
    Optional<Charter> charter(String name, String document, List<Problem> problems) {
        return read(name, document, problems)
                .flatMap(it -> with(it, List.of(judges.of(it).id()), name, problems));
    }

    private Optional<Charter> read(String name, String document, List<Problem> problems) {
        return documents.charter(name, document, problems).filter(it -> problems.isEmpty());
    }

    /** The same with the judges that speak, where it allows those. */
    private static Optional<Charter> with(
            Charter it, List<JudgeId> speaking, String name, List<Problem> problems) {
        List<JudgeId> pinned = it.settings().judges();
        if (!pinned.isEmpty() && !pinned.containsAll(speaking)) {
            problems.add(
                    PolicyProblem.JUDGE.in(
                            name,
                            "the document names the judges %s, and these speak here: %s"
                                    .formatted(pinned, speaking),
                            "run this program with the judges of the policy, or name these"));
            return Optional.empty();
        }
        return Optional.of(
                new Charter(
                        it.name(),
                        it.policy(),
                        it.because(),
                        it.scope(),
                        it.grants(),
                        it.prompts(),
                        it.models(),
                        it.wording(),
                        it.settings().with(speaking),
                        it.envelope()));
    }

    /** Reads a list of principals that nobody has to be ashamed of. */
    Optional<Trust> trust(String name, String document, List<Problem> problems) {
        Optional<Trust> trust =
                documents.trust(name, document, problems).filter(it -> problems.isEmpty());
        Optional<String> flaw = trust.flatMap(Trust::flaw);
        if (flaw.isPresent()) {
            problems.add(PolicyProblem.TRUST.in(name, flaw.get(), "correct the list"));
            return Optional.empty();
        }
        return trust;
    }

    /** What the probes give with a charter. */
    ProbeRun probes(Charter charter) {
        return suite.run(charter.policy(), judges.of(charter));
    }

    /**
     * What a statement means.
     *
     * @param file as messages name it
     */
    synchronized Reading of(PolicyStatement statement, String file) {
        String digest = statement.digest();
        Reading reading = kept.get(digest);
        if (reading == null) {
            reading = read(statement, file);
            put(kept, digest, reading);
        }
        return reading;
    }

    private Reading read(PolicyStatement statement, String file) {
        List<Problem> problems = new ArrayList<>();
        Optional<Charter> charter =
                read(file, statement.document(), problems)
                        .flatMap(it -> with(it, statement.judges(), file, problems));
        if (charter.isPresent() && !Expansion.digest(charter.get()).equals(statement.table())) {
            problems.add(
                    PolicyProblem.TABLE.in(
                            file,
                            "this program does something else with the document than what was"
                                    .concat(" signed"),
                            "run the version of the program that it was signed with, or sign the"
                                    .concat(" document anew")));
        }
        return new Reading(charter, List.copyOf(problems));
    }

    /** Whether this program would do what was signed, now: table, judges and probes. */
    synchronized List<Problem> check(PolicyStatement statement, String file) {
        String digest = statement.digest();
        List<Problem> problems = checked.get(digest);
        if (problems == null) {
            problems = live(statement, file);
            put(checked, digest, problems);
        }
        return problems;
    }

    private List<Problem> live(PolicyStatement statement, String file) {
        Reading reading = of(statement, file);
        if (!reading.holds()) {
            return reading.problems();
        }
        Charter charter = reading.charter().orElseThrow();
        JudgeId judge = judges.of(charter).id();
        if (!statement.judges().contains(judge)) {
            return List.of(
                    PolicyProblem.JUDGE.in(
                            file,
                            "the policy was signed with the judges %s, and this program has `%s`"
                                    .formatted(statement.judges(), judge),
                            "run this program with the judges of the policy, or sign the document"
                                    .concat(" anew with these")));
        }
        Map<String, Strength> was = statement.probes().done();
        Map<String, Strength> now = probes(charter).done();
        Set<String> all = new HashSet<>(was.keySet());
        all.addAll(now.keySet());
        long different = all.stream().filter(id -> was.get(id) != now.get(id)).count();
        if (different > 0) {
            return List.of(
                    PolicyProblem.PROBES.in(
                            file,
                            "%d of %d probes are answered otherwise than when it was signed"
                                    .formatted(different, all.size()),
                            "run the version of the program that it was signed with, or sign the"
                                    .concat(" document anew")));
        }
        return List.of();
    }

    /**
     * What one changes of the other; nothing where either is not what was signed, or where they are
     * too wide to be compared. Not kept, because it may be of a million cells.
     */
    synchronized Optional<Amendment> between(
            PolicyStatement before, PolicyStatement after, String file) {
        Reading old = of(before, file);
        Reading now = of(after, file);
        if (!old.holds() || !now.holds() || cells(old, now) > Comparison.CELLS_MAX) {
            return Optional.empty();
        }
        return Optional.of(
                Amendment.between(
                        old.charter().orElseThrow(),
                        before.probes(),
                        now.charter().orElseThrow(),
                        after.probes()));
    }

    private static long cells(Reading before, Reading after) {
        return Comparison.cells(
                before.charter().orElseThrow().policy().table(),
                after.charter().orElseThrow().policy().table());
    }

    /** Where a version and a statement together have more cells than can be compared. */
    Optional<Problem> tooWide(Version before, PolicyStatement statement, String file) {
        Reading now = of(statement, file);
        if (!before.believed() || !now.holds()) {
            return Optional.empty();
        }
        Reading old = of(before.statement().orElseThrow(), file);
        long cells = old.holds() ? cells(old, now) : 0;
        return cells <= Comparison.CELLS_MAX
                ? Optional.empty()
                : Optional.of(
                        PolicyProblem.DOCUMENT.in(
                                file,
                                "with the policy in force it makes %,d cells; %,d can be compared"
                                        .formatted(cells, Comparison.CELLS_MAX),
                                "take it in two steps: first leave out the roles and purposes that"
                                        .concat(" go, then add those that come")));
    }

    private synchronized Optional<Direction> way(
            PolicyStatement before, PolicyStatement after, String file) {
        String both = before.digest() + after.digest();
        Optional<Direction> known = Optional.ofNullable(compared.get(both));
        if (known.isPresent()) {
            return known;
        }
        Optional<Direction> found = between(before, after, file).map(Amendment::direction);
        found.ifPresent(direction -> put(compared, both, direction));
        return found;
    }

    /**
     * Which way it goes from one version to the next. What this program does not do as it was
     * signed makes it refuse everything, so that to go there is stronger, and to come from there is
     * weaker.
     */
    Direction direction(Version before, PolicyStatement after, String file) {
        if (!of(after, file).holds()) {
            return Direction.STRONGER;
        }
        return before.believed()
                ? way(before.statement().orElseThrow(), after, file).orElse(Direction.WEAKER)
                : Direction.WEAKER;
    }

    /** Whether a statement does at least what a version does; not where that cannot be said. */
    boolean isAtLeast(PolicyStatement statement, Version other, String file) {
        return other.believed()
                && way(other.statement().orElseThrow(), statement, file)
                        .map(direction -> direction != Direction.WEAKER)
                        .orElse(false);
    }

    /**
     * Whether a version refuses everything, because its file is lost or another program wrote it:
     * that is nothing to go back to.
     */
    boolean isNothing(Version version, String file) {
        return !version.believed() || !of(version.statement().orElseThrow(), file).holds();
    }

    /** How a version may be changed. */
    Settings.Changes changes(Optional<Version> version, String file) {
        return version.filter(Version::believed)
                .flatMap(it -> of(it.statement().orElseThrow(), file).charter())
                .map(it -> it.settings().changes())
                .or(() -> version.flatMap(Version::changes))
                .orElse(Settings.USUAL.changes());
    }

    private static <T> void put(Map<String, T> map, String digest, T value) {
        map.put(digest, value);
        if (map.size() > KEPT) {
            map.remove(map.keySet().iterator().next());
        }
    }
}
