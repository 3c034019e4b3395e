package io.demur.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Runs every command once in one process, so that the JVM can record the classes that they need,
 * and a gateway for some hundred exchanges, so that it knows what to compile. The launcher calls it
 * after a build; {@code docs/decisions/2026-11-21-start.md} has the figures.
 */
final class StartTraining {

    private StartTraining() {}

    /**
     * Trains on two files.
     *
     * @param args the transcripts to score, and the requests to assess
     */
    public static void main(String[] args) throws IOException {
        Path out = Files.createTempDirectory("demur-start");
        Path rows = out.resolve("rows.jsonl");
        Path summary = out.resolve("summary.json");
        try {
            Main.run("--version");
            Main.run("help");
            Main.run("help", "score");
            Main.run("score", args[0]);
            Main.run("score", args[0], "--out", rows.toString(), "--summary", summary.toString());
            Main.run("assess", args[1]);
            Main.run("assess", args[1], "--out", rows.toString(), "--summary", summary.toString());
            Main.run("help", "serve");
            serve(Files.createDirectory(out.resolve("serve")));
        } finally {
            try (Stream<Path> files = Files.walk(out)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Where no gateway can be had here, it starts more slowly, and not otherwise. */
    private static void serve(Path folder) {
        try {
            new ServeTraining(folder).run();
        } catch (IOException e) {
            System.err.println("demur: " + e);
        }
    }
}
