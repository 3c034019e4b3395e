package io.demur.bench;

import io.demur.log.FileAnchor;
import io.demur.log.Log;
import io.demur.log.LogSettings;
import io.demur.log.note.SigningKey;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.DoubleStream;

/**
 * Appending with durable acknowledgement, beside the floor: one thread that writes what waits into
 * a plain file and calls fdatasync. Rounds alternate, since other programs use the disk as well.
 */
public final class LogBenchmark {

    private static final int ENTRY = 500;
    private static final int CALLERS = 64;
    private static final int RATE = 6000;
    private static final int SECONDS = 5;
    private static final int ROUNDS = 4;

    private LogBenchmark() {}

    /** What takes entries and says when they are durable. */
    private interface Subject extends AutoCloseable {
        CompletableFuture<?> append(byte[] entry);

        @Override
        void close() throws IOException;
    }

    /** The floor: no frames, no checks, no tree. */
    private static final class Plain implements Subject {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        private record Waiting(byte[] entry, CompletableFuture<Void> done) {}

        private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
        private final FileChannel file;
        private final Thread thread;
        private volatile boolean closed;

        Plain(Path file) throws IOException {
            this.file = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            this.thread = Thread.ofPlatform().start(this::run);
        }

        @Override
        public CompletableFuture<?> append(byte[] entry) {
            Waiting waiting = new Waiting(entry, new CompletableFuture<>());
            queue.add(waiting);
            LockSupport.unpark(thread);
            return waiting.done();
        }

        private void run() {
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
            List<CompletableFuture<Void>> batch = new ArrayList<>();
            try {
                while (!closed || !queue.isEmpty()) {
                    buffer.clear();
                    batch.clear();
                    while (buffer.remaining() >= ENTRY) {
                        Waiting next = queue.poll();
                        if (next == null) {
                            break;
                        }
                        buffer.put(next.entry());
                        batch.add(next.done());
                    }
                    if (batch.isEmpty()) {
                        LockSupport.park(this);
                        continue;
                    }
                    buffer.flip();
                    while (buffer.hasRemaining()) {
                        file.write(buffer);
                    }
                    file.force(false);
                    batch.forEach(each -> each.complete(null));
                }
            } catch (IOException e) {
                batch.forEach(each -> each.completeExceptionally(e));
            }
        }

        @Override
        public void close() throws IOException {
            closed = true;
            LockSupport.unpark(thread);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            file.close();
        }
    }

    private record Ours(Log log) implements Subject {
        @Override
        public CompletableFuture<?> append(byte[] entry) {
            return log.append(List.of(entry));
        }

        @Override
        public void close() throws IOException {
            log.close();
        }
    }

    /** Figures of one round. */
    private record Round(double perSecond, double p50, double p99) {}

    /** Runs it in a folder of the disk that is to be measured (by default the working folder). */
    public static void main(String[] arguments) throws Exception {
        Path dir = Path.of(arguments.length > 0 ? arguments[0] : ".");
        Path work = Files.createTempDirectory(dir.toAbsolutePath(), "demur-bench-log");
        try {
            List<List<Round>> rounds = new ArrayList<>();
            for (int kind = 0; kind < 4; kind++) {
                rounds.add(new ArrayList<>());
            }
            for (int round = -1; round < ROUNDS; round++) {
                for (int kind = 0; kind < 4; kind++) {
                    Path place = Files.createDirectory(work.resolve(round + "-" + kind));
                    try (Subject subject = kind % 2 == 0 ? plain(place) : ours(place)) {
                        Round figures = kind < 2 ? closed(subject) : paced(subject);
                        if (round >= 0) { // the one before is for warming up
                            rounds.get(kind).add(figures);
                        }
                    }
                    delete(place);
                }
            }
            String[] names = {
                "plain file, 64 callers", "log, 64 callers", "plain file, 6,000/s", "log, 6,000/s"
            };
            System.out.println("| | entries/s | p50, ms | p99, ms |");
            System.out.println("|---|---|---|---|");
            for (int kind = 0; kind < 4; kind++) {
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %s | %s |%n",
                        names[kind],
                        list(rounds.get(kind).stream().mapToDouble(Round::perSecond), "%,.0f"),
                        list(rounds.get(kind).stream().mapToDouble(Round::p50), "%.2f"),
                        list(rounds.get(kind).stream().mapToDouble(Round::p99), "%.2f"));
            }
        } finally {
            delete(work);
        }
    }

    private static String list(DoubleStream numbers, String format) {
        return String.join(
                ", ", numbers.mapToObj(each -> String.format(Locale.ROOT, format, each)).toList());
    }

    private static Subject plain(Path folder) throws IOException {
        return new Plain(folder.resolve("plain"));
    }

    private static Subject ours(Path folder) throws Exception {
        return new Ours(Log.open(settings(folder)));
    }

    /** A log with an anchor and a checkpoint a second, as the product has it. */
    static LogSettings settings(Path folder) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return new LogSettings(
                folder.resolve("log"),
                new SigningKey("example.com/bench", pair.getPublic(), pair.getPrivate()),
                List.of(new FileAnchor(folder.resolve("anchor"))),
                Duration.ofSeconds(1),
                broken -> System.out.println(broken));
    }

    /** Callers that each wait for one entry before they append the next. */
    private static Round closed(Subject subject) throws InterruptedException {
        long[][] nanos = new long[CALLERS][1 << 18];
        int[] counts = new int[CALLERS];
        long start = System.nanoTime();
        long end = start + SECONDS * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            int caller = i;
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        byte[] entry = new byte[ENTRY];
                                        for (long now = start; now < end; ) {
                                            Object done = subject.append(entry).join();
                                            assert done == null || done instanceof Long;
                                            long then = System.nanoTime();
                                            nanos[caller][counts[caller]++] = then - now;
                                            now = then;
                                        }
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] all = new long[Arrays.stream(counts).sum()];
        int at = 0;
        for (int i = 0; i < CALLERS; i++) {
            System.arraycopy(nanos[i], 0, all, at, counts[i]);
            at += counts[i];
        }
        return round(all, seconds);
    }

    /** One entry each 1/6,000 s, whether those before are done or not. */
    private static Round paced(Subject subject) throws InterruptedException {
        int count = RATE * SECONDS;
        long[] nanos = new long[count];
        CountDownLatch left = new CountDownLatch(count);
        byte[] entry = new byte[ENTRY];
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            int index = i;
            long due = start + i * 1_000_000_000L / RATE;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            CompletableFuture<?> done = subject.append(entry);
            CompletableFuture<?> unused =
                    done.whenComplete(
                            (value, failure) -> {
                                // from when it was due: a stall counts for all that came in it
                                nanos[index] = System.nanoTime() - due;
                                left.countDown();
                            });
        }
        left.await();
        return round(nanos, (System.nanoTime() - start) / 1e9);
    }

    private static Round round(long[] nanos, double seconds) {
        Arrays.sort(nanos);
        return new Round(
                nanos.length / seconds,
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6);
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
