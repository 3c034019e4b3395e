package io.demur.log;

import io.demur.log.note.SigningKey;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a log is opened with.
 *
 * @param folder where {@code checkpoint} and {@code tile/} lie, and {@code journal/} beside them
 * @param key signs the checkpoints; its name is the log's origin
 * @param anchors where the last signed head is kept as well, outside the folder
 * @param interval how often a checkpoint is made at most, where there is something new
 * @param broken told once when the log can no longer be written to (an fsync that failed): the
 *     program has to end, and nothing it holds in memory is to be acknowledged any more
 */
public record LogSettings(
        Path folder,
        SigningKey key,
        List<Anchor> anchors,
        Duration interval,
        Consumer<LogBroken> broken) {

    public LogSettings {
        anchors = List.copyOf(anchors);
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("an interval is longer than nothing");
        }
    }
}
