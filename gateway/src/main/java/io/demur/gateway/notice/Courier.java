package io.demur.gateway.notice;

import io.demur.gateway.notice.Notices.Pace;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Tells one recipient, on a thread of its own. What fails is tried again, later each time, for as
 * long as its patience lasts; what one notice meets with holds up no other. A notice may arrive
 * twice, where the process ends between the recipient's answer and the file.
 */
final class Courier implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Courier.class.getName());
    private static final long LOOK_MILLIS = 60_000;
    private static final long END_SECONDS = 2;

    private final Recipient recipient;
    private final Path folder;
    private final InstantSource clock;
    private final Pace pace;
    private final BlockingQueue<Notice> incoming = new LinkedBlockingQueue<>();
    private final ExecutorService thread;
    private volatile Standing standing;
    private volatile boolean ending;

    /** What the file says; the thread's own. */
    private Standing kept;

    /** What is to be told, and how that goes. */
    private static final class Due {
        final Notice notice;
        final Instant since;
        Instant next;
        int failed;

        Due(Notice notice, Instant now) {
            this.notice = notice;
            since = now;
            next = now;
        }
    }

    Courier(Recipient recipient, Path folder, InstantSource clock, Pace pace) {
        this.recipient = recipient;
        this.folder = folder;
        this.clock = clock;
        this.pace = pace;
        kept = StandingFile.read(folder, recipient.name());
        standing = kept;
        thread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform()
                                .name("demur-notices-" + recipient.name())
                                .daemon()
                                .factory());
    }

    void begin() {
        thread.execute(this::run);
    }

    /** Takes one to be told; waits for nothing. */
    void tell(Notice notice) {
        incoming.add(notice);
    }

    Standing standing() {
        return standing;
    }

    private void run() {
        Map<String, Due> due = new LinkedHashMap<>();
        try {
            while (!ending) {
                Notice first = incoming.poll(pause(due), TimeUnit.MILLISECONDS);
                for (Notice each = first; each != null; each = incoming.poll()) {
                    if (!standing.settled().contains(each.id())) {
                        due.putIfAbsent(each.id(), new Due(each, clock.instant()));
                    }
                }
                keep(standing.waiting(due.size()));
                for (Due each : due.values().toArray(Due[]::new)) {
                    if (!ending && !clock.instant().isBefore(each.next) && tried(each)) {
                        due.remove(each.notice.id());
                        keep(standing.waiting(due.size()));
                    }
                }
            }
        } catch (InterruptedException e) {
            // it is closed: what waits stands in the log
            ending = true;
        }
    }

    private long pause(Map<String, Due> due) {
        Instant now = clock.instant();
        return due.values().stream()
                .mapToLong(it -> Duration.between(now, it.next).toMillis())
                .map(millis -> Math.clamp(millis, 1, LOOK_MILLIS))
                .min()
                .orElse(LOOK_MILLIS);
    }

    /** Tries, and says whether it is settled: it was told, or is given up. */
    private boolean tried(Due due) {
        try {
            recipient.tell(due.notice);
            standing = standing.told(due.notice.id(), clock.instant());
            return true;
        } catch (PartlyTold e) { // to tell all once more would tell most of them twice
            standing = standing.told(due.notice.id(), clock.instant());
            missed(due, words(e));
            return true;
        } catch (IOException | RuntimeException e) { // a library's mistake must not end the thread
            return !ending && failed(due, words(e));
        }
    }

    private void missed(Due due, String words) {
        standing = standing.failed(words, clock.instant());
        LOGGER.log(
                Level.WARNING,
                "{0} by {1} was not told to all: {2}",
                due.notice.id(),
                recipient.name(),
                words);
    }

    private boolean failed(Due due, String words) {
        Instant now = clock.instant();
        due.failed++;
        Standing next = standing.failed(words, now);
        boolean over = !now.isBefore(due.since.plus(pace.patience()));
        if (over) {
            next = next.givenUp(due.notice.id(), now);
        } else {
            due.next = now.plus(pace.pause(due.failed));
        }
        LOGGER.log(
                Level.WARNING,
                "{0} by {1} was not told{2}: {3}",
                due.notice.id(),
                recipient.name(),
                over ? ", and is given up" : "",
                words);
        keep(next);
        return over;
    }

    private static String words(Exception e) {
        return Notice.line(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }

    private void keep(Standing next) {
        standing = next;
        try {
            if (!next.equals(kept)) {
                StandingFile.write(folder, next);
                kept = next;
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "what was told is not kept: {0}", e.getMessage());
        }
    }

    @Override
    public void close() {
        ending = true;
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                LOGGER.log(Level.DEBUG, "{0} is left behind", recipient.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
