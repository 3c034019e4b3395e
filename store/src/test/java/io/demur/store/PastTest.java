package io.demur.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.LogReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** How often the log is looked at for those who ask what was done. */
class PastTest {

    private static final int ASKING = 8;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void whoAsksWhileAnotherTakesInWhatIsNewSharesTheNextTime() throws Exception {
        MemoryLog log = new MemoryLog();
        AtomicInteger looked = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(1);
        try (Bench bench = new Bench(StoreSettings.file(folder.resolve("store.db")))) {
            Past past =
                    new Past(
                            bench.store,
                            new Projection(bench.store, "log", log::decode, () -> bench.now),
                            new Past.Published() {
                                @Override
                                public LogReader log() {
                                    return log.reader();
                                }

                                @Override
                                public long size() throws IOException {
                                    looked.incrementAndGet();
                                    try {
                                        all.await();
                                    } catch (InterruptedException e) {
                                        throw new IOException(e);
                                    }
                                    return log.size();
                                }
                            },
                            Duration.ZERO);
            List<Thread> asking = new ArrayList<>();
            List<Optional<Exchanged>> found = new ArrayList<>();
            for (int i = 0; i < ASKING; i++) {
                asking.add(
                        Thread.ofPlatform()
                                .start(
                                        () -> {
                                            try {
                                                Optional<Exchanged> it =
                                                        past.exchange(Bench.att(1));
                                                synchronized (found) {
                                                    found.add(it);
                                                }
                                            } catch (StoreFailed | IOException e) {
                                                throw new IllegalStateException(e);
                                            }
                                        }));
            }
            // one looks, and the others wait for it
            while (asking.stream().filter(PastTest::isWaiting).count() < ASKING - 1) {
                Thread.sleep(10);
            }
            all.countDown();
            for (Thread each : asking) {
                each.join();
            }
            assertEquals(ASKING, found.size());
            assertTrue(found.stream().allMatch(Optional::isEmpty));
            assertEquals(2, looked.get());
        }
    }

    /** For its turn; on the way there threads wait for connections, too. */
    private static boolean isWaiting(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return thread.getState() == Thread.State.BLOCKED
                && stack.length > 0
                && stack[0].getClassName().equals(Past.class.getName());
    }
}
