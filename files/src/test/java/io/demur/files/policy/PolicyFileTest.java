package io.demur.files.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Problem;
import io.demur.core.charter.Charter;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Cell;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Rule;
import io.demur.core.policy.Stage;
import io.demur.core.policy.Standing;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class PolicyFileTest {

    private static final Path EXAMPLE =
            Repository.root().resolve("examples/policies/help-desk.yaml");

    @Test
    void theExampleSaysWhatItMeans() throws IOException {
        List<Problem> problems = new ArrayList<>();
        Charter read =
                PolicyFile.read("p.yaml", Files.readAllBytes(EXAMPLE), problems).orElseThrow();
        assertEquals(List.of(), problems);
        Policy policy = read.policy();
        assertEquals("Help desk", read.name());
        assertEquals(5, policy.posture().level());
        Cell plain = cell(Hazard.NON_VIOLENT_CRIMES, Axes.OTHER, Axes.OTHER);
        Cell team = cell(Hazard.NON_VIOLENT_CRIMES, "security-team", Axes.OTHER);
        Cell fraud = cell(Hazard.NON_VIOLENT_CRIMES, Axes.OTHER, "fraud-prevention");
        assertEquals(Strength.REFUSE, policy.table().at(plain).ladder().at(0.98));
        assertEquals(Strength.ANNOTATE, policy.table().at(team).ladder().at(0.98));
        assertEquals(Strength.HOLD, policy.table().at(plain).ladder().at(0.975));
        assertEquals(Strength.CONDITION, policy.table().at(fraud).ladder().at(0.975));
        Cell health = cell(Hazard.SPECIALIZED_ADVICE, Axes.OTHER, Axes.OTHER);
        assertEquals(Strength.CONDITION, policy.table().at(health).ladder().at(0.5));
        assertEquals("see-a-professional", policy.table().at(health).terms().getLast().id());
        // what nobody declared counts as everybody else
        assertEquals(
                policy.table().at(plain),
                policy.table().at(cell(Hazard.NON_VIOLENT_CRIMES, "root", "world-peace")));
        assertTrue(read.because().getOrDefault("fraud", "").startsWith("Who prevents fraud"));
    }

    @Test
    void everyProblemIsSaidAtOnce() {
        List<Problem> problems = new ArrayList<>();
        Optional<Charter> read =
                PolicyFile.read(
                        "p.yaml",
                        """
                        policy: 2
                        name: desk
                        roles: [clinic]
                        rules:
                          - id: A b
                            because: x
                            when: {roles: clinics, hazards: fraud}
                            at-most: allow
                          - id: both
                            because: y
                            at-most: hold
                            laxer: 1
                          - id: both
                            stricter: 9
                          - id: none
                            because: z
                          - id: blind
                            because: z
                            unjudged: allow
                          - id: line
                            because: z
                            at-least: {decision: refuse, from: 140 %}
                        """
                                .getBytes(StandardCharsets.UTF_8),
                        problems);
        assertTrue(read.isEmpty());
        assertEquals(
                """
                p.yaml:1:1: `posture` is missing
                p.yaml:1:9: `policy`: version 2; this program reads version 1
                p.yaml:5:9: `rules[1].id`: `A b` is not made of a-z, 0-9 and `-`
                p.yaml:7:19: `rules[1].when.roles`: `clinics` is not one of `clinic`, `other`
                p.yaml:7:37: `rules[1].when.hazards`: `fraud` is not one of `hate`, `privacy`, \
                `defamation`, `violent-crimes`, `sexual-content`, `externalised-harm`, \
                `sex-related-crimes`, `specialized-advice`, `non-violent-crimes`, \
                `adverse-processing`, `suicide-and-self-harm`, `indiscriminate-weapons`, \
                `intellectual-property`, `child-sexual-exploitation`
                p.yaml:9:9: `rules[2].id`: the rule says at-most and laxer; one of them is one rule
                p.yaml:13:5: `rules[3]`: `because` is missing
                p.yaml:13:9: `rules[3].id`: there is a rule `both` already
                p.yaml:14:15: `rules[3].stricter`: `9` is not a whole number from 1 to 8
                p.yaml:15:9: `rules[4].id`: the rule does nothing; it has to say one of ask, \
                at-least, at-most, count-harm, laxer, stricter, unjudged
                p.yaml:19:15: `rules[5].unjudged`: what nobody could judge is held or refused
                p.yaml:22:40: `rules[6].at-least.from`: `140 %` is not a number from 0 to 1\
                """
                        .lines()
                        .toList(),
                problems.stream().map(Problem::toString).toList());
    }

    @Test
    void whatIsNearlyRightIsToldWhatWouldBe() {
        check(
                """
                policy: 1
                name: desk
                posture: 5
                scope: our shop
                drills: 5
                rules:
                  - id: posture-6
                    because: x
                    laxer: 1
                  - id: half
                    because: " \\u200b "
                    at-least: {decision: refuse, from: 60}
                  - id: floor
                    because: x
                    laxer: 1
                """,
                """
                p.yaml:4:8: `scope`: `our shop` is not a block of keys: `for`, `inside`, `outside`
                p.yaml:5:9: `drills`: `5` is not a block of keys: `per-hour`
                p.yaml:7:9: `rules[1].id`: `posture-6` is a reason of the program's own; a record \
                would name the wrong rule
                p.yaml:11:14: U+200B is not seen: people would read something else than the program
                p.yaml:11:14: `rules[2].because`: a rule says why it is there
                p.yaml:12:40: `rules[2].at-least.from`: `60` is not a number from 0 to 1; `60 %` \
                would be one
                p.yaml:13:9: `rules[3].id`: `floor` is a reason of the program's own; a record \
                would name the wrong rule
                """);
    }

    @Test
    void aScopeWithNothingUnderItIsNotNoScope() {
        check(
                "policy: 1\nname: desk\nposture: 5\nscope:\n",
                "p.yaml:4:7: `scope`: nothing stands under it; leave the key out where nothing is"
                        + " outside");
    }

    private static void check(String document, String expected) {
        List<Problem> problems = new ArrayList<>();
        PolicyFile.read("p.yaml", document.getBytes(StandardCharsets.UTF_8), problems);
        assertEquals(expected.lines().toList(), problems.stream().map(Problem::toString).toList());
    }

    @Test
    void theUsualRulesStandInFrontOfThoseOfTheDocument() throws IOException {
        List<Rule> rules =
                PolicyFile.read("p.yaml", Files.readAllBytes(EXAMPLE), new ArrayList<>())
                        .orElseThrow()
                        .policy()
                        .rules();
        assertEquals(Policy.usual(), rules.subList(0, Policy.usual().size()));
    }

    private static Cell cell(Hazard hazard, String role, String purpose) {
        return new Cell(
                Optional.of(hazard),
                Severity.SERIOUS,
                ModelClass.HOSTED,
                role,
                purpose,
                Stage.NONE,
                Standing.Kind.FRESH);
    }
}
