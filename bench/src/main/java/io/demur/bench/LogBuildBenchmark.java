package io.demur.bench;

import io.demur.log.Log;
import io.demur.log.LogReader;
import io.demur.log.LogSettings;
import io.demur.log.tile.FolderSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A long log: memory while it is built, proofs from its files, and opening it after a kill. */
public final class LogBuildBenchmark {

    private static final int BATCH = 64;
    private static final int PROOFS = 2000;

    private LogBuildBenchmark() {}

    /**
     * @param arguments how many entries; a folder on the disk that is to be measured; how long an
     *     entry is at the mean
     */
    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000_000;
        Path dir = Path.of(arguments.length > 1 ? arguments[1] : ".");
        int length = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 500;
        Path work = Files.createTempDirectory(dir.toAbsolutePath(), "demur-bench-log");
        try {
            build(LogBenchmark.settings(work), count, length);
            prove(work.resolve("log"), count);
        } finally {
            LogBenchmark.delete(work);
        }
    }

    private static void build(LogSettings settings, int count, int length) throws Exception {
        long start = System.nanoTime();
        SplittableRandom random = new SplittableRandom(1);
        List<CompletableFuture<Long>> flying = new ArrayList<>();
        try (Log log = Log.open(settings)) {
            for (int done = 0; done < count; ) {
                List<byte[]> entries = new ArrayList<>();
                for (int i = 0; i < BATCH && done < count; i++, done++) {
                    byte[] entry = new byte[random.nextInt(length / 2, length + length / 2)];
                    random.nextBytes(entry);
                    entries.add(entry);
                }
                flying.add(log.append(entries));
                if (flying.size() == 128) {
                    flying.forEach(CompletableFuture::join);
                    flying.clear();
                }
                if (done % 1_000_000 < BATCH && done >= BATCH) {
                    System.out.printf(
                            Locale.ROOT,
                            "%,d entries: %.0f s, %,d published, heap %,d MB, resident at most"
                                    + " %s%n",
                            done,
                            (System.nanoTime() - start) / 1e9,
                            log.checkpoint().head().size(),
                            (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory())
                                    >> 20,
                            peak());
                }
            }
            flying.forEach(CompletableFuture::join);
            System.out.printf(
                    Locale.ROOT,
                    "%,d entries acknowledged: %.0f s%n",
                    count,
                    (System.nanoTime() - start) / 1e9);
        }
        System.out.printf(
                Locale.ROOT,
                "published: %.0f s, resident at most %s%n",
                (System.nanoTime() - start) / 1e9,
                peak());
        start = System.nanoTime();
        try (Log log = Log.open(settings)) {
            System.out.printf(
                    Locale.ROOT,
                    "opened again at %,d: %.2f s%n",
                    log.size(),
                    (System.nanoTime() - start) / 1e9);
        }
    }

    private static void prove(Path folder, int count) throws Exception {
        SplittableRandom random = new SplittableRandom(2);
        long[] nanos = new long[PROOFS];
        for (int i = 0; i < PROOFS; i++) {
            long index = random.nextLong(count);
            long start = System.nanoTime();
            int length = new LogReader(new FolderSource(folder)).inclusion(index, count).size();
            nanos[i] = System.nanoTime() - start;
            if (length == 0 && count > 1) {
                throw new IllegalStateException("an empty proof");
            }
        }
        long[] warm = Arrays.copyOfRange(nanos, PROOFS / 2, PROOFS);
        Arrays.sort(warm);
        System.out.printf(
                Locale.ROOT,
                "proof of inclusion, each with a reader of its own: p50 %.3f ms, p99 %.3f ms%n",
                warm[warm.length / 2] / 1e6,
                warm[(int) (warm.length * 0.99)] / 1e6);
    }

    /** The most memory that the process ever had. */
    private static String peak() throws Exception {
        Path status = Path.of("/proc/self/status");
        if (Files.notExists(status)) {
            return "unknown";
        }
        Matcher found = Pattern.compile("VmHWM:\\s*(\\d+) kB").matcher(Files.readString(status));
        return found.find() ? Integer.parseInt(found.group(1)) / 1024 + " MB" : "unknown";
    }
}
