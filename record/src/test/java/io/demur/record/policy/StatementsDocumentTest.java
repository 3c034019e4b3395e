package io.demur.record.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.note.Note;
import io.demur.log.note.VerifierKey;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page on statements says what is so. */
class StatementsDocumentTest {

    private static final Pattern KEY = Pattern.compile("ann\\+[0-9a-f]{8}\\+[A-Za-z0-9+/=]+");

    private static String read(String file) throws IOException {
        return Files.readString(Repository.root().resolve(file));
    }

    @Test
    void theExampleIsSignedAndItsDigestIsTheOneThatIsShown() throws Exception {
        String page = read("docs/reference/policy-statements.md");
        String example = read("record/src/test/resources/policy/example.note");
        assertTrue(page.contains("```\n" + example + "```\n"), "the example is another");
        Note note = Note.parse(example.getBytes(StandardCharsets.UTF_8));
        Matcher key = KEY.matcher(note.text());
        assertTrue(key.find());
        VerifierKey signer = VerifierKey.parse(key.group());
        assertEquals(Set.of(signer), note.signers(List.of(signer)));
        assertTrue(page.contains(Statement.parse(note.text()).digest() + "  text\n"));
    }

    @Test
    void everyProblemIsThere() throws Exception {
        String page = read("docs/reference/policy-statements.md");
        Arrays.stream(PolicyProblem.values())
                .map(it -> "| `%s` | %s |\n".formatted(it.code(), it.meaning()))
                .forEach(row -> assertTrue(page.contains(row), row));
    }
}
