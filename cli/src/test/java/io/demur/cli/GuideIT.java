package io.demur.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the guides show is what the program prints, from the first command to the last. */
class GuideIT {

    /** One decision in twenty is drawn for a second look, and the story has two. */
    private static final int TRIES = 4;

    @Test
    void theStoryOfARouteAroundIsAsTheGuideTellsIt(@TempDir Path folder) throws Exception {
        for (String tool : List.of("bash", "curl", "jq", "base64")) {
            assumeTrue(has(tool), () -> "skipped: the guide wants `%s`".formatted(tool));
        }
        for (int i = 1; ; i++) {
            Path stage = Files.createDirectory(folder.resolve("play" + i));
            try (Play play = new Play(stage, "/tmp/around")) {
                play.page("docs/guides/route-arounds.md");
                return;
            } catch (Play.Astray astray) {
                if (i == TRIES) {
                    throw astray;
                }
            }
        }
    }

    private static boolean has(String tool) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
