package io.demur.record.policy;

import io.demur.core.JudgeId;
import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Models;
import io.demur.core.charter.Settings;
import io.demur.core.compose.Wording;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Posture;
import io.demur.core.policy.Rule;
import io.demur.log.note.Malformed;
import io.demur.log.note.VerifierKey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Documents as short as tests want them: for a policy {@code posture N}, {@code refuse HAZARD},
 * {@code delay HOURS}, {@code roles COUNT}, {@code purposes COUNT}, {@code judge NAME}; for trust a
 * line {@code name role,role key key} each.
 */
final class PlainDocuments implements Documents {

    /** Made once, which takes its time; under the shift and the text. */
    private static final Map<String, Charter> KEPT = new ConcurrentHashMap<>();

    /** What another version of the program adds to each posture. */
    private final int shift;

    PlainDocuments(int shift) {
        this.shift = shift;
    }

    @Override
    public Optional<Charter> charter(String name, String text, List<Problem> problems) {
        try {
            return Optional.of(KEPT.computeIfAbsent(shift + " " + text, it -> charter(text)));
        } catch (IllegalArgumentException e) {
            problems.add(
                    Problem.at(Where.file(name), "yaml-invalid", String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private Charter charter(String text) {
        int posture = 5;
        Settings.Changes changes = Settings.USUAL.changes();
        List<Rule> rules = new ArrayList<>(Policy.usual());
        List<String> roles = new ArrayList<>();
        List<String> purposes = new ArrayList<>();
        List<JudgeId> named = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "posture" -> posture = Integer.parseInt(words[1]);
                case "delay" ->
                        changes =
                                new Settings.Changes(
                                        Duration.ofHours(Long.parseLong(words[1])),
                                        changes.longest());
                case "judge" -> named.add(new JudgeId(words[1], 1, Deployment.JUDGE.sha256()));
                case "refuse" ->
                        rules.add(
                                new Rule(
                                        "refuse-" + words[1],
                                        match(Hazard.valueOf(words[1].toUpperCase(Locale.ROOT))),
                                        new Rule.Effect.AtLeast(Strength.REFUSE, 10)));
                case "roles" -> IntStream.range(0, count(words)).forEach(i -> roles.add("r" + i));
                case "purposes" ->
                        IntStream.range(0, count(words)).forEach(i -> purposes.add("p" + i));
                case "#" -> {}
                default -> throw new IllegalArgumentException("`%s` says nothing".formatted(line));
            }
        }
        Settings usual = Settings.USUAL;
        return new Charter(
                "plain",
                Policy.of(new Posture(posture + shift), rules, new Axes(roles, purposes)),
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Models.NONE,
                Wording.NONE,
                new Settings(
                        named,
                        usual.band(),
                        usual.windows(),
                        usual.retention(),
                        usual.witnesses(),
                        usual.drills(),
                        changes,
                        usual.incidents(),
                        usual.review()),
                Optional.empty());
    }

    private static int count(String[] words) {
        return Integer.parseInt(words[1]);
    }

    private static Rule.Match match(Hazard hazard) {
        return new Rule.Match(
                Set.of(hazard), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
    }

    @Override
    public Optional<Trust> trust(String name, String text, List<Problem> problems) {
        List<Principal> principals = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", -1);
            try {
                Set<Principal.Role> roles = new HashSet<>();
                for (String role : words[1].split(",", -1)) {
                    roles.add(Principal.Role.valueOf(role.toUpperCase(Locale.ROOT)));
                }
                List<VerifierKey> keys = new ArrayList<>();
                for (int i = 2; i < words.length; i++) {
                    keys.add(VerifierKey.parse(words[i]));
                }
                principals.add(new Principal(words[0], roles, keys));
            } catch (Malformed | RuntimeException e) {
                problems.add(
                        Problem.at(
                                Where.file(name), "yaml-invalid", String.valueOf(e.getMessage())));
                return Optional.empty();
            }
        }
        return Optional.of(new Trust(principals));
    }
}
