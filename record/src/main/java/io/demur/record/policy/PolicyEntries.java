package io.demur.record.policy;

import io.demur.log.LogReader;
import io.demur.log.note.Malformed;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.PolicyChange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Finds the entries POLICY of a log, among a million others. */
final class PolicyEntries {

    /** Stands in each of them, and in no text of another, where quotes are escaped. */
    private static final byte[] MARK = "\"t\":\"POLICY\"".getBytes(StandardCharsets.US_ASCII);

    private PolicyEntries() {}

    /** What is done with each. */
    @FunctionalInterface
    interface Visitor {
        void entry(long index, PolicyChange change);
    }

    /**
     * Goes through those from {@code from} (included) to the end.
     *
     * @throws Malformed where one cannot be read, or is of a later program
     */
    static void each(LogReader reader, long from, long size, Visitor visitor)
            throws IOException, Malformed {
        each(reader, from, size, size, visitor);
    }

    /** The same, to {@code to} (excluded). */
    static void each(LogReader reader, long from, long to, long size, Visitor visitor)
            throws IOException, Malformed {
        reader.entries(
                from,
                to,
                size,
                (index, bytes) -> {
                    if (isMarked(bytes)) {
                        Entry entry = EntryCodec.read(bytes);
                        if (!(entry instanceof PolicyChange change)) {
                            throw new Malformed(
                                    "entry %d is an entry POLICY of a later version of this program"
                                            .formatted(index));
                        }
                        visitor.entry(index, change);
                    }
                });
    }

    /** The time of the last entry; 1970 in an empty log. */
    static Instant last(LogReader reader, long size) throws IOException, Malformed {
        Instant[] last = {Instant.EPOCH};
        if (size > 0) {
            reader.entries(
                    size - 1, size, size, (index, bytes) -> last[0] = EntryCodec.read(bytes).at());
        }
        return last[0];
    }

    /** From the end, because it stands there. */
    private static boolean isMarked(byte[] bytes) {
        for (int at = bytes.length - MARK.length; at >= 0; at--) {
            int same = 0;
            while (same < MARK.length && bytes[at + same] == MARK[same]) {
                same++;
            }
            if (same == MARK.length) {
                return true;
            }
        }
        return false;
    }
}
