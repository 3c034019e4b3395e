package io.demur.eval;

import io.demur.core.Problem;
import io.demur.core.Transcript;
import io.demur.core.Verdict;
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
 * Carries files through the judge: cut in this thread, decoded and judged in several, counted and
 * handed on in input order in this thread again. {@code
 * docs/decisions/2026-11-21-score-pipeline.md} says why.
 *
 * <p>Not safe for use by several threads.
 */
public final class Scoring implements AutoCloseable {

    /** Who is told what happens, in input order and in the thread that calls {@link #score}. */
    public interface Listener {

        /** One answer was judged. */
        void row(Row row) throws IOException;

        /** Something could not be read, or not as it stands. */
        void problem(Problem problem) throws IOException;

        /** So many bytes of the current file have been read, as it lies on the disk. */
        void progress(long bytes);
    }

    private record Judged(Decoded decoded, List<Transcripts> transcripts) {}

    private record Transcripts(Transcript transcript, List<Verdict> verdicts) {}

    private final Judge judge;
    private final ReadOptions options;
    private final Tally tally;
    private final Listener listener;
    private final BooleanSupplier stop;
    private final Failures failures = new Failures();
    private final InOrder<Entry, Judged> inOrder;
    private boolean stopped;

    /**
     * Starts the threads.
     *
     * @param threads how many decode and judge
     * @param stop asked often; once it says true, no further record is begun
     */
    public Scoring(
            Judge judge,
            ReadOptions options,
            Tally tally,
            Listener listener,
            int threads,
            BooleanSupplier stop) {
        this.judge = judge;
        this.options = options;
        this.tally = tally;
        this.listener = listener;
        this.stop = stop;
        this.inOrder = new InOrder<>(threads, this::judged, this::count);
    }

    /**
     * Scores one file to its end, or until it is told to stop.
     *
     * @throws IOException where the listener cannot write; what is wrong with the file is a problem
     *     for the listener instead
     */
    public void score(Input input) throws IOException {
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

    private Judged judged(Entry entry) {
        Decoded decoded = entry.decode();
        List<Transcripts> transcripts =
                switch (decoded) {
                    case Decoded.Read read ->
                            read.transcripts().stream()
                                    .map(t -> new Transcripts(t, judge.verdicts(t)))
                                    .toList();
                    case Decoded.Unreadable unreadable -> List.of();
                };
        return new Judged(decoded, transcripts);
    }

    private void count(Judged judged) throws IOException {
        switch (judged.decoded()) {
            case Decoded.Unreadable unreadable -> {
                tally.addUnreadable();
                listener.problem(unreadable.problem());
            }
            case Decoded.Read read -> {
                for (Problem warning : read.warnings()) {
                    listener.problem(warning);
                }
                for (Transcripts each : judged.transcripts()) {
                    count(each.transcript(), each.verdicts());
                }
            }
        }
    }

    private void count(Transcript transcript, List<Verdict> verdicts) throws IOException {
        if (verdicts.isEmpty()) {
            tally.addUnanswered();
        }
        for (Row row : judge.rows(transcript, verdicts, failures)) {
            tally.add(row);
            listener.row(row);
        }
    }

    /** Stops the threads. */
    @Override
    public void close() {
        inOrder.close();
    }
}
