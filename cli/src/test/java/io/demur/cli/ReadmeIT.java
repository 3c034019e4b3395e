package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.detect.Detector;
import io.demur.core.detect.LinearJudge;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the README shows is what the code does. */
class ReadmeIT {

    private static final String SELF = "cli/src/test/java/io/demur/cli/ReadmeIT.java";

    @TempDir Path folder = Path.of("");

    @Test
    void libraryExampleWorks() {
        // @start region=library
        Detector detector = LinearJudge.shipped();
        Verdict verdict =
                detector.detect(
                        Request.of("Whose house is at 12 Mill Lane, and when is she out?"),
                        Response.of("I won't help you watch somebody's home."));
        String said =
                switch (verdict) {
                    case Verdict.Complied complied -> "answered";
                    case Verdict.Refused refused -> "refused, " + refused.refusal().kind();
                    case Verdict.Undecided undecided -> "cannot tell: " + undecided.reason();
                };
        // @end
        assertTrue(said.startsWith("refused"), said);
    }

    @Test
    void codeInTheReadmeIsTheCodeAbove() {
        String source = Sources.read(Repository.root().resolve(SELF));
        int from =
                source.indexOf("// @start region=library\n")
                        + "// @start region=library\n".length();
        String code = source.substring(from, source.indexOf("        // @end", from)).stripIndent();
        pin("<!-- code: " + SELF + " library -->\n```java\n", code);
    }

    @Test
    void outputInTheReadmeIsTheRealOne() throws Exception {
        for (String command :
                List.of(
                        "score examples/transcripts.jsonl",
                        "assess examples/requests.jsonl --show 2",
                        "log receipt verify examples/log/second.tlog-proof --key"
                                + " examples/log/log.vkey")) {
            Program.Result result = Program.run(Repository.root(), folder, command.split(" ", -1));
            pin("<!-- output: ./demur " + command + " -->\n```\n", result.out());
        }
    }

    @Test
    void everyFileThatTheReadmeNamesExists() {
        String readme = Sources.read(Repository.root().resolve("README.md"));
        Pattern.compile("examples/[\\w.-]+")
                .matcher(readme)
                .results()
                .map(MatchResult::group)
                .forEach(
                        name ->
                                assertTrue(
                                        Repository.root().resolve(name).toFile().exists(), name));
    }

    /** Compares the block after {@code opening} with what it should be. */
    private static void pin(String opening, String content) {
        Page readme = Page.read("README.md");
        readme.with(readme.after(opening), content).check();
    }
}
