package io.demur.eval;

import io.demur.core.Problem;
import io.demur.core.Transcript;
import io.demur.files.Decoded;
import io.demur.files.Entry;
import io.demur.files.Input;
import io.demur.files.ReadOptions;
import io.demur.files.TranscriptFile;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Carries files through some work: cut in this thread, decoded and worked on in several, and handed
 * on in input order in this thread again. {@code docs/decisions/2026-11-21-score-pipeline.md} says
 * why.
 *
 * <p>Not safe for use by several threads.
 *
 * @param <W> what the work makes of the transcripts of one record
 */
public final class Pipeline<W> implements AutoCloseable {

    /** What is done with records. */
    public interface Work<W> {

        /** Works on the transcripts of one record; called by several threads. */
        W of(List<Transcript> record);

        /** Takes what was made of one record, in input order. */
        void take(W made) throws IOException;

        /** A record could not be read. */
        void unreadable();
    }

    /**
     * How work is spread.
     *
     * @param threads how many decode and work
     * @param recordsMax how many records, at most, one thread takes at a time
     */
    public record Spread(int threads, int recordsMax) {

        /** For work that keeps a processor busy: a thread for each, and no hand-over felt. */
        public static Spread ofProcessors() {
            return new Spread(Runtime.getRuntime().availableProcessors(), InOrder.BATCH_ITEMS);
        }

        /** For work that waits for others: so many records at once. */
        public static Spread ofWaiting(int atOnce) {
            return new Spread(atOnce, 1);
        }
    }

    private record Done<W>(Decoded decoded, Optional<W> made) {}

    private final Work<W> work;
    private final ReadOptions options;
    private final Listener<?> listener;
    private final BooleanSupplier stop;
    private final InOrder<Entry, Done<W>> inOrder;
    private boolean stopped;

    /**
     * Starts the threads.
     *
     * @param stop asked often; once it says true, no further record is begun
     */
    public Pipeline(
            Work<W> work,
            ReadOptions options,
            Listener<?> listener,
            Spread spread,
            BooleanSupplier stop) {
        this.work = work;
        this.options = options;
        this.listener = listener;
        this.stop = stop;
        this.inOrder = new InOrder<>(spread.threads(), spread.recordsMax(), this::done, this::take);
    }

    /**
     * Carries one file to its end, or until it is told to stop.
     *
     * @throws IOException where the listener cannot write; what is wrong with the file is a problem
     *     for the listener instead
     */
    public void read(Input input) throws IOException {
        try (TranscriptFile file = TranscriptFile.open(input, options)) {
            Optional<Entry> entry = file.next();
            while (entry.isPresent() && !stopped) {
                inOrder.put(entry.get(), entry.get().sizeBytes());
                listener.progress(file.bytesRead());
                stopped = stop.getAsBoolean();
                entry = stopped ? Optional.empty() : file.next();
            }
            inOrder.finish();
        }
    }

    /** Whether it was told to stop before the end. */
    public boolean stopped() {
        return stopped;
    }

    private Done<W> done(Entry entry) {
        Decoded decoded = entry.decode();
        return switch (decoded) {
            case Decoded.Read read -> new Done<>(decoded, Optional.of(work.of(read.transcripts())));
            case Decoded.Unreadable unreadable -> new Done<>(decoded, Optional.empty());
        };
    }

    private void take(Done<W> done) throws IOException {
        switch (done.decoded()) {
            case Decoded.Unreadable unreadable -> {
                work.unreadable();
                listener.problem(unreadable.problem());
            }
            case Decoded.Read read -> {
                for (Problem warning : read.warnings()) {
                    listener.problem(warning);
                }
                work.take(done.made().orElseThrow());
            }
        }
    }

    /** Stops the threads. */
    @Override
    public void close() {
        inOrder.close();
    }
}
