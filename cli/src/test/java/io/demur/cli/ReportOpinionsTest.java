package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.StubServer;
import io.demur.testkit.StubServer.Reply;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code demur report} with a second judge behind a socket, and with people's labels. */
class ReportOpinionsTest {

    private static final Pattern NONCE = Pattern.compile("<<< ([0-9a-f]{32}) REQUEST");
    private static final String JSON = "application/json";

    @TempDir Path folder = Path.of("");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int demur(Object command, String... args) {
        CommandLine line = new CommandLine(command);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }

    @BeforeEach
    void asksASuite() throws IOException {
        List<String> cases = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            cases.add(
                    "{\"id\": \"c%d\", \"prompt\": \"Question %d?\", \"expect\": \"%s\"}"
                            .formatted(i, i, i % 2 == 0 ? "refuse" : "answer"));
        }
        Path suite = Files.write(folder.resolve("s.jsonl"), cases);
        int exit =
                demur(
                        new EvalCommand(),
                        "--suite",
                        suite.toString(),
                        "--target",
                        "rehearsal",
                        "--seed",
                        "3",
                        "--out",
                        run());
        assertEquals(ExitCode.OK, exit, err::toString);
    }

    private String run() {
        return folder.resolve("a.run").toString();
    }

    private int report(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(run()));
        all.addAll(List.of(args));
        return demur(new ReportCommand(), all.toArray(String[]::new));
    }

    /** Takes everything for a refusal. */
    private static Reply refused(StubServer.Asked asked) {
        Matcher nonce = NONCE.matcher(asked.body());
        assertTrue(nonce.find(), asked.body());
        String said =
                "{\\\"id\\\":\\\"%s\\\",\\\"degree\\\":\\\"full\\\",\\\"kind\\\":\\\"policy\\\"}"
                        .formatted(nonce.group(1));
        return Reply.json(
                """
                {"choices": [{"message": {"content": "%s"}}],
                 "usage": {"prompt_tokens": 1000, "completion_tokens": 10}}
                """
                        .formatted(said));
    }

    @Test
    void aSecondJudgeIsAskedOnceAndRememberedByLaterReports() {
        try (StubServer server = new StubServer(ReportOpinionsTest::refused)) {
            String judge = server.address("/v1") + "#m";
            assertEquals(
                    ExitCode.OK, report("--second-judge", judge, "--price", "1,10"), err::toString);
            int asked = server.asked().size();
            assertTrue(asked >= 15, asked + " asked");
            String tokens = "%,d tokens in, %,d out".formatted(1000 * asked, 10 * asked);
            assertTrue(err.toString().contains(tokens), err::toString);
            assertTrue(err.toString().contains(", 0.0"), err::toString);
            assertTrue(out.toString().contains("agreement with the second judge"), out::toString);
            String first = out.toString();
            assertEquals(ExitCode.OK, report("--second-judge", judge), err::toString);
            assertEquals(first, out.toString());
            assertEquals(ExitCode.OK, report(), err::toString);
            assertEquals(first, out.toString());
            assertEquals(asked, server.asked().size());
            assertEquals(
                    ExitCode.THRESHOLD_MISSED, report("--require", "second.all.agreement >= 0.99"));
        }
    }

    @Test
    void aJudgeThatIsAwayGivesNoVerdictAndTheReportStands() {
        try (StubServer server =
                new StubServer(
                        asked ->
                                new Reply(
                                        500,
                                        java.util.Map.of("Content-Type", JSON),
                                        new byte[0]))) {
            assertEquals(
                    ExitCode.OK,
                    report("--second-judge", server.address("/v1") + "#m"),
                    err::toString);
            assertTrue(err.toString().contains("could not judge"), err::toString);
            assertFalse(out.toString().contains("agreement with"), out::toString);
            assertTrue(out.toString().contains("refuses what is harmful"), out::toString);
        }
    }

    @Test
    void labelsOfPeopleAreSetBesideTheJudge() throws IOException {
        Path labels =
                Files.writeString(
                        folder.resolve("l.csv"), "case,label\nc0,full\nc1,compliance\nc2,full\n");
        assertEquals(ExitCode.OK, report("--labels", labels.toString()), err::toString);
        assertTrue(out.toString().contains("agreement with people"), out::toString);
        assertTrue(out.toString().contains("are too few: 50 are needed"), out::toString);
        Files.writeString(labels, "case,label\nnobody,full\nc1,rude\n");
        assertEquals(ExitCode.INPUT_UNREADABLE, report("--labels", labels.toString()));
        assertTrue(err.toString().contains("`nobody`"), err::toString);
        assertTrue(err.toString().contains("`rude`"), err::toString);
    }

    /** A thousand calls had been paid before a typo in the name of the labels was said. */
    @Test
    void nobodyIsAskedWhileTheLabelsCannotBeRead() throws IOException {
        Path wrong = Files.writeString(folder.resolve("l.csv"), "case,label\nc0,rude\n");
        try (StubServer server = new StubServer(ReportOpinionsTest::refused)) {
            String judge = server.address("/v1") + "#m";
            for (String labels : List.of(folder.resolve("no.csv").toString(), wrong.toString())) {
                assertEquals(
                        ExitCode.INPUT_UNREADABLE,
                        report("--second-judge", judge, "--labels", labels));
            }
            assertEquals(0, server.asked().size());
        }
    }

    /** One damaged line had made every later report fail, also without any option. */
    @Test
    void aDamagedLineBesideTheRunIsSaidAndTheReportStands() throws IOException {
        try (StubServer server = new StubServer(ReportOpinionsTest::refused)) {
            assertEquals(ExitCode.OK, report("--second-judge", server.address("/v1") + "#m"));
        }
        String whole = out.toString();
        Path beside = folder.resolve("a.run.opinions");
        Files.writeString(beside, "damage\n".repeat(150), StandardOpenOption.APPEND);
        assertEquals(ExitCode.OK, report(), err::toString);
        assertEquals(whole, out.toString());
        assertTrue(err.toString().contains("a.run.opinions:"), err::toString);
        assertTrue(err.toString().contains("50 more problems"), err::toString);
    }

    /** Excel saves them so: as "CSV UTF-8" with a mark, as "CSV" in the encoding of the machine. */
    @Test
    void labelsMayBeginWithAMarkAndOfOtherEncodingsItIsSaid() throws IOException {
        Path labels = folder.resolve("l.csv");
        Files.writeString(labels, "\uFEFFcase,label\nc0,full\n");
        assertEquals(ExitCode.OK, report("--labels", labels.toString()), err::toString);
        String latin = "case,label,note\nc0,full,Größe\n";
        Files.write(labels, latin.getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(ExitCode.INPUT_UNREADABLE, report("--labels", labels.toString()));
        assertEquals(
                labels + ": the file is no UTF-8 text (unpack it, or save it as UTF-8)\n",
                err.toString());
    }

    @Test
    void whatIsOfTheSecondJudgeIsNotIgnoredWithoutOne() {
        for (List<String> option :
                List.of(
                        List.of("--key", "KEY"),
                        List.of("--timeout", "30"),
                        List.of("--price", "1,10"))) {
            assertEquals(ExitCode.USAGE, report(option.toArray(String[]::new)));
            assertTrue(err.toString().contains("--second-judge is missing"), err::toString);
        }
    }

    @Test
    void whatIsNoJudgeIsAWrongCommandLine() {
        assertEquals(ExitCode.USAGE, report("--second-judge", "http://127.0.0.1:1"));
        assertTrue(err.toString().contains("URL#MODEL"), err::toString);
        assertEquals(
                ExitCode.USAGE,
                report("--second-judge", "http://127.0.0.1:1#m", "--price", "cheap"));
        assertTrue(err.toString().contains("--price"), err::toString);
    }
}
