package io.demur.files;

import io.demur.core.Problem;
import io.demur.core.Where;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How files are to be read.
 *
 * @param format the name of the one format that they are in, where it is not to be detected
 * @param mapping which column or field holds what
 * @param labels the column or field that holds the response's label
 * @param recordBytesMax above this many bytes a record is unreadable; 1 to 1 GiB
 */
public record ReadOptions(
        Optional<String> format, Mapping mapping, Optional<String> labels, int recordBytesMax) {

    /** Long enough for any reply, short enough for flat memory. */
    public static final int RECORD_BYTES_MAX = 16 * 1024 * 1024;

    /** Everything is detected. */
    public static final ReadOptions AUTO =
            new ReadOptions(Optional.empty(), Mapping.NONE, Optional.empty(), RECORD_BYTES_MAX);

    private static final int CAP_MAX = 1 << 30;

    public ReadOptions {
        Objects.requireNonNull(format);
        Objects.requireNonNull(mapping);
        Objects.requireNonNull(labels);
        if (recordBytesMax < 1 || recordBytesMax > CAP_MAX) {
            throw new IllegalArgumentException(
                    "record cap `%d` is not between 1 byte and 1 GiB".formatted(recordBytesMax));
        }
    }

    /** What cannot be done as asked; nothing where all is well. */
    public List<Problem> problems() {
        if (format.isEmpty() || Formats.names().contains(format.get())) {
            return List.of();
        }
        return List.of(
                ProblemCode.OPTION_UNKNOWN.at(
                        Where.file("--format"),
                        "there is no format `%s`, but %s"
                                .formatted(
                                        format.get(),
                                        Nearest.list(
                                                Nearest.first(format.get(), Formats.names())))));
    }

    public ReadOptions withFormat(String name) {
        return new ReadOptions(Optional.of(name), mapping, labels, recordBytesMax);
    }

    public ReadOptions withMapping(Mapping columns) {
        return new ReadOptions(format, columns, labels, recordBytesMax);
    }

    public ReadOptions withLabels(String column) {
        return new ReadOptions(format, mapping, Optional.of(column), recordBytesMax);
    }

    public ReadOptions withRecordBytesMax(int bytes) {
        return new ReadOptions(format, mapping, labels, bytes);
    }

    RecordCap cap() {
        return new RecordCap(recordBytesMax);
    }

    /** The columns that the user named, each of which must exist. */
    List<String> namedColumns() {
        return Stream.concat(mapping.columns().values().stream().sorted(), labels.stream())
                .distinct()
                .toList();
    }
}
