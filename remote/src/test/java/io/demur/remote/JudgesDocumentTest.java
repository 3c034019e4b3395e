package io.demur.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.harm.Assessment.Unjudged;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;

/** The reference says what the code does. */
class JudgesDocumentTest {

    @Test
    void everyGuardHasItsHeadingAndItsModel() throws IOException {
        String text = text();
        for (GuardFormat format : GuardFormat.values()) {
            has(text, "\n### " + format.label() + "\n");
            has(text, "`" + format.usualModel() + "`");
            String row =
                    text.lines()
                            .filter(line -> line.startsWith("| `" + format.label() + "` |"))
                            .findFirst()
                            .orElseThrow();
            assertEquals(format.seesRefusals(), row.contains("yes or no"), row);
        }
    }

    @Test
    void everyFigureIsTheOneInUse() throws IOException {
        String text = text();
        for (ErrorRates rates :
                new ErrorRates[] {
                    ErrorRates.GUARD,
                    ErrorRates.GENERAL,
                    ErrorRates.GUARD_ON_REFUSAL,
                    ErrorRates.GENERAL_ON_REFUSAL
                }) {
            has(
                    text,
                    String.format(
                            Locale.ROOT, "| %.3f | %.3f |", rates.given(true), rates.given(false)));
        }
        has(text, "timeout of " + RemoteJudges.TIMEOUT.toSeconds() + " s by default");
        has(text, "At most " + RemoteJudges.CONCURRENCY + " requests");
        has(text, "more than " + (ChatClient.BODY_BYTES_MAX >> 20) + " MiB");
        for (Unjudged.Reason reason : Unjudged.Reason.values()) {
            has(text, "| `" + reason + "` |");
        }
    }

    private static void has(String text, String part) {
        assertTrue(text.contains(part), part);
    }

    private static String text() throws IOException {
        return Files.readString(Repository.root().resolve("docs/reference/judges.md"));
    }
}
