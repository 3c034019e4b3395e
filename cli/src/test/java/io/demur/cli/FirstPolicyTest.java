package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class FirstPolicyTest {

    /** Somebody laid their policy there, and was served under another one without a word. */
    @Test
    void aDocumentThatLiesThereAlreadyIsNotedSinceItIsNotWhatIsPutInForce(@TempDir Path folder)
            throws Exception {
        Path document = folder.resolve("policy.yaml");
        List<Path> others = new ArrayList<>();
        FirstPolicy.write(document, "posture: 5\n", others);
        FirstPolicy.write(document, "posture: 5\n", others);
        assertEquals(List.of(), others);
        FirstPolicy.write(document, "posture: 9\n", others);
        assertEquals(List.of(document), others);
        assertEquals("posture: 5\n", Files.readString(document));
    }
}
