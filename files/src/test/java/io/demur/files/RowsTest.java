package io.demur.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.Labels;
import io.demur.core.Problem;
import io.demur.core.Request;
import io.demur.core.StopReason;
import io.demur.core.Transcript;
import io.demur.core.Turn;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What rows, CSV records and conversations say. */
class RowsTest {

    @Test
    void everyFieldOfARowIsRead() {
        Transcript row =
                Reading.of(
                                """
                                {"id":7,"source":"set","model":"m","system":"Be kind.",\
                                "prompt":"p","response":"a","prompt_label":"harmful",\
                                "response_label":"partial_refusal","category":"c","score":0.5,\
                                "human":true,"orig_label":{"a":1},"lang":null,"turns":null}
                                """)
                        .only();
        assertEquals("7", row.id());
        assertEquals("set", row.source());
        assertEquals(Optional.of("m"), row.model());
        assertEquals("SYSTEM Be kind. | USER p", said(row));
        assertEquals("a", row.turns().getFirst().response().text());
        assertEquals(
                new Labels(Optional.of(Labels.Prompt.HARMFUL), Optional.of(Labels.Answer.PARTIAL)),
                row.labels());
        assertEquals(Map.of("category", "c", "score", "0.5", "human", "true"), row.fields());
    }

    @Test
    void aRowWithoutIdAndSourceIsNamedByItsPlace() {
        Transcript row = Reading.of("\n{\"response\":\"a\"}").only();
        assertEquals("test:2", row.id());
        assertEquals("test", row.source());
        assertEquals("", said(row));
        assertEquals(Map.of(), row.fields());
    }

    @Test
    void eachAnswerOfADialogueHasWhatStoodBeforeIt() {
        Transcript row =
                Reading.of(
                                """
                                {"turns":[{"role":"user","content":"1"},\
                                {"role":"assistant","content":"2"},\
                                {"role":"assistant","content":"3"},\
                                {"role":"user","content":"4"},\
                                {"role":"assistant","content":"5"},\
                                {"role":"user","content":"6"}],"system":"0"}
                                """)
                        .only();
        List<String> turns = new ArrayList<>();
        for (Turn turn : row.turns()) {
            turns.add(
                    "%d: %s > %s"
                            .formatted(
                                    turn.index(),
                                    turn.request().messages().size(),
                                    turn.response().text()));
        }
        assertEquals(List.of("0: 2 > 2", "1: 3 > 3", "2: 5 > 5"), turns);
        assertEquals(7, row.request().messages().size());
    }

    @Test
    void theRequestOfARecordEndsBeforeTheAnswerAtItsEnd() {
        String asked = "{\"role\":\"user\",\"content\":\"1\"}";
        String answer = "{\"role\":\"assistant\",\"content\":\"2\"}";
        for (String record :
                List.of(
                        "{\"turns\":[%s,%s]}".formatted(asked, answer),
                        "{\"prompt\":\"1\",\"response\":\"2\"}",
                        "{\"prompt\":\"1\"}",
                        "{\"messages\":[%s]}".formatted(asked))) {
            assertEquals(Request.of("1"), Reading.of(record + "\n").only().request(), record);
        }
    }

    @Test
    void earlierAnswersInWhatWasAskedAreNoTurns() {
        for (String record :
                List.of(
                        """
                        {"prompt":[{"role":"user","content":"1"},\
                        {"role":"assistant","content":"2"},\
                        {"role":"user","content":"3"}],"system":"0","response":"4"}
                        """,
                        """
                        {"request":{"system":"0","messages":[{"role":"user","content":"1"},\
                        {"role":"assistant","content":"2"},{"role":"user","content":"3"}]},\
                        "response":{"choices":[{"message":{"content":"4"}}]}}
                        """)) {
            Transcript row = Reading.of(record).only();
            assertEquals("SYSTEM 0 | USER 1 | ASSISTANT 2 | USER 3", said(row));
            assertEquals(1, row.turns().size());
            assertEquals("4", row.turns().getFirst().response().text());
            assertEquals(row.request(), row.turns().getFirst().request());
        }
    }

    @Test
    void recordsOfOneLineHaveDifferentIds() {
        Reading array = Reading.of("[{\"prompt\":\"p\"}, {\"prompt\":\"p\"}]");
        assertEquals(List.of("test:1:2", "test:1:18"), array.ids());
    }

    @Test
    void whyAnAnswerEndedIsRead() {
        stop("\"response\":\"a\",\"finish_reason\":\"stop\"", "a", StopReason.END);
        stop("\"response\":\"a\",\"stop_reason\":\"max_tokens\"", "a", StopReason.LENGTH);
        stop("\"response\":\"a\",\"stop\":\"tool_calls\"", "a", StopReason.TOOL_CALL);
        stop("\"response\":\"a\",\"stop\":\"whatever\"", "a", StopReason.UNSTATED);
        stop(
                "\"response\":\"\",\"stop\":\"refusal\",\"stop_category\":\"bio\"",
                "",
                new StopReason.Refusal("stop: refusal", Optional.of("bio")));
        stop(
                "\"response\":null,\"refusal\":\"I will not.\"",
                "I will not.",
                new StopReason.Refusal("refusal", Optional.empty()));
        stop(
                "\"finish_reason\":\"content_filter\"",
                "",
                new StopReason.ContentFilter("finish_reason: content_filter", Optional.empty()));
        stop("\"error\":\"timed out\"", "", new StopReason.Failed("timed out"));
        stop(
                "\"error\":{\"code\":\"content_filter\",\"message\":\"m\"}",
                "",
                new StopReason.ContentFilter("error.code: content_filter", Optional.empty()));
        stop(
                "\"response\":\"a\",\"error\":\"None\",\"refusal\":\"False\"",
                "a",
                StopReason.UNSTATED);
        stop("\"response\":\"a\",\"refusal\":\"1\"", "a", StopReason.UNSTATED);
        stop("\"response\":\"a\",\"refusal\":true", "a", StopReason.UNSTATED);
        assertEquals(
                List.of(),
                Reading.of("{\"prompt\":\"p\",\"response\":null,\"error\":null}").only().turns());
    }

    @Test
    void otherNamesAreFound() {
        assertEquals("USER q", said(Reading.of("{\"prompt\":null,\"question\":\"q\"}").only()));
        assertEquals("USER q", said(Reading.of("{\"question\":\"q\",\"answer\":\"a\"}").only()));
        assertEquals(
                "USER do\n\nthis",
                said(
                        Reading.of("{\"instruction\":\"do\",\"input\":\"this\",\"output\":\"a\"}")
                                .only()));
        assertEquals(
                "USER p",
                said(
                        Reading.of(
                                        """
                                        {"prompt":[{"role":"user","content":"p"}],\
                                        "completion":[{"role":"assistant","content":"a"}]}
                                        """)
                                .only()));
    }

    @Test
    void labelsAreReadWhereTheyAreCertain() {
        label("\"response_label\":\"2_full_refusal\"", Optional.of(Labels.Answer.FULL));
        label("\"response_label\":\"Direct Answer\"", Optional.of(Labels.Answer.COMPLIANCE));
        label("\"response_label\":true", Optional.of(Labels.Answer.REFUSAL));
        label("\"response_label\":null", Optional.empty());
        label("\"label\":\"refused\"", Optional.of(Labels.Answer.REFUSAL));
        label("\"label\":1", Optional.empty());
        label("\"label\":\"positive\"", Optional.empty());
        Reading odd = Reading.of("{\"response\":\"a\",\"response_label\":\"sulks\"}");
        assertEquals(Optional.empty(), odd.only().labels().response());
        assertEquals(Map.of("response_label", "sulks"), odd.only().fields());
        assertEquals(
                List.of(
                        "test:1: the label `sulks` in `response_label` is not known; the record is"
                                + " read without it"),
                odd.warnings().stream().map(Problem::toString).toList());
        assertEquals(
                Optional.of(Labels.Prompt.HARMFUL),
                Reading.of("id,prompt,label\n1,p,unsafe\n").only().labels().prompt());
    }

    @Test
    void columnsAndFieldsCanBeMapped() {
        ReadOptions options =
                ReadOptions.AUTO.withMapping(
                        Mapping.parse(
                                List.of("id=n", "prompt=in.text", "response=out.0.t", "model=by"),
                                problem -> {
                                    throw new AssertionError(problem);
                                }));
        Transcript row =
                Reading.of(
                                """
                                {"n":"1","in":{"text":"p"},"out":[{"t":"a"}],"by":"m","x":"y"}
                                """,
                                options)
                        .only();
        assertEquals("1", row.id());
        assertEquals("USER p", said(row));
        assertEquals("a", row.turns().getFirst().response().text());
        assertEquals(Optional.of("m"), row.model());
        assertEquals(Map.of("x", "y"), row.fields());

        Reading csv =
                Reading.of(
                        "n;in.text;out.0.t;by;verdict\n1;p;a;m;refused\n",
                        options.withLabels("verdict"));
        assertEquals("a", csv.only().turns().getFirst().response().text());
        assertEquals(Optional.of(Labels.Answer.REFUSAL), csv.only().labels().response());
        assertEquals(Map.of(), csv.only().fields());
    }

    @Test
    void aColumnThatDoesNotExistIsAProblemOfTheFile() {
        ReadOptions options = ReadOptions.AUTO.withLabels("verdct");
        assertEquals(
                "test: there is no column `verdct`; the columns are `verdict`, `prompt`,"
                        + " `response`",
                Reading.of("prompt,response,verdict\np,a,refused\n", options)
                        .onlyProblem()
                        .toString());
        assertEquals(
                "test: there is no field `verdct`; the fields are `o.verdict`, `o`, `response`",
                Reading.of("{\"response\":\"a\",\"o\":{\"verdict\":\"refused\"}}\n", options)
                        .onlyProblem()
                        .toString());
    }

    @Test
    void aRecordWithoutWhatIsMappedIsUnreadable() {
        ReadOptions options =
                ReadOptions.AUTO.withMapping(
                        new Mapping(Map.of(Mapping.Name.RESPONSE, "output.text")));
        Reading reading =
                Reading.of(
                        "{\"output\":{\"text\":\"a\"}}\n{\"output\":{\"txt\":\"a\"}}\n", options);
        assertEquals(1, reading.transcripts().size());
        assertEquals(
                "test:2: there is no text in `output.text`; the fields are `output.txt`, `output`",
                reading.unreadable().getFirst().toString());
    }

    @Test
    void wrongMappingsAndFormatsSayWhatWouldBeRight() {
        List<Problem> problems = new ArrayList<>();
        assertEquals(
                Mapping.NONE, Mapping.parse(List.of("prompt", "promt=x", "id="), problems::add));
        assertEquals(
                List.of(
                        "--map: `--map prompt` is no mapping: `prompt=question` would be one",
                        "--map: `--map promt=x`: there is no `promt`, but `prompt`, `id`, `model`,"
                                + " `label`, `system`, `source`, `response`, `prompt_label`",
                        "--map: `--map id=` is no mapping: `prompt=question` would be one"),
                problems.stream().map(Problem::toString).toList());
        assertEquals(
                "--format: there is no format `jsonl`, but `json`, `csv`, `rows`, `xstest`,"
                        + " `pairs`, `chat`, `openai-chat`, `openai-batch`, `anthropic-batch`,"
                        + " `anthropic-messages`",
                ReadOptions.AUTO.withFormat("jsonl").problems().getFirst().toString());
    }

    @Test
    void csvMayHaveMultiLineFieldsAndAnyOfThreeSeparators() {
        for (String separator : List.of(",", ";", "\t")) {
            String csv =
                    "id,prompt,response\r\n\"1\",\"a\r\n\"\"b\"\"\",\"c,d\"\r\n\r\n2,,\r\n"
                            .replace(",", separator);
            Reading reading = Reading.of(csv);
            assertEquals(List.of("1", "2"), reading.ids());
            assertEquals("USER a\r\n\"b\"", said(reading.transcripts().getFirst()));
            assertEquals(
                    "c" + separator + "d",
                    reading.transcripts().getFirst().turns().getFirst().response().text());
            assertEquals("", reading.transcripts().getLast().turns().getFirst().response().text());
            assertEquals(5, reading.transcripts().getLast().where().line());
        }
    }

    @Test
    void theModelIsInTheNamesOfXsTestsFiles() {
        String text = FormatsDocument.example("xstest");
        Input file =
                Input.of(
                        "x/xstest_v2_completions_quokka-2.csv",
                        () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        Reading reading = Reading.of(file, ReadOptions.AUTO);
        assertEquals(Optional.of("quokka-2"), reading.transcripts().getFirst().model());
        assertEquals("xstest", reading.transcripts().getFirst().source());
        assertEquals(
                new Labels(Optional.of(Labels.Prompt.HARMFUL), Optional.of(Labels.Answer.FULL)),
                reading.transcripts().getLast().labels());
        assertEquals("TRUE", reading.transcripts().getLast().fields().get("agreement"));
        assertEquals("contrast_homonyms", reading.transcripts().getLast().fields().get("type"));
        Transcript prompt =
                Reading.of("id,prompt,type,label,focus,note\n1,p,t,unsafe,f,n\n").only();
        assertEquals(Optional.of(Labels.Prompt.HARMFUL), prompt.labels().prompt());
        assertEquals(List.of(), prompt.turns());
    }

    private static void stop(String fields, String text, StopReason expected) {
        Transcript row = Reading.of("{\"prompt\":\"p\"," + fields + "}").only();
        assertEquals(expected, row.turns().getFirst().response().stop());
        assertEquals(text, row.turns().getFirst().response().text());
    }

    private static void label(String field, Optional<Labels.Answer> expected) {
        Reading reading = Reading.of("{\"response\":\"a\"," + field + "}");
        assertEquals(expected, reading.only().labels().response());
        assertEquals(List.of(), reading.warnings());
    }

    private static String said(Transcript transcript) {
        return transcript.request().messages().stream()
                .map(m -> m.role() + " " + m.text())
                .collect(Collectors.joining(" | "));
    }

    @Test
    void aMappingMayStandEitherWayRoundWhereOnlyOneSideIsOurs() {
        assertEquals(
                Mapping.parse(List.of("response=answer", "id=prompt"), p -> {}),
                Mapping.parse(List.of("answer=response", "id=prompt"), p -> {}));
    }
}
