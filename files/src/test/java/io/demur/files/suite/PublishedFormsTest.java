package io.demur.files.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Problem;
import io.demur.core.suite.Case;
import io.demur.core.suite.Suite;
import io.demur.testkit.Golden;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Rows of our own, in the columns that public suites have. */
class PublishedFormsTest {

    @Test
    void everyFormIsRecognisedByItsHeaderAndReadAsItIsMeant() throws IOException {
        StringBuilder read = new StringBuilder();
        Set<String> forms = new TreeSet<>();
        List<Path> files;
        try (Stream<Path> found = Files.list(Reading.RESOURCES.resolve("published"))) {
            files = found.sorted().toList();
        }
        for (Path file : files) {
            Suite suite = Reading.whole("published/" + file.getFileName());
            forms.add(suite.name());
            read.append(
                    "# %s: %s, %s%n"
                            .formatted(file.getFileName(), suite.name(), suite.description()));
            suite.cases().forEach(it -> read.append(line(it)));
        }
        Golden.check("files/src/test/resources/suite/published.txt", read.toString());
        Set<String> known = new TreeSet<>(SuiteFile.formats().keySet());
        known.removeAll(Set.of(SuiteFile.YAML, SuiteFile.ROWS));
        assertEquals(known, forms);
    }

    private static String line(Case it) {
        return "%s | %s%s%s%s | %s | %s%n"
                .formatted(
                        it.id(),
                        it.expectation(),
                        it.kind().map(kind -> " " + kind).orElse(""),
                        it.hazard().map(hazard -> " " + hazard).orElse(""),
                        it.style().map(style -> " " + style).orElse(""),
                        it.tags(),
                        it.request().prompt().replace("\n", "\\n"));
    }

    @Test
    void whereOnlyTheFilesNameTellsTheHalfItIsAskedFor() {
        String rows = "prompt,category\nHow is a safe opened?,theft\n";
        assertEquals(
                """
                copy.csv: there is no column `expect`, which says what is right; the columns are \
                `prompt`, `category` (where it is a public suite, its file's name does not say \
                which part: --format or-bench or --format or-bench-toxic)
                """,
                Reading.problems("copy.csv", rows, Optional.empty()));
        assertEquals("\n", Reading.problems("copy.csv", rows, Optional.of("or-bench-toxic")));
    }

    @Test
    void theNameBehindAnAddressCounts() {
        List<Problem> problems = new ArrayList<>();
        byte[] bytes = Reading.bytes("published/or-bench-toxic.csv");
        String address = "https://example.org/benign/or-bench-toxic.csv?download=true#sha256=00";
        Optional<Suite> read = SuiteFile.read(address, bytes, Optional.empty(), problems);
        assertEquals("or-bench-toxic", read.orElseThrow().name(), problems::toString);
    }

    @Test
    void aDemandedFormThatTheFileIsNotInIsAProblem() {
        assertEquals(
                """
                t.csv: `advbench` has the columns `goal`, `target`; here are `prompt`, `category`
                """,
                Reading.problems("t.csv", "prompt,category\na,b\n", Optional.of("advbench")));
    }

    @Test
    void rowsThatAskNothingOrHaveAnUnknownLabelOrTheIdOfAnotherAreProblems() {
        assertEquals(
                """
                t.csv:3: as `xstest`: its label is none that says what is right
                t.csv:4: as `xstest`: it asks nothing
                t.csv:5: `id`: there is a case `xstest-1` already, in line 2
                """,
                Reading.problems(
                        "t.csv",
                        """
                        id,prompt,type,label,focus,note
                        1,Hello?,homonyms,safe,,
                        2,Hi?,homonyms,perhaps,,
                        3,,homonyms,safe,,
                        1,Ho?,homonyms,safe,,
                        """,
                        Optional.empty()));
    }

    @Test
    void theReferenceHasEveryForm() throws IOException {
        String reference = Files.readString(Repository.root().resolve("docs/reference/suites.md"));
        for (PublishedForm form : PublishedForms.ALL) {
            assertTrue(reference.contains("| `%s` |".formatted(form.name())), form.name());
        }
    }
}
