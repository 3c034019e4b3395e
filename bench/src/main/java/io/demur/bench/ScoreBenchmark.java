package io.demur.bench;

import io.demur.files.output.Json;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole program as a user starts it, on a large JSONL file: megabytes a second and peak memory,
 * with and without rows written; beside reading the same file and counting its lines.
 */
public final class ScoreBenchmark {

    private static final int ROUNDS = 2;

    private record Timed(double seconds, long peakKilobytes) {}

    private ScoreBenchmark() {}

    /**
     * Runs the benchmark.
     *
     * @param args the repository's root, and the size of the file in megabytes
     */
    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[0]);
        int megabytes = args.length > 1 ? Integer.parseInt(args[1]) : 1024;
        Path folder = Files.createTempDirectory("demur-bench");
        Path input = folder.resolve("input.jsonl");
        try {
            long rows = generate(input, megabytes * 1_000_000L);
            System.out.printf(
                    "%,d MB of JSONL, %,d replies of 200 to 2,000 characters, %d cores%n%n",
                    megabytes, rows, Runtime.getRuntime().availableProcessors());
            System.out.printf("%-28s %8s %8s %10s%n", "", "s", "MB/s", "peak MB");
            String demur = root.resolve("demur").toString();
            Path out = folder.resolve("out.jsonl");
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                countLines(input);
                print("floor: count its lines", megabytes, new Timed(since(start), 0));
                print("summary only", megabytes, run(demur, "score", input.toString()));
                print(
                        "with rows (--out)",
                        megabytes,
                        run(demur, "score", input.toString(), "--out", out.toString()));
            }
        } finally {
            for (Path file : List.of(input, folder.resolve("out.jsonl"))) {
                Files.deleteIfExists(file);
            }
            Files.delete(folder);
        }
    }

    private static void print(String what, int megabytes, Timed timed) {
        String peak = timed.peakKilobytes() == 0 ? "-" : "" + timed.peakKilobytes() / 1024;
        System.out.printf(
                "%-28s %8.1f %8.1f %10s%n",
                what, timed.seconds(), megabytes / timed.seconds(), peak);
    }

    private static long generate(Path file, long bytes) throws IOException {
        Replies replies = new Replies(11);
        long rows = 0;
        long[] written = {0};
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(file), 1 << 16) {
                    @Override
                    public synchronized void write(byte[] b, int off, int len) throws IOException {
                        written[0] += len;
                        super.write(b, off, len);
                    }
                }) {
            while (written[0] < bytes) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("id", "r" + rows);
                row.put("model", "model-" + rows % 5);
                row.put("prompt", replies.prompt());
                row.put("response", replies.reply(200 + (int) (rows * 7919 % 1800)));
                row.put("prompt_label", rows % 2 == 0 ? "benign" : "harmful");
                Json.writeLine(out, row);
                rows++;
            }
        }
        return rows;
    }

    private static long countLines(Path file) throws IOException {
        long lines = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        return lines;
    }

    private static Timed run(String... command) throws Exception {
        List<String> whole = new ArrayList<>(List.of(command));
        long start = System.nanoTime();
        Process process =
                new ProcessBuilder(whole)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        long peak = 0;
        while (process.isAlive()) {
            peak = Math.max(peak, peakKilobytes(process.pid()));
            Thread.sleep(20);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(whole + " ended with " + process.exitValue());
        }
        return new Timed(since(start), peak);
    }

    /** The process's peak resident memory as Linux keeps it; 0 where there is no such file. */
    private static long peakKilobytes(long pid) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException gone) {
            return 0;
        }
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
