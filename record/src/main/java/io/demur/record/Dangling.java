package io.demur.record;

import io.demur.log.LogReader;
import io.demur.log.note.Malformed;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Start;
import io.demur.record.entry.Stop;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an earlier process left: the time of its last entry, and attempts without an outcome.
 *
 * <p>They are found by reading backwards, and not far. No attempt is open where a START or a STOP
 * stands, because whoever writes one has closed them all before it; and where any other entry
 * stands than an ABORT, none is older than an attempt may be, because each append closes older ones
 * first. Twice that time is read, to be on the safe side.
 *
 * @param last the time of the last entry; 1970 in an empty log
 * @param attempts in the order of their times
 * @param read how many entries were looked at
 */
record Dangling(Instant last, List<String> attempts, long read) {

    private static final int STEP = 256;

    static Dangling find(LogReader reader, long size, Duration attemptMax) throws IOException {
        Set<String> answered = new HashSet<>();
        List<String> attempts = new ArrayList<>();
        Instant last = Instant.EPOCH;
        Optional<Instant> horizon = Optional.empty();
        long read = 0;
        for (long end = size; end > 0; end = (end - 1) / STEP * STEP) {
            List<Entry> entries = entries(reader, (end - 1) / STEP * STEP, end, size);
            if (end == size) {
                last = entries.getLast().at();
            }
            for (Entry entry : entries.reversed()) {
                read++;
                if (horizon.isEmpty() && !isAbort(entry)) {
                    horizon = Optional.of(entry.at().minus(attemptMax.multipliedBy(2)));
                }
                if (entry instanceof Start
                        || entry instanceof Stop
                        || (horizon.isPresent() && entry.at().isBefore(horizon.get()))) {
                    return new Dangling(last, attempts.reversed(), read);
                }
                if (entry instanceof Outcome outcome) {
                    answered.add(outcome.attempt());
                } else if (entry instanceof Attempt attempt && !answered.remove(attempt.id())) {
                    attempts.add(attempt.id());
                }
            }
        }
        return new Dangling(last, attempts.reversed(), read);
    }

    private static boolean isAbort(Entry entry) {
        return entry instanceof Outcome outcome && outcome.result() == Outcome.Result.ABORT;
    }

    private static List<Entry> entries(LogReader reader, long from, long to, long size)
            throws IOException {
        List<Entry> entries = new ArrayList<>();
        try {
            reader.entries(
                    from,
                    to,
                    size,
                    (index, bytes) -> {
                        try {
                            entries.add(EntryCodec.read(bytes));
                        } catch (Malformed e) {
                            throw new Malformed("entry %d: %s".formatted(index, e.getMessage()));
                        }
                    });
        } catch (Malformed e) {
            throw new IOException(
                    "the log holds what no trail has written; `demur log verify` says more: %s"
                            .formatted(e.getMessage()),
                    e);
        }
        return entries;
    }
}
