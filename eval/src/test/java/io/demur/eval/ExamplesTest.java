package io.demur.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.FailureMode;
import io.demur.core.Labels;
import io.demur.core.Refusal;
import io.demur.core.Transcript;
import io.demur.files.Decoded;
import io.demur.files.Entry;
import io.demur.files.Input;
import io.demur.files.ReadOptions;
import io.demur.files.TranscriptFile;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the README says of the examples. */
class ExamplesTest {

    @Test
    void theyShowEveryDegreeKindFormAndFailureMode() throws IOException {
        Set<String> shown = new HashSet<>();
        Set<Labels.Answer> degrees = EnumSet.noneOf(Labels.Answer.class);
        for (Transcript transcript : examples()) {
            shown.addAll(
                    Arrays.asList(transcript.fields().getOrDefault("shows", "").split(" ", -1)));
            transcript.labels().response().ifPresent(degrees::add);
        }
        assertEquals(
                EnumSet.of(Labels.Answer.COMPLIANCE, Labels.Answer.PARTIAL, Labels.Answer.FULL),
                degrees);
        for (Enum<?>[] words :
                List.<Enum<?>[]>of(
                        Refusal.Kind.values(), Refusal.Form.values(), FailureMode.values())) {
            for (Enum<?> word : words) {
                assertTrue(shown.contains(Row.word(word)), () -> word + " is not shown");
            }
        }
    }

    @Test
    void eachSaysWhyItsLabelIsRight() throws IOException {
        for (Transcript transcript : examples()) {
            assertTrue(transcript.fields().containsKey("why"), transcript::id);
        }
    }

    private static List<Transcript> examples() throws IOException {
        Input input = Input.of(Repository.root().resolve("examples/transcripts.jsonl"));
        List<Transcript> transcripts = new ArrayList<>();
        try (TranscriptFile file = TranscriptFile.open(input, ReadOptions.AUTO)) {
            for (Optional<Entry> entry = file.next(); entry.isPresent(); entry = file.next()) {
                transcripts.addAll(((Decoded.Read) entry.get().decode()).transcripts());
            }
        }
        assertTrue(transcripts.size() > 40);
        return transcripts;
    }
}
