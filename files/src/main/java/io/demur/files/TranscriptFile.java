package io.demur.files;

import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.files.TranscriptFormat.Opened;
import io.demur.files.TranscriptFormat.Source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A file of transcripts, read from start to end with flat memory: about twice the record cap at
 * most, whatever the file's size.
 *
 * <p>{@link #open}, {@link #next} and {@link #close} belong to one thread, which cuts; {@link
 * Entry#decode} does the work and may run on others. Nothing here throws on what a file holds or on
 * a file that cannot be read: that comes out as an entry that decodes to {@link
 * Decoded.Unreadable}, with line 0 for the file as a whole.
 */
public final class TranscriptFile implements Closeable {

    private final Input input;
    private final CountingStream counting;
    private final Opened opened;
    private long entries;
    private long lastLine;
    private boolean ended;

    private TranscriptFile(Input input, CountingStream counting, Opened opened) {
        this.input = input;
        this.counting = counting;
        this.opened = opened;
    }

    /** Opens a file and finds out what it is: gzip or not, and in which format. */
    public static TranscriptFile open(Input input, ReadOptions options) {
        CountingStream counting;
        try {
            counting = new CountingStream(input.open());
        } catch (IOException e) {
            Opened failed = Opened.failed("unknown", unopened(input.name(), e));
            return new TranscriptFile(
                    input, new CountingStream(InputStream.nullInputStream()), failed);
        }
        PeekStream plain = new PeekStream(counting, Head.BYTES);
        if (Gunzip.recognises(plain.head(), plain.head().length)) {
            plain = new PeekStream(new Gunzip(plain), Head.BYTES);
        }
        return new TranscriptFile(input, counting, begin(input, plain, options));
    }

    /** The next entry, in the order of the file; nothing at its end. */
    public Optional<Entry> next() {
        if (ended) {
            return Optional.empty();
        }
        Optional<Entry> next;
        try {
            next = opened.entries().next();
        } catch (IOException e) {
            ended = true;
            return Optional.of(Entry.of(brokenOff(e)));
        }
        if (next.isPresent()) {
            entries++;
            lastLine = next.get().where().line();
            return next;
        }
        ended = true;
        return entries == 0 ? Optional.of(Entry.of(empty(input.name()))) : next;
    }

    /** What the file turned out to be: the name of a format or a shape; {@code unknown}. */
    public String format() {
        return opened.what();
    }

    /**
     * How many bytes have been read from the file as it lies there, compressed or not. For any
     * thread; at the end equal to {@link Input#bytes}.
     */
    public long bytesRead() {
        return counting.count();
    }

    public Input input() {
        return input;
    }

    /** Closes the file; what fails in this has no consequence for what was read. */
    @Override
    public void close() {
        try {
            counting.close();
        } catch (IOException e) {
            System.getLogger(TranscriptFile.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing failed", e);
        }
    }

    private static Opened begin(Input input, PeekStream stream, ReadOptions options) {
        int mark = Encoding.mark(stream.head());
        boolean returns = LoneReturns.endLinesIn(stream.head());
        byte[] start = returns ? LoneReturns.replacedIn(stream.head()) : stream.head();
        byte[] bytes = Arrays.copyOfRange(start, mark, start.length);
        Head head = new Head(input.fileName(), bytes, stream.whole());
        Where file = Where.file(input.name());
        if (head.firstByte() < 0 && stream.broken().isEmpty() && stream.whole()) {
            return Opened.failed("unknown", empty(input.name()));
        }
        if (bytes.length == 0 && stream.broken().isPresent()) {
            return Opened.failed(
                    "unknown",
                    ProblemCode.FILE_BROKEN_OFF.at(
                            file, "cannot be read: " + reason(stream.broken().get())));
        }
        Optional<String> wide = Encoding.wide(stream.head());
        if (wide.isPresent()) {
            return Opened.failed(
                    "unknown",
                    ProblemCode.ENCODING_UNSUPPORTED
                            .at(file, "the file is %s; transcripts are UTF-8".formatted(wide.get()))
                            .withFix("convert it: iconv -f %s -t UTF-8".formatted(wide.get())));
        }
        ByteWindow window = new ByteWindow(returns ? new LoneReturns(stream) : stream, mark);
        return Formats.open(new Source(input.name(), head, window, options));
    }

    private Problem brokenOff(IOException e) {
        String after = lastLine == 0 ? "" : " after the record of line %d".formatted(lastLine);
        return ProblemCode.FILE_BROKEN_OFF
                .at(
                        new Where(input.name(), lastLine, 0),
                        "reading broke off%s: %s".formatted(after, reason(e)))
                .withFix("the records before it are read; fetch the file again");
    }

    private static Problem empty(String name) {
        return ProblemCode.FILE_EMPTY.at(Where.file(name), "there are no records in it");
    }

    private static Problem unopened(String name, IOException e) {
        Where where = Where.file(name);
        return e instanceof NoSuchFileException
                ? ProblemCode.FILE_MISSING.at(where, "there is no such file")
                : ProblemCode.FILE_UNREADABLE.at(where, "cannot be opened: " + reason(e));
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "you have no permission";
        }
        String message =
                e instanceof FileSystemException file && file.getReason() != null
                        ? file.getReason()
                        : e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
