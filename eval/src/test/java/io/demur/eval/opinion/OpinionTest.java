package io.demur.eval.opinion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.JudgeId;
import io.demur.core.Labels.Answer;
import io.demur.core.Problem;
import io.demur.core.suite.Expectation;
import io.demur.eval.metric.Played;
import io.demur.eval.run.Run;
import io.demur.eval.run.Trial;
import io.demur.remote.LanguageModelJudge;
import io.demur.remote.RemoteJudges;
import io.demur.testkit.StubServer;
import io.demur.testkit.StubServer.Asked;
import io.demur.testkit.StubServer.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a second judge and people say of a run, asked over a socket and kept in files. */
class OpinionTest {

    private static final Pattern NONCE = Pattern.compile("<<< ([0-9a-f]{32}) REQUEST");
    private static final Pattern CASE = Pattern.compile("Words of ([hb]\\d+)");

    @TempDir Path folder = Path.of("");

    /** Thirty harmful cases that are refused, and thirty benign ones that are answered. */
    private static Run run() {
        Played played = new Played();
        for (int i = 0; i < 30; i++) {
            played.add(Played.asked("h" + i, Expectation.REFUSE), 1, Played.refused());
            played.add(Played.asked("b" + i, Expectation.ANSWER), 1, Played.complied());
        }
        played.add(Played.asked("u", Expectation.ANSWER), 1, Played.undecided());
        return played.run();
    }

    private static String found(Pattern pattern, Asked asked) {
        Matcher matcher = pattern.matcher(asked.body());
        assertTrue(matcher.find(), asked.body());
        return matcher.group(1);
    }

    private static Reply says(Asked asked, String degree, String kind) {
        String said =
                "{\\\"id\\\":\\\"%s\\\",\\\"degree\\\":\\\"%s\\\",\\\"kind\\\":\\\"%s\\\"}"
                        .formatted(found(NONCE, asked), degree, kind);
        return Reply.json(
                """
                {"choices": [{"message": {"content": "%s"}}],
                 "usage": {"prompt_tokens": 100, "completion_tokens": 10}}
                """
                        .formatted(said));
    }

    /** Takes every refusal for one, and b1 too; of h2 it says nothing that could be read. */
    private static Reply answer(Asked asked) {
        String of = found(CASE, asked);
        if (of.equals("h2")) {
            return Reply.json("{\"choices\": [{\"message\": {\"content\": \"I'd rather not.\"}}]}");
        }
        return of.startsWith("h") || of.equals("b1")
                ? says(asked, "full", "policy")
                : says(asked, "compliance", "none");
    }

    private static LanguageModelJudge judge(StubServer server) {
        return RemoteJudges.judge(
                server.address("/v1").toString(),
                "m",
                RemoteJudges.Settings.usual(Optional.empty()));
    }

    private SecondJudging.Outcome ask(Run run, LanguageModelJudge judge, Path file)
            throws IOException, InterruptedException {
        Optional<Opinion> known = Optional.ofNullable(read(run, file).get(judge.id()));
        List<Trial> open = SecondJudging.open(run, known);
        try (OpinionFile to = OpinionFile.open(file, judge.id())) {
            return new SecondJudging(run, open, judge, to, done -> {}).ask(4);
        }
    }

    private static Map<io.demur.core.JudgeId, Opinion> read(Run run, Path file) throws IOException {
        List<Problem> problems = new ArrayList<>();
        Map<io.demur.core.JudgeId, Opinion> read = OpinionFile.read(file, run, problems);
        assertEquals(List.of(), problems);
        return read;
    }

    @Test
    void whatItSaysIsKeptAndNothingIsAskedTwice() throws Exception {
        Run run = run();
        Path file = OpinionFile.beside(folder.resolve("a.run"));
        try (StubServer server = new StubServer(OpinionTest::answer)) {
            LanguageModelJudge judge = judge(server);
            SecondJudging.Outcome first = ask(run, judge, file);
            assertEquals(60, first.asked());
            assertEquals(1, first.unjudged());
            assertEquals(59 * 100, first.input());
            assertEquals(59 * 10, first.output());
            Opinion opinion = requireNonNull(read(run, file).get(judge.id()));
            assertEquals(59, opinion.said().size());
            assertEquals(Answer.FULL, opinion.said().get(new Place("", 1, "b1")));
            assertEquals(Answer.COMPLIANCE, opinion.said().get(new Place("", 1, "b2")));
            // what could not be judged alone is asked again
            assertEquals(1, ask(run, judge, file).asked());
            assertEquals(61, server.asked().size());
        }
    }

    @Test
    void errorsAreNoVerdictsAndAServerThatIsAwayIsNotAskedForEver() throws Exception {
        Run run = run();
        Path file = OpinionFile.beside(folder.resolve("a.run"));
        try (StubServer server =
                new StubServer(
                        asked ->
                                new Reply(
                                        503, Map.of(), "away".getBytes(StandardCharsets.UTF_8)))) {
            SecondJudging.Outcome outcome = ask(run, judge(server), file);
            assertEquals(outcome.asked(), outcome.unjudged());
            assertTrue(outcome.asked() < 30, outcome.asked() + " asked");
            assertEquals(60, outcome.asked() + outcome.left());
            assertTrue(outcome.why().contains("503"), outcome.why());
            assertEquals(Map.of(), read(run, file));
        }
    }

    @Test
    void halfALineIsDroppedAndOtherWordsHaveNoOpinion() throws Exception {
        Run run = run();
        Path file = OpinionFile.beside(folder.resolve("a.run"));
        try (StubServer server = new StubServer(OpinionTest::answer)) {
            LanguageModelJudge judge = judge(server);
            ask(run, judge, file);
            Files.writeString(file, "{\"t\":\"opin", StandardOpenOption.APPEND);
            assertEquals(59, requireNonNull(read(run, file).get(judge.id())).said().size());
            ask(run, judge, file);
            assertEquals(59, requireNonNull(read(run, file).get(judge.id())).said().size());
            String other = Files.readString(file).replaceAll("\"reply\":\"..", "\"reply\":\"00");
            Files.writeString(file, other);
            assertEquals(Map.of(), requireNonNull(read(run, file).get(judge.id())).said());
        }
    }

    /** Two reports at once had paid twice, and one had cut off what the other kept. */
    @Test
    void whileOneReportAsksAnotherIsRefusedAndErasesNothing() throws Exception {
        Run run = run();
        Path file = OpinionFile.beside(folder.resolve("a.run"));
        JudgeId judge = new JudgeId("a judge", 1, "0".repeat(64));
        try (OpinionFile first = OpinionFile.open(file, judge)) {
            first.keep(run.trials().get(0), Answer.FULL);
            IOException e =
                    assertThrows(IOException.class, () -> OpinionFile.open(file, judge).close());
            assertEquals(
                    "another `demur report` is asking a second judge, and keeps what it says in"
                            + " `%s`; wait for its end, or stop it".formatted(file),
                    e.getMessage());
            first.keep(run.trials().get(1), Answer.COMPLIANCE);
            List<Problem> problems = new ArrayList<>();
            Opinion kept = requireNonNull(first.read(run, problems).get(judge));
            assertEquals(2, kept.said().size());
            assertEquals(List.of(), problems);
        }
        try (OpinionFile later = OpinionFile.open(file, judge)) {
            later.keep(run.trials().get(2), Answer.FULL);
        }
        assertEquals(3, requireNonNull(read(run, file).get(judge)).said().size());
    }

    /** One damaged line had made every later report fail. */
    @Test
    void aLineThatCannotBeReadIsSaidAndTheOthersHold() throws Exception {
        Run run = run();
        Path file = OpinionFile.beside(folder.resolve("a.run"));
        JudgeId judge = new JudgeId("a judge", 1, "0".repeat(64));
        try (OpinionFile to = OpinionFile.open(file, judge)) {
            to.keep(run.trials().get(0), Answer.FULL);
        }
        byte[] latin = "{\"judge\": \"Größe\"}\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, latin, StandardOpenOption.APPEND);
        Files.writeString(file, "damage\n", StandardOpenOption.APPEND);
        try (OpinionFile to = OpinionFile.open(file, judge)) {
            to.keep(run.trials().get(1), Answer.COMPLIANCE);
        }
        List<Problem> problems = new ArrayList<>();
        Opinion kept = requireNonNull(OpinionFile.read(file, run, problems).get(judge));
        assertEquals(2, kept.said().size());
        assertEquals(List.of(2L, 3L), problems.stream().map(it -> it.where().line()).toList());
    }

    @Test
    void peoplesLabelsAreReadAndAllThatIsWrongIsSaidAtOnce() {
        List<Problem> problems = new ArrayList<>();
        Opinion people =
                Opinion.people(
                        "l.csv",
                        "case,label\nh1,full\nb1,compliance\nh2,refusal\n",
                        run(),
                        problems);
        assertEquals(List.of(), problems);
        assertEquals(3, people.said().size());
        assertEquals(Answer.REFUSAL, people.said().get(new Place("", 1, "h2")));
        Opinion unread =
                Opinion.people(
                        "l.jsonl",
                        """
                        {"case": "h1", "label": "full"}
                        {"case": "h1", "label": "partial"}
                        {"case": "nobody", "label": "full"}
                        {"case": "h3", "label": "rude"}
                        {"case": "h4", "label": "full", "epoch": 2}
                        {"case": "h5", "label": "full", "variant": "strict"}
                        """,
                        run(),
                        problems);
        assertEquals(1, unread.said().size());
        assertEquals(
                List.of(
                        "l.jsonl:4: `rude` is no label; one is `compliance`, `partial`, `full` or"
                                + " `refusal`",
                        "l.jsonl:2: case `h1` is labelled twice",
                        "l.jsonl:3: there is no case `nobody` in this run",
                        "l.jsonl:5: epoch `2` where each case was asked 1 times",
                        "l.jsonl:6: `variant` has to be one of ``"),
                problems.stream().map(Problem::toString).toList());
        problems.clear();
        Opinion.people("l.csv", "a,b\n1,2\n", run(), problems);
        assertTrue(problems.getFirst().message().contains("`case` and `label`"));
    }
}
