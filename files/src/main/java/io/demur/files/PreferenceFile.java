package io.demur.files;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.wire.Conversation;
import io.demur.wire.Json;
import io.demur.wire.MalformedBody;
import io.demur.wire.MalformedJson;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A file that a model is about to be trained on, read from start to end with flat memory: JSON
 * lines or a JSON array, compressed or not, in the column forms of {@code docs/reference/audit.md}.
 * Used by one thread.
 *
 * <p>Nothing that it holds makes it throw: what cannot be read is a problem with its place, and the
 * reading goes on.
 */
public final class PreferenceFile implements Closeable {

    private static final RecordCap CAP = new RecordCap(ReadOptions.RECORD_BYTES_MAX);

    /** Records are cut here and decoded by {@link #read}. */
    private static final Entry.Decoder NOT_HERE =
            (where, record) ->
                    new Decoded.Unreadable(ProblemCode.READER_FAILED.at(where, "never decoded"));

    private final String name;
    private final InputStream in;
    private final TranscriptFormat.Entries entries;
    private Optional<Problem> before;
    private boolean any;
    private boolean ended;

    private PreferenceFile(
            String name,
            InputStream in,
            TranscriptFormat.Entries entries,
            Optional<Problem> before) {
        this.name = name;
        this.in = in;
        this.entries = entries;
        this.before = before;
    }

    /** Opens a file; what is wrong with it is the first problem of {@link #next}. */
    public static PreferenceFile open(Input input) {
        InputStream in;
        try {
            in = input.open();
        } catch (IOException e) {
            Problem problem =
                    ProblemCode.FILE_UNREADABLE.at(
                            Where.file(input.name()), "cannot be opened: " + e.getMessage());
            return failed(input.name(), InputStream.nullInputStream(), problem);
        }
        PeekStream plain = new PeekStream(in, Head.BYTES);
        if (Gunzip.recognises(plain.head(), plain.head().length)) {
            plain = new PeekStream(new Gunzip(plain), Head.BYTES);
        }
        int mark = Encoding.mark(plain.head());
        byte[] bytes = Arrays.copyOfRange(plain.head(), mark, plain.head().length);
        Head head = new Head(input.fileName(), bytes, plain.whole());
        ByteWindow window = new ByteWindow(plain, mark);
        if (head.firstByte() >= 0 && head.firstByte() != '{' && head.firstByte() != '[') {
            return failed(input.name(), in, unknown(input.name(), head));
        }
        TranscriptFormat.Entries entries =
                JsonText.isLines(head)
                        ? new LineCutter(input.name(), window, CAP, NOT_HERE)
                        : new DocumentCutter(input.name(), window, CAP, NOT_HERE);
        return new PreferenceFile(input.name(), in, entries, Optional.empty());
    }

    private static PreferenceFile failed(String name, InputStream in, Problem problem) {
        return new PreferenceFile(name, in, Optional::empty, Optional.of(problem));
    }

    private static Problem unknown(String name, Head head) {
        boolean parquet = head.sample().startsWith("PAR1");
        return ProblemCode.FORMAT_UNKNOWN
                .at(
                        Where.file(name),
                        parquet
                                ? "the file is Parquet, which is not read"
                                : "the file is no JSON; it begins with `%s`"
                                        .formatted(head.sample()))
                .withFix("export it as JSON lines");
    }

    /**
     * What the next record teaches; nothing at the end of the file.
     *
     * @param problems takes what is wrong with the records before it, which are passed over
     */
    public Optional<List<Preference>> next(Consumer<Problem> problems) {
        if (before.isPresent()) {
            problems.accept(before.get());
            before = Optional.empty();
            ended = true;
        }
        while (!ended) {
            Optional<Entry> entry;
            try {
                entry = entries.next();
            } catch (IOException e) {
                ended = true;
                problems.accept(
                        ProblemCode.FILE_BROKEN_OFF.at(
                                Where.file(name), "reading broke off: " + e.getMessage()));
                return Optional.empty();
            }
            if (entry.isEmpty()) {
                ended = true;
                if (!any) {
                    problems.accept(
                            ProblemCode.FILE_EMPTY.at(
                                    Where.file(name), "there are no records in it"));
                }
                return Optional.empty();
            }
            any = true;
            Optional<List<Preference>> read = read(entry.get(), problems);
            if (read.isPresent()) {
                return read;
            }
        }
        return Optional.empty();
    }

    private static Optional<List<Preference>> read(Entry entry, Consumer<Problem> problems) {
        Where where = entry.where();
        // an entry without a record is a problem that the cutter found
        if (entry.record().length == 0) {
            if (entry.decode() instanceof Decoded.Unreadable unreadable) {
                problems.accept(unreadable.problem());
            }
            return Optional.empty();
        }
        try {
            JsonNode record = Json.read(entry.record());
            if (!record.isObject()) {
                problems.accept(
                        ProblemCode.SHAPE_UNKNOWN.at(
                                where,
                                "%s where an object is needed"
                                        .formatted(Conversation.what(record))));
                return Optional.empty();
            }
            if (!PreferenceForms.fits(record)) {
                problems.accept(unfitting(where, record));
                return Optional.empty();
            }
            List<Preference> read = PreferenceForms.read(where, record);
            if (read.isEmpty()) {
                problems.accept(
                        ProblemCode.RECORD_MALFORMED.at(
                                where, "there is no answer of the assistant in it"));
                return Optional.empty();
            }
            return Optional.of(read);
        } catch (MalformedJson e) {
            problems.accept(JsonDecoder.malformed(where, entry.record(), e));
        } catch (MalformedBody e) {
            problems.accept(ProblemCode.RECORD_MALFORMED.at(where, e.getMessage()));
        }
        return Optional.empty();
    }

    private static Problem unfitting(Where where, JsonNode record) {
        List<String> names = record.properties().stream().map(field -> field.getKey()).toList();
        return ProblemCode.SHAPE_UNKNOWN
                .at(
                        where,
                        names.isEmpty()
                                ? "the record has no fields"
                                : "nothing here is a preference: the fields are "
                                        + Nearest.list(names))
                .withFix(
                        "it takes `chosen` and `rejected`, `prompt` and `completion`, or"
                                + " `messages`");
    }

    /** Closes the file; what fails in this has no consequence for what was read. */
    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            System.getLogger(PreferenceFile.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing failed", e);
        }
    }
}
