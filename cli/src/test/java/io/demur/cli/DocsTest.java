package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.testkit.Golden;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** The documents say what the program does. */
class DocsTest {

    @ParameterizedTest
    @ValueSource(strings = {"score", "train", "serve", "doctor", "eval"})
    void everyOptionHasItsHeading(String name) {
        String reference = read(reference(name));
        for (OptionSpec option : command(name).getCommandSpec().options()) {
            String heading = "### " + option.longestName();
            if (!List.of("### --help", "### --version").contains(heading)) {
                assertTrue(reference.lines().anyMatch(heading::equals), heading);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "score",
                "train",
                "policy",
                "suites",
                "eval",
                "export",
                "audit",
                "incidents",
                "review"
            })
    void helpInTheReferenceIsTheRealOne(String name) {
        StringWriter help = new StringWriter();
        command(name).setUsageHelpWidth(100).usage(new PrintWriter(help));
        String document = read(reference(name));
        String opening = "<!-- help: demur help " + name + " -->\n```\n";
        assertTrue(document.contains(opening), opening);
        int from = document.indexOf(opening) + opening.length();
        int to = document.indexOf("```\n", from);
        Golden.check(reference(name), document.substring(0, from) + help + document.substring(to));
    }

    @Test
    void everyCommandHasItsReference() {
        new CommandLine(new Main())
                .getSubcommands().keySet().stream()
                        .filter(name -> !name.equals("help"))
                        .forEach(
                                name ->
                                        assertTrue(
                                                Files.exists(
                                                        Repository.root().resolve(reference(name))),
                                                name));
    }

    @Test
    void filesNamedInTheArchitectureExist() {
        List<String> named =
                Pattern.compile("`((?:[\\w.-]+/)+[\\w-]+\\.[a-z]+)`")
                        .matcher(read("ARCHITECTURE.md"))
                        .results()
                        .map(match -> match.group(1))
                        .toList();
        assertTrue(named.size() >= 10, () -> "only " + named);
        assertEquals(
                List.of(),
                named.stream()
                        .filter(name -> !Files.exists(Repository.root().resolve(name)))
                        .toList());
    }

    @Test
    void architectureStaysShort() {
        assertTrue(read("ARCHITECTURE.md").lines().count() < 250);
    }

    @Test
    void exitCodesAreDocumented() {
        String reference = read(reference("score"));
        for (int code :
                new int[] {
                    ExitCode.OK,
                    ExitCode.THRESHOLD_MISSED,
                    ExitCode.USAGE,
                    ExitCode.INPUT_UNREADABLE,
                    ExitCode.INTERNAL,
                    ExitCode.INTERRUPTED
                }) {
            assertTrue(reference.contains("\n| " + code + " | "), () -> "exit code " + code);
        }
    }

    @Test
    void theReadmeNamesEveryCommand() {
        String readme = read("README.md");
        new CommandLine(new Main())
                .getSubcommands()
                .keySet()
                .forEach(name -> assertTrue(readme.contains("demur " + name), name));
        assertEquals(1, Pattern.compile("mvn verify").matcher(readme).results().count());
    }

    private static CommandLine command(String name) {
        return requireNonNull(new CommandLine(new Main()).getSubcommands().get(name));
    }

    private static String reference(String command) {
        // what judges do to answers was called so before
        return "docs/reference/%s.md"
                .formatted(command.equals("review") ? "review-queue" : command);
    }

    private static String read(String name) {
        return Sources.read(Repository.root().resolve(name));
    }
}
