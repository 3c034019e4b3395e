package io.demur.gateway.drill;

import io.demur.gateway.offload.Waiting;
import io.demur.record.entry.DrillRun;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What drills come to, written into the log and counted once it is there; and alarms, which are in
 * the log before anybody is told. For the one virtual thread of a {@link Driller} that is at work.
 */
final class DrillLog {

    private static final System.Logger LOGGER = System.getLogger(Driller.class.getName());

    private final Watch watch;
    private final Driller.Setting setting;
    private final Function<DrillRun, CompletableFuture<?>> append;
    private final Duration patience;

    /** Alarms that are on their way into the log, however slow that is: they are not told again. */
    private final Set<Alarm> underWay = ConcurrentHashMap.newKeySet();

    DrillLog(Watch watch, Driller.Setting setting) {
        this(watch, setting, entry -> setting.trail().append(List.of(entry)), Waiting.OWN_MAX);
    }

    /** One that writes so, and waits for so long at most. */
    DrillLog(
            Watch watch,
            Driller.Setting setting,
            Function<DrillRun, CompletableFuture<?>> append,
            Duration patience) {
        this.watch = watch;
        this.setting = setting;
        this.append = append;
        this.patience = patience;
    }

    /** What came of a drill, and of what is known by drills. */
    void drilled(DrillRun entry) {
        write(entry, () -> {}, () -> {});
        alarms();
    }

    /** What was noticed, and is not in the log as yet. */
    void alarms() {
        watch.unwritten().forEach(alarm -> tell(alarm, () -> {}));
    }

    /**
     * Tells of an alarm, once for its one entry; one that is under way is left to come.
     *
     * @param then what is done once it is in the log
     */
    void tell(Alarm alarm, Runnable then) {
        DrillRun entry = alarm.entry(setting.ids().next("run"), now());
        if (underWay.add(alarm)) {
            write(
                    entry,
                    () -> {
                        LOGGER.log(Level.WARNING, alarm.words());
                        setting.alarmed().accept(entry);
                        then.run();
                    },
                    () -> underWay.remove(alarm));
        }
    }

    /**
     * An entry that is late counts all the same once it is there: it is written only once.
     *
     * @param over done last, whether or not it could be written
     */
    private void write(DrillRun entry, Runnable then, Runnable over) {
        CompletableFuture<?> writing = begin(entry);
        try {
            Waiting.on(writing, patience);
        } catch (RuntimeException e) {
            var unused =
                    writing.thenRun(() -> written(entry, then))
                            .whenComplete((nothing, failed) -> over.run());
            throw e;
        }
        try {
            written(entry, then);
        } finally {
            over.run();
        }
    }

    private CompletableFuture<?> begin(DrillRun entry) {
        try {
            return append.apply(entry);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
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
