package io.demur.cli;

import io.demur.testkit.Repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the packaged program is started. Tests start it some hundred times, and most of what it does
 * then is to load and check classes; so the first start of all leaves a cache of them for the
 * others, as the launcher has one.
 */
final class Packaged {

    private static final Path TARGET = Repository.root().resolve("cli/target");
    private static final String JARS = TARGET.resolve("demur/lib") + "/*";

    private Packaged() {}

    /** Made by whoever is first; everybody else waits for it. */
    private static final class Cache {
        static final List<String> USED = made();

        private static List<String> made() {
            Path cache = TARGET.resolve("tests.jsa");
            try {
                Files.deleteIfExists(cache);
                Path folder = Files.createTempDirectory(TARGET, "cache");
                ProcessBuilder init =
                        new ProcessBuilder(
                                        java(
                                                List.of("-XX:ArchiveClassesAtExit=" + cache),
                                                "-Xmx400m",
                                                "init",
                                                "--data",
                                                folder.resolve("data").toString()))
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .redirectError(ProcessBuilder.Redirect.DISCARD);
                init.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
                init.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
                init.start().waitFor();
            } catch (IOException e) {
                return List.of(); // it starts more slowly, and not otherwise
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Files.exists(cache) ? List.of("-XX:SharedArchiveFile=" + cache) : List.of();
        }
    }

    /**
     * The command that starts it.
     *
     * @param heap the JVM's option for it
     */
    static List<String> command(String heap, String... args) {
        return java(Cache.USED, heap, args);
    }

    private static List<String> java(List<String> cache, String heap, String... args) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                // nothing else works long enough here to be compiled twice
                                switch (args[0]) {
                                    case "score", "assess" -> "-XX:TieredStopAtLevel=4";
                                    default -> "-XX:TieredStopAtLevel=1";
                                },
                                "-Xlog:disable",
                                heap,
                                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(cache);
        command.addAll(List.of("-cp", JARS, "io.demur.cli.Main"));
        command.addAll(List.of(args));
        return command;
    }
}
