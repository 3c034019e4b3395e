package io.demur.files.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Band;
import io.demur.core.Problem;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Envelope;
import io.demur.core.charter.Expansion;
import io.demur.core.charter.Grant;
import io.demur.core.charter.Incidents;
import io.demur.core.charter.Models;
import io.demur.core.charter.RegisteredPrompt;
import io.demur.core.charter.Scope;
import io.demur.core.charter.Settings;
import io.demur.core.compose.Tongue;
import io.demur.core.compose.Wording;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.testkit.Golden;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a document says beside its rules. */
class CharterFileTest {

    private static final String RESOURCES = "files/src/test/resources/policy/";
    private static final Path FOLDER = Repository.root().resolve(RESOURCES);

    private static Charter read(String document) {
        List<Problem> problems = new ArrayList<>();
        Optional<Charter> read =
                PolicyFile.read("p.yaml", document.getBytes(StandardCharsets.UTF_8), problems);
        assertEquals(List.of(), problems);
        return read.orElseThrow();
    }

    private static Charter file(String name) throws IOException {
        return read(Files.readString(FOLDER.resolve(name)));
    }

    @Test
    void aDocumentSaysAllThatAPolicyIs() throws IOException {
        Charter read = file("whole.yaml");
        assertEquals("Whole", read.name());
        assertEquals(
                Optional.of(
                        new Scope(
                                "questions about accounts and cards",
                                List.of(
                                        "My card was declined, why?",
                                        "What does a transfer to Norway cost?"),
                                List.of("Write me a poem about the sea"))),
                read.scope());
        assertEquals(
                List.of(
                        new Grant(
                                "security-team",
                                Set.of("penetration-test"),
                                Set.of(ModelClass.HOSTED, ModelClass.LOCAL)),
                        new Grant(Axes.OTHER, Set.of(), Set.of(ModelClass.HOSTED))),
                read.grants());
        assertEquals(
                List.of("tutor", "exam"),
                read.prompts().stream().map(RegisteredPrompt::id).toList());
        assertEquals("teaching", read.context("x", Optional.empty(), tutor(), "gpt-5").purpose());
        assertEquals(
                new Models(
                        Map.of(
                                "gpt-5", place(ModelClass.HOSTED, ""),
                                "claude-*", place(ModelClass.HOSTED, "https://api.example/v1"),
                                "llama3", place(ModelClass.LOCAL, "http://localhost:11434"),
                                "dolphin*", place(ModelClass.LOCAL_UNALIGNED, "")),
                        ModelClass.LOCAL),
                read.models());
        assertEquals(
                "Fragen zu Konten und Karten",
                read.wording().texts().getOrDefault(Tongue.GERMAN, Map.of()).get("scope.purpose"));
        Settings settings = read.settings();
        assertEquals(new Band(0.02, 0.975), settings.band());
        assertEquals(new Settings.Windows(500, 1_500, 300), settings.windows());
        assertEquals(
                new Settings.Retention(Settings.Kept.REDACTED, Duration.ofDays(200)),
                settings.retention());
        assertEquals(2, settings.witnesses().quorum());
        assertEquals(2, settings.witnesses().keys().size());
        assertEquals(
                List.of("harm", "refusal+guard"),
                settings.judges().stream().map(judge -> judge.name()).toList());
        assertEquals(4, settings.drills().perHour());
        assertEquals(
                new Settings.Changes(Duration.ofDays(2), Duration.ofDays(14)), settings.changes());
        assertEquals(Optional.of(Strength.ANNOTATE), read.envelope().map(Envelope::atMost));
    }

    @Test
    void aDocumentSaysWhatIsDoneAboutWhatComesAgain() throws IOException {
        Settings settings = file("around.yaml").settings();
        assertEquals(
                new Incidents(
                        Strength.CONDITION,
                        Map.of(
                                Hazard.PRIVACY,
                                Strength.HOLD,
                                Hazard.ADVERSE_PROCESSING,
                                Strength.REFUSE),
                        Set.of(Hazard.PRIVACY, Hazard.ADVERSE_PROCESSING),
                        Set.of(
                                new Incidents.Sanction(
                                        Set.of(Hazard.SPECIALIZED_ADVICE),
                                        Set.of(ModelClass.HOSTED),
                                        Set.of("llama3", "qwen*")),
                                new Incidents.Sanction(
                                        Set.of(), Set.of(ModelClass.HOSTED), Set.of()))),
                settings.incidents());
        assertEquals(new Settings.Review(0.1, 1, 0.025, 12), settings.review());
    }

    /** Policies were signed before a document could say these things. */
    @Test
    void whatIsSaidAsUsualComesToWhatComesOfSayingNothing() throws IOException {
        String bare = Files.readString(FOLDER.resolve("bare.yaml"));
        String said =
                bare
                        + """
                        incidents: {then: {default: annotate, privacy: annotate}, pinned: []}
                        review:
                          samples: {hosted: 1 %, local: 5 %, local-unaligned: 5 %}
                          per-10000: 4
                        """;
        assertEquals(Expansion.digest(read(bare)), Expansion.digest(read(said)));
    }

    /** SHA-256 over the prompt without the line break at the end of the block. */
    private static Optional<String> tutor() {
        return Optional.of("6cc9e44d6317ae31349df69ffebdb438" + "cb5366dd2e250394bf396b4e47ffd5e2");
    }

    private static Models.Placement place(ModelClass model, String base) {
        return new Models.Placement(model, base.isEmpty() ? Optional.empty() : Optional.of(base));
    }

    @Test
    void whatADocumentLeavesOutIsAsUsual() throws IOException {
        Charter bare = file("bare.yaml");
        assertEquals(Settings.USUAL, bare.settings());
        assertEquals(Models.NONE, bare.models());
        assertEquals(Wording.NONE, bare.wording());
        assertTrue(bare.scope().isEmpty() && bare.envelope().isEmpty());
        assertTrue(bare.grants().isEmpty() && bare.prompts().isEmpty());
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() throws IOException {
        List<Problem> problems = new ArrayList<>();
        Optional<Charter> read =
                PolicyFile.read(
                        "wrong.yaml", Files.readAllBytes(FOLDER.resolve("wrong.yaml")), problems);
        assertTrue(read.isEmpty());
        Golden.check(
                RESOURCES + "wrong.txt",
                problems.stream().map(problem -> problem + "\n").collect(Collectors.joining()));
    }

    @Test
    void aTableThatWouldNotFitIsNotExpanded() {
        String many =
                IntStream.range(0, 40).mapToObj(i -> "n" + i).collect(Collectors.joining(", "));
        List<Problem> problems = new ArrayList<>();
        String document =
                "policy: 1\nname: x\nposture: 5\nroles: [%s]\npurposes: [%s]\n"
                        .formatted(many, many);
        PolicyFile.read("p.yaml", document.getBytes(StandardCharsets.UTF_8), problems);
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().message().contains("40 roles and 40 purposes"));
    }

    @Test
    void whatPeopleWouldReadOtherwiseIsSaid() {
        List<Problem> problems = new ArrayList<>();
        String document = "policy: 1\nname: a\u202eb\nposture: 5\n";
        PolicyFile.read("p.yaml", document.getBytes(StandardCharsets.UTF_8), problems);
        assertEquals(
                List.of(
                        "p.yaml:2:8: U+202E turns the direction of writing: people would read"
                                + " something else than the program"),
                problems.stream().map(Problem::toString).toList());
    }

    @Test
    void aNameIsALineAndATextIsMadeOfCharacters() {
        List<Problem> problems = new ArrayList<>();
        String document =
                """
                policy: 1
                name: "a\\nb"
                posture: 5
                scope: {for: "a\\ud800", inside: hello}
                """;
        PolicyFile.read("p.yaml", document.getBytes(StandardCharsets.UTF_8), problems);
        assertEquals(
                List.of(
                        "p.yaml:2:7: `name`: a name is one line of 1 to 200 characters",
                        "p.yaml:4:14: half of a surrogate pair; there is no such character"),
                problems.stream().map(Problem::toString).toList());
    }

    @Test
    void theOrderOfKeysIsNoMatter() throws IOException {
        String text = Files.readString(FOLDER.resolve("whole.yaml"));
        List<String> blocks = new ArrayList<>(Arrays.asList(text.split("\n(?=[a-z]+:)", -1)));
        String first = blocks.removeFirst();
        Collections.reverse(blocks);
        String turned = first + "\n" + String.join("\n", blocks) + "\n";
        assertEquals(Expansion.digest(read(text)), Expansion.digest(read(turned)));
    }

    @Test
    void theBytesAreThoseOfTheReference() throws IOException {
        Charter whole = file("whole.yaml");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Expansion.write(whole, bytes::writeBytes);
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        int first = 5;
        int after = first + whole.policy().table().axes().cells();
        // version, name, posture and axes; two of the cells; and all that stands behind them
        List<String> shown = new ArrayList<>(lines.subList(0, first + 2));
        shown.addAll(lines.subList(after, lines.size()));
        Golden.check(RESOURCES + "expansion.txt", String.join("\n", shown) + "\n");
    }

    @Test
    void whatTwoDocumentsComeToIsPinned() throws IOException {
        StringBuilder lines =
                new StringBuilder(
                        """
                        # What two documents come to. A signature covers this digest: a line that
                        # changes makes every policy that was signed before refuse everything
                        # until it is signed anew. Where that is meant (another dial, other usual
                        # rules, another form), say so in CHANGELOG.md, and raise the number in
                        # Expansion.VERSION or the version of the document once a release has it;
                        # -Dgolden.update=true then rewrites this file.
                        """);
        for (String name : List.of("bare.yaml", "whole.yaml", "around.yaml")) {
            lines.append(
                    "%s %s %s\n".formatted(Expansion.VERSION, name, Expansion.digest(file(name))));
        }
        Golden.check(RESOURCES + "expansions.txt", lines.toString());
    }
}
