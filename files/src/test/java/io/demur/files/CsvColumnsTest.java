package io.demur.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.Transcript;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What the header of a CSV file and the ends of its lines may be. */
class CsvColumnsTest {

    @Test
    void aColumnThatIsReadAndStandsTwiceIsAProblemOfTheFile() {
        Map<String, String> twice =
                Map.of(
                        "id,prompt,prompt", "prompt",
                        "id,Answer,answer", "answer",
                        "ID,id,prompt", "id");
        twice.forEach(
                (header, name) ->
                        assertEquals(
                                "test: the column `%s` is there twice, and which to read is not"
                                                .formatted(name)
                                        + " clear (rename one of the two in the header)",
                                Reading.of(header + "\n1,a,b\n").onlyProblem().toString()));
        assertEquals(
                "column-twice",
                Reading.of(
                                "prompt,response,verdict,verdict\np,a,0,1\n",
                                ReadOptions.AUTO.withLabels("verdict"))
                        .onlyProblem()
                        .code());
    }

    @Test
    void ofOtherColumnsThatStandTwiceTheFirstIsKept() {
        Transcript row = Reading.of("prompt,response,note,note\np,a,first,second\n").only();
        assertEquals(Map.of("note", "first"), row.fields());
    }

    @Test
    void linesMayEndInCarriageReturnsAlone() {
        String[] files = {
            "id,prompt,response\r1,p,\"a\rb\"\r2,p,a\r3,p\r",
            "{\"id\":1,\"prompt\":\"p\"}\r{\"id\":2,\"prompt\":\"p\"}\r\r{\"id\":3}\r"
        };
        for (String file : files) {
            byte[] plain = file.getBytes(StandardCharsets.UTF_8);
            for (byte[] bytes : List.of(plain, Reading.gzip(plain))) {
                Reading reading = Reading.of(bytes, ReadOptions.AUTO);
                assertEquals(List.of("1", "2"), reading.ids());
                assertEquals(1, reading.unreadable().size());
            }
        }
        assertEquals(List.of("1"), Reading.of("{\"id\":1,\r\"prompt\":\"p\"\r}").ids());
    }
}
