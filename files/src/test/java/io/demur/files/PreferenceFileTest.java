package io.demur.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.Problem;
import io.demur.testkit.Golden;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class PreferenceFileTest {

    private static final Path FOLDER =
            Repository.root().resolve("files/src/test/resources/preferences");

    @Test
    void everyFormSaysWhatItTeaches() throws Exception {
        String file = Files.readString(FOLDER.resolve("forms.jsonl"));
        List<Problem> problems = new ArrayList<>();
        StringBuilder read = new StringBuilder();
        read(file, problems).forEach(row -> read.append(row).append('\n'));
        assertEquals(List.of(), problems);
        Golden.check("files/src/test/resources/preferences/read.txt", read.toString());
    }

    @Test
    void whatIsWrongIsSaidWithItsPlaceAndTheRestIsRead() throws Exception {
        String file = Files.readString(FOLDER.resolve("wrong.jsonl"));
        List<Problem> problems = new ArrayList<>();
        List<Preference> read = read(file, problems);
        StringBuilder said = new StringBuilder();
        problems.forEach(problem -> said.append(problem).append('\n'));
        read.forEach(row -> said.append(row).append('\n'));
        Golden.check("files/src/test/resources/preferences/wrong.txt", said.toString());
    }

    @Test
    void whatIsNoJsonIsSaidOnce() {
        for (String file : List.of("", "PAR1\u0001\u0002", "prompt,chosen\na,b\n")) {
            List<Problem> problems = new ArrayList<>();
            assertEquals(List.of(), read(file, problems));
            assertEquals(1, problems.size(), problems::toString);
        }
    }

    private static List<Preference> read(String text, List<Problem> problems) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Preference> read = new ArrayList<>();
        try (PreferenceFile file =
                PreferenceFile.open(
                        Input.of("rows.jsonl", () -> new ByteArrayInputStream(bytes)))) {
            Optional<List<Preference>> next = file.next(problems::add);
            while (next.isPresent()) {
                read.addAll(next.get());
                next = file.next(problems::add);
            }
        }
        return read;
    }
}
