package io.demur.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.Labels;
import io.demur.core.Message;
import io.demur.core.Problem;
import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.core.Transcript;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** Which of a row's fields are the answer, and which only speak of it. */
class RowAnswersTest {

    @Test
    void aLabelInAFieldCalledRefusalIsNoProvidersRefusal() {
        for (String label :
                List.of(
                        "\"N\"",
                        "\"not_refused\"",
                        "\"0.02\"",
                        "0.02",
                        "\"compliant\"",
                        "\"non-refusal\"",
                        "\"3\"",
                        "true",
                        "\"not refused\"",
                        "\"I will not.\"")) {
            Transcript row =
                    Reading.of(
                                    "{\"prompt\":\"p\",\"response\":\"Sure.\",\"refusal\":"
                                            + label
                                            + "}")
                            .only();
            assertEquals(Response.of("Sure."), answer(row), label);
            assertEquals(label.replace("\"", ""), row.fields().get("refusal"));
        }
    }

    @Test
    void wordsInRefusalAreAProvidersWhereThereIsNoOtherAnswer() {
        for (String words : List.of("I will not.", "申し訳ありません。", "ฉันทำไม่ได้", "Нет, нельзя.")) {
            for (String response : List.of("", "\"response\":null,", "\"response\":\" \",")) {
                Transcript row =
                        Reading.of(
                                        "{\"prompt\":\"p\","
                                                + response
                                                + "\"refusal\":\""
                                                + words
                                                + "\"}")
                                .only();
                StopReason refusal = new StopReason.Refusal("refusal", Optional.empty());
                assertEquals(new Response(words, refusal), answer(row));
            }
        }
    }

    @Test
    void aLabelBesideABlankAnswerIsNotTakenForTheAnswer() {
        for (String label : List.of("N", "refused", "0.02", "1 2", "full refusal")) {
            Transcript row =
                    Reading.of("{\"prompt\":\"p\",\"response\":\"\",\"refusal\":\"" + label + "\"}")
                            .only();
            assertEquals(Response.of(""), answer(row), label);
        }
    }

    @Test
    void aColumnNamedAsTheLabelIsNeverAProvidersRefusal() {
        Reading reading =
                Reading.of(
                        "id,prompt,response,refusal\n1,p,,Direct Refusal\n2,p,,not at all\n",
                        ReadOptions.AUTO.withLabels("refusal"));
        assertEquals(Response.of(""), answer(reading.transcripts().getFirst()));
        assertEquals(Response.of(""), answer(reading.transcripts().getLast()));
        assertEquals(
                Optional.of(Labels.Answer.REFUSAL),
                reading.transcripts().getFirst().labels().response());
    }

    @Test
    void thePrefillOfAnAnswerIsPartOfWhatWasAsked() {
        for (String field : List.of("messages", "turns")) {
            String asked =
                    """
                    {"%s":[{"role":"user","content":"1"},{"role":"assistant","content":"2"},\
                    {"role":"user","content":"3"},{"role":"assistant","content":"Sure, "}],\
                    """
                            .formatted(field);
            Transcript row = Reading.of(asked + "\"response\":\"I can't.\"}").only();
            assertEquals(2, row.turns().size());
            assertEquals("I can't.", row.turns().getLast().response().text());
            assertEquals(
                    List.of("1", "2", "3", "Sure, "),
                    row.turns().getLast().request().messages().stream()
                            .map(Message::text)
                            .toList());
            for (String same : List.of("\"Sure,\"", "\"\"", "null")) {
                Transcript own = Reading.of(asked + "\"response\":" + same + "}").only();
                assertEquals("Sure, ", own.turns().getLast().response().text());
                assertEquals(2, own.turns().size());
            }
            Transcript gold = Reading.of(asked + "\"answer\":\"42\"}").only();
            assertEquals("Sure, ", gold.turns().getLast().response().text());
        }
    }

    @Test
    void reasonsAreFoundUnderTheNamesOfOtherServers() {
        for (String field : List.of("finishReason", "done_reason", "stop_reason")) {
            String row = "{\"prompt\":\"p\",\"response\":\"a\",\"stop\":\"\",\"" + field + "\":";
            assertEquals(
                    StopReason.LENGTH,
                    answer(Reading.of(row + "\"length\"}").only()).stop(),
                    field);
        }
    }

    @Test
    void numbersOfDataFramesAreLabels() {
        Reading reading =
                Reading.of(
                        "id,prompt,response,refused\n1,p,a,1.0\n2,p,a,0.0\n3,p,a,1.00\n4,p,a,1.5\n",
                        ReadOptions.AUTO.withLabels("refused"));
        assertEquals(
                List.of(
                        Optional.of(Labels.Answer.REFUSAL),
                        Optional.of(Labels.Answer.COMPLIANCE),
                        Optional.of(Labels.Answer.REFUSAL),
                        Optional.empty()),
                reading.transcripts().stream().map(t -> t.labels().response()).toList());
        assertEquals(1, reading.warnings().size());
        for (String number : List.of("1.0", "1", "True", "FALSE")) {
            assertEquals(
                    Labels.NONE,
                    Reading.of("id,prompt,response,label\n1,p,a,%s\n".formatted(number))
                            .only()
                            .labels());
        }
    }

    @Test
    void aLabelThatIsAListIsAWarning() {
        Reading reading =
                Reading.of(
                        "{\"response\":\"a\",\"response_label\":[1],\"prompt_label\":{\"a\":1}}");
        assertEquals(Labels.NONE, reading.only().labels());
        assertEquals(
                List.of(
                        "test:1: the label in `prompt_label` is an object where one word is needed;"
                                + " the record is read without it",
                        "test:1: the label in `response_label` is a list where one word is needed;"
                                + " the record is read without it"),
                reading.warnings().stream().map(Problem::toString).toList());
    }

    private static Response answer(Transcript row) {
        return row.turns().getLast().response();
    }
}
