package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.record.DataFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class FirstPolicyTest {

    private static List<Path> put(Path folder) throws Exception {
        Surroundings surroundings =
                new Surroundings(
                        Map.of(
                                "XDG_CONFIG_HOME", folder.resolve("config") + "",
                                "XDG_STATE_HOME", folder.resolve("state") + "",
                                "HOME", folder + "",
                                "USER", "ada"),
                        InstantSource.system());
        Installation installation =
                new Installation(new DataFolder(folder.resolve("data")), surroundings);
        InitCommand.make(installation, Optional.empty(), "test");
        return FirstPolicy.put(installation, surroundings);
    }

    /** Somebody laid their policy there, and was served under another one without a word. */
    @Test
    void aPolicyThatLiesThereAlreadyIsNamedSinceItIsNotTheOneInForce(@TempDir Path folder)
            throws Exception {
        Path document = Files.createDirectories(folder.resolve("data")).resolve("policy.yaml");
        Files.writeString(document, "posture: 9\n");
        assertEquals(List.of(document), put(folder));
        assertEquals("posture: 9\n", Files.readString(document));
    }

    @Test
    void whereNothingLiesThereNothingIsSaid(@TempDir Path folder) throws Exception {
        assertEquals(List.of(), put(folder));
    }
}
