package io.demur.gateway.drill;

import io.demur.gateway.offload.Waiting;
import io.demur.record.entry.DrillRun;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What drills come to, written into the log and counted once it is there; and alarms, which are in
 * the log before anybody is told. For the one virtual thread of a {@link Driller} that is at work.
 */
final class DrillLog {

    private static final System.Logger LOGGER = System.getLogger(Driller.class.getName());

    private final Watch watch;
    private final Driller.Setting setting;

    DrillLog(Watch watch, Driller.Setting setting) {
        this.watch = watch;
        this.setting = setting;
    }

    /** What came of a drill, and of what is known by drills. */
    void drilled(DrillRun entry) {
        write(entry, () -> {});
        alarms();
    }

    /** What was noticed, and is not in the log as yet. */
    void alarms() {
        watch.unwritten().forEach(this::tell);
    }

    /** Tells of an alarm, once for its one entry. */
    void tell(Alarm alarm) {
        DrillRun entry = alarm.entry(setting.ids().next("run"), now());
        write(
                entry,
                () -> {
                    LOGGER.log(Level.WARNING, alarm.words());
                    setting.alarmed().accept(entry);
                });
    }

    /** An entry that is late counts all the same once it is there: it is written only once. */
    private void write(DrillRun entry, Runnable then) {
        CompletableFuture<?> writing = setting.trail().append(List.of(entry));
        try {
            Waiting.on(writing);
        } catch (RuntimeException e) {
            var unused = writing.thenRun(() -> written(entry, then));
            throw e;
        }
        written(entry, then);
    }

    private void written(DrillRun entry, Runnable then) {
        watch.take(entry);
        then.run();
    }

    /** No earlier than what is in the log: so it says the same time as this. */
    Instant now() {
        Instant now = setting.clock().instant();
        Instant last = setting.trail().last();
        return now.isAfter(last) ? now : last;
    }
}
