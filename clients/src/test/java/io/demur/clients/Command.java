package io.demur.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs scripts in other languages, which say what they find and end with 0 where all is well. */
final class Command {

    private static final int SECONDS = 240;

    private Command() {}

    /** Skips the test where a program does not run here, or lacks what it is to load. */
    static void assumeRuns(Path folder, String why, String... command) throws Exception {
        int status;
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            status = process.waitFor();
        } catch (IOException e) {
            status = -1;
        }
        assumeTrue(status == 0, why);
    }

    /** Runs a script against a site. */
    static void run(Path folder, Site site, String... command) throws Exception {
        Path said = Files.createTempFile("clients", ".txt");
        List<String> words = new ArrayList<>(List.of(command));
        ProcessBuilder builder =
                new ProcessBuilder(words)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile());
        builder.environment()
                .putAll(
                        Map.ofEntries(
                                Map.entry("DEMUR_URL", site.url()),
                                Map.entry("DEMUR_KEY", site.key()),
                                Map.entry("DEMUR_STRUCTURED_URL", site.structuredUrl()),
                                Map.entry("DEMUR_STRUCTURED_KEY", site.structuredKey()),
                                Map.entry("DEMUR_LENIENT_URL", site.lenientUrl()),
                                Map.entry("DEMUR_LENIENT_KEY", site.lenientKey()),
                                Map.entry("DEMUR_HARMLESS", Site.HARMLESS),
                                Map.entry("DEMUR_HARMFUL", Site.HARMFUL),
                                Map.entry("DEMUR_LONG", Site.LONG)));
        Process process = builder.start();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String output = Files.readString(said, StandardCharsets.UTF_8);
        Files.delete(said);
        assertEquals(0, process.exitValue(), output);
    }
}
