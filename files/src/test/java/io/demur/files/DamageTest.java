package io.demur.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What is wrong with a file is said in one line each, and costs no other row. */
class DamageTest {

    private static final String GOOD = "{\"id\":\"%s\",\"prompt\":\"p\",\"response\":\"a\"}\n";

    @Test
    void jsonThatIsNone() {
        badLine("{\"prompt\":\"p\",\"response\":\"cut o", "test:2:32: the JSON value is cut off");
        badLine(
                "{\"prompt\":\"p\" \"response\":\"a\"}",
                """
                test:2:15: unexpected `"` where a comma or the end should stand\
                """);
        badLine("{\"prompt\":\"é\",\"response\":tru}", "test:2:26: `tru` is no JSON value");
        badLine("{\"prompt\":[1}", "test:2:13: `}` stands where `]` would be right");
        badLine(
                "{\"prompt\":\"a\tb\"}",
                "test:2:13: a control character (code 9) stands unescaped");
        badLine(
                "{\"prompt\":\"p\"}{\"prompt\":\"p\"}",
                "test:2:15: more follows after the end of the JSON value");
    }

    @Test
    void otherFormatsAmongJsonLines() {
        badLine("2,\"What?\",Nothing.", "test:2:2: more follows after the end of the JSON value");
        badLine("[1, 2]", "test:2: a list where an object is needed");
        badLine("\"only text\"", "test:2: text where an object is needed");
        badLine(
                "{\"score\":1,\"name\":\"x\"}",
                "test:2: the record has no known shape: its fields are `score`, `name`"
                        + " (name the fields: --map prompt=… --map response=…)");
        badLine(
                "{\"prompt\":{\"text\":\"p\"},\"response\":\"a\"}",
                "test:2: as `rows`: `prompt` is an object where text is needed");
        badLine(
                "{\"messages\":[{\"role\":\"usr\",\"content\":\"p\"}]}",
                "test:2: as `chat`: `messages[0].role` is `usr` where `system`, `user`, `assistant`"
                        + " or `tool` is needed");
        badLine(
                "{\"messages\":[{\"role\":\"user\",\"content\":5}]}",
                "test:2: as `chat`: `messages[0].content` is a number where text or a list of parts"
                        + " is needed");
        badLine(
                "{\"id\":\"r\",\"object\":\"response\",\"output\":[{\"role\":\"assistant\"}]}",
                "test:2: as `openai-chat`: this is an OpenAI Responses body, which is not read"
                        + " yet");
        badLine(
                "{\"choices\":[]}",
                "test:2: as `openai-chat`: `choices` is empty where a list of at least one choice"
                        + " is needed");
    }

    @Test
    void bytesThatAreNoText() {
        badLine(bytes("{\"prompt\":\"é", 0xC3, "(\"}"), "test:2:13: byte `0xC3` is no UTF-8 here");
        badLine(bytes("{\"prompt\":\"", 0xED, "x\"}"), "test:2:12: byte `0xED` is no UTF-8 here");
        badLine(bytes("{\"prompt\":\"a", 0, "b\"}"), "test:2:13: a NUL byte is no text");
        badLine(new byte[] {0, 0, 0}, "test:2:1: a NUL byte is no text");
    }

    @Test
    void whatGoesBeyondAllLimits() {
        badLine("{\"prompt\":" + "[".repeat(5000), "test:2: nested deeper than 1,000 levels");
        badLine(
                "{\"prompt\":" + "1".repeat(2000) + "}",
                "test:2: a number of more than 1,000 digits");
        assertEquals(
                List.of("1"),
                Reading.of("{\"id\":1,\"prompt\":1e999999999,\"id\":\"1\",\"x\":NaN}").ids());
    }

    @Test
    void aRecordAboveTheCap() {
        Reading reading =
                Reading.of(
                        GOOD.formatted("1")
                                + GOOD.formatted("x".repeat(2000))
                                + GOOD.formatted("3"),
                        ReadOptions.AUTO.withRecordBytesMax(1024));
        assertEquals(List.of("1", "3"), reading.ids());
        assertEquals(
                "test:2: a record of 2.0 KiB is above the cap of 1 KiB" + " (split it)",
                reading.unreadable().getFirst().toString());
        assertEquals(
                "a record of 1,025 bytes is above the cap of 1,024 bytes",
                new RecordCap(1024).exceeded(Where.file("test"), 1025).message());
    }

    @Test
    void filesThatAreNoTranscripts() {
        noFile("", "test: there are no records in it");
        noFile(" \n\n", "test: there are no records in it");
        noFile("id,prompt,response\n", "test: there are no records in it");
        noFile(
                "Dear diary\n",
                "test: neither JSON nor a CSV file with known columns; it begins with `Dear"
                        + " diary`");
        noFile(
                "\u0001\t\u001B[31m",
                "test: neither JSON nor a CSV file with known columns; it begins with"
                        + " `\uFFFD\uFFFD\uFFFD[31m`");
        byte[] latin = "Frage,Lösung\nx,y\n".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                "test: the file is no UTF-8 text; it begins with `Frage,L\uFFFDsung`",
                Reading.of(latin, ReadOptions.AUTO).onlyProblem().toString());
        noFile(
                "PK\3\4zip",
                "test: the file is a ZIP archive, which is not read"
                        + " (unpack it, or export it as JSON lines or CSV)");
        noFile(
                "name,score\nx,1\n",
                "test: no column is known to hold a prompt or a response; the columns are `name`,"
                        + " `score` (say which: --map prompt=name --map response=score)");
    }

    @Test
    void csvRowsThatAreNone() {
        String header = "id,prompt,response\n";
        badRow(header, "2,only two", "test:3: 2 fields where the header has 3");
        badRow(header, "2,one,two,three", "test:3: 4 fields where the header has 3");
        badRow(
                header,
                "2,what?,\"not closed",
                "test:3:9: the quote that opens here is not closed before a separator or line end"
                        + " within 16 MiB (close it, and write a quote within a field twice)");
        badRow(
                header,
                "2,\"a \"quoted\" word\",x",
                "test:3:3: the quote that opens here is not closed before a separator or line end"
                        + " within 16 MiB (close it, and write a quote within a field twice)");
        badRow(header, "2,a\0b,x", "test:3:4: a NUL byte is no text");
    }

    @Test
    void anOpenQuoteCostsOneRowAlsoAtTheEnd() {
        Reading reading =
                Reading.of("id,prompt,response\n1,p,a\n2,\"p,a\n3,p,a\n4,p,\"a\nb\"\n5,p,a\n6,\"p");
        assertEquals(List.of("1", "3", "4", "5"), reading.ids());
        assertEquals(
                List.of(3L, 8L), reading.unreadable().stream().map(p -> p.where().line()).toList());
    }

    @Test
    void gzipThatIsDamagedGivesTheRecordsBefore() {
        String text = GOOD.formatted("1") + GOOD.formatted("2");
        byte[] gzip = Reading.gzip(text.getBytes(StandardCharsets.UTF_8));
        Reading cut = Reading.of(Arrays.copyOf(gzip, gzip.length - 4), ReadOptions.AUTO);
        assertEquals(List.of("1", "2"), cut.ids());
        assertEquals(
                "test:2: reading broke off after the record of line 2: the gzip data is cut off"
                        + " (the records before it are read; fetch the file again)",
                cut.unreadable().getFirst().toString());
        byte[] more = Arrays.copyOf(gzip, gzip.length + 3);
        more[gzip.length] = 'x';
        assertEquals(
                "file-broken-off",
                Reading.of(more, ReadOptions.AUTO).unreadable().getFirst().code());
        gzip[gzip.length - 8] ^= 1;
        assertTrue(
                Reading.of(gzip, ReadOptions.AUTO)
                        .unreadable()
                        .getFirst()
                        .message()
                        .contains("checksum"));
    }

    @Test
    void damageInAnArrayCostsOneRecord() {
        String array =
                """
                [
                  {"id": "1", "prompt": "p",
                   "response": "a"},
                  {"id": "2", "prompt": "p,
                   "response": "a"},
                  {"id": "3", "prompt": "p", "x": {
                    "y": [
                      {"z": 1}
                  }},
                  {"id": "4", "prompt": "p",
                   "response": {"b": "c"
                  },
                  {
                    "id": "5", "prompt": "p"
                  }
                ]
                """;
        Reading reading = Reading.of(array);
        assertEquals(List.of("1", "5"), reading.ids());
        assertEquals(
                List.of(
                        "test:4:28: a control character (code 10) stands unescaped",
                        "test:9:3: `}` stands where `]` would be right",
                        "test:13:1: the JSON value is cut off"),
                reading.unreadable().stream().map(Problem::toString).toList());
    }

    @Test
    void damageEverywhereIsStillReadInOnePass() {
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> {
                    String open = "{\n".repeat(200_000);
                    assertEquals(200_000, Reading.of(open).unreadable().size());
                    String documents = "{\n  \"id\": 1,\n  \"x\": [{}, [],\n".repeat(50_000);
                    assertEquals(50_000, Reading.of(documents).unreadable().size());
                    String array = "[\n" + " {\n  \"x\": {\n },\n".repeat(50_000) + "]";
                    assertEquals(50_001, Reading.of(array).unreadable().size());
                    String csv = "id,prompt\n" + "1,\"open\n2,\"\"\n3,shut\"x\n".repeat(50_000);
                    assertEquals(50_000, Reading.of(csv).unreadable().size());
                });
    }

    @Test
    void whatIsLostAfterDamageIsSaid() {
        Reading reading = Reading.of("[{\"prompt\": \"a\", \"b\": [}, {\"prompt\": \"c\"}]\n \n");
        assertEquals(
                List.of("json-invalid", "json-lost"),
                reading.unreadable().stream().map(Problem::code).toList());
        Reading cut = Reading.of("[{\"prompt\": \"a\"}, {\"prompt\": \"c\"}\n");
        assertEquals(2, cut.transcripts().size());
        assertEquals("test:2: the array is not closed", cut.unreadable().getFirst().toString());
    }

    @Test
    void theNeighboursOfADamagedLineSurvive() {
        Property.check(
                500,
                gen -> {
                    ByteArrayOutputStream file = new ByteArrayOutputStream();
                    int damaged = gen.between(0, 9);
                    for (int i = 0; i < 10; i++) {
                        byte[] line = GOOD.formatted("id" + i).getBytes(StandardCharsets.UTF_8);
                        byte[] text = Arrays.copyOf(line, line.length - 1);
                        file.write(i == damaged ? gen.damaged(text) : text);
                        file.write('\n');
                    }
                    List<String> ids = Reading.of(file.toByteArray(), ReadOptions.AUTO).ids();
                    for (int i = 0; i < 10; i++) {
                        String id = "id" + i;
                        assertTrue(i == damaged || ids.contains(id), () -> id + " is lost");
                    }
                });
    }

    private static void badLine(String line, String expected) {
        badLine(line.getBytes(StandardCharsets.UTF_8), expected);
    }

    private static void badLine(byte[] line, String expected) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(GOOD.formatted("1").getBytes(StandardCharsets.UTF_8));
        file.writeBytes(line);
        file.writeBytes(("\n" + GOOD.formatted("3")).getBytes(StandardCharsets.UTF_8));
        Reading reading = Reading.of(file.toByteArray(), ReadOptions.AUTO);
        assertEquals(
                List.of(expected), reading.unreadable().stream().map(Problem::toString).toList());
        assertEquals(List.of("1", "3"), reading.ids());
    }

    private static void badRow(String header, String row, String expected) {
        Reading reading = Reading.of(header + "1,p,\"a\"\n" + row + "\n3,p,\"a\"\n");
        assertEquals(
                List.of(expected), reading.unreadable().stream().map(Problem::toString).toList());
        assertEquals(List.of("1", "3"), reading.ids());
    }

    private static void noFile(String text, String expected) {
        assertEquals(expected, Reading.of(text).onlyProblem().toString());
    }

    private static byte[] bytes(String before, int odd, String after) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        bytes.write(odd);
        bytes.writeBytes(after.getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
