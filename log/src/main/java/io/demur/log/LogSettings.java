package io.demur.log;

import io.demur.log.note.SigningKey;
import io.demur.log.note.VerifierKey;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a log is opened with.
 *
 * @param folder where {@code checkpoint} and {@code tile/} lie, and {@code journal/} beside them
 * @param key signs the checkpoints; its name is the log's origin
 * @param earlier keys that signed before {@code key} did, and are still believed for the checkpoint
 *     that is there when the log is opened
 * @param anchors where the last signed head is kept as well, outside the folder
 * @param interval how often a checkpoint is made at most, where there is something new
 * @param broken told once when the log can no longer be written to (an fsync that failed): the
 *     program has to end, and nothing it holds in memory is to be acknowledged any more
 */
public record LogSettings(
        Path folder,
        SigningKey key,
        List<VerifierKey> earlier,
        List<Anchor> anchors,
        Duration interval,
        Consumer<LogBroken> broken) {

    public LogSettings {
        earlier = List.copyOf(earlier);
        anchors = List.copyOf(anchors);
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("an interval is longer than nothing");
        }
    }

    /** The settings of a log that has had one key. */
    public LogSettings(
            Path folder,
            SigningKey key,
            List<Anchor> anchors,
            Duration interval,
            Consumer<LogBroken> broken) {
        this(folder, key, List.of(), anchors, interval, broken);
    }
}
