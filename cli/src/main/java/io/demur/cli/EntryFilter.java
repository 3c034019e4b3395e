package io.demur.cli;

import io.demur.log.LogReader;
import io.demur.log.note.Malformed;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Which entries of a log are wanted. */
final class EntryFilter {

    private static final int BUNDLE = 256;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only entries of this type, such as OUTCOME; repeatable.")
    private List<String> types = new ArrayList<>();

    @Option(
            names = "--attempt",
            paramLabel = "ID",
            description = "Only what is about this attempt.")
    private @Nullable String attempt;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Not before this: 2026-11-21, or 2026-11-21T12:00:00Z.")
    private @Nullable Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Time.class,
            description = "Not at this time or after it.")
    private @Nullable Instant until;

    /** A day, which begins in UTC, or a time of RFC 3339. */
    static final class Time implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.length() == 10
                        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Instant.parse(text.toUpperCase(Locale.ROOT));
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "`%s` is no time such as 2026-11-21 or 2026-11-21T12:00:00Z"
                                .formatted(text));
            }
        }
    }

    /** Whether every entry is wanted. */
    boolean isOpen() {
        return types.isEmpty() && attempt == null && since == null && until == null;
    }

    boolean wants(EntryLine line) {
        return (types.isEmpty() || types.stream().anyMatch(line.type()::equalsIgnoreCase))
                && (attempt == null || line.isAbout(attempt))
                && (since == null || line.at().map(at -> !at.isBefore(since)).orElse(true))
                && (until == null || line.at().map(at -> at.isBefore(until)).orElse(true));
    }

    /** Goes through what is wanted from one index to another. */
    void read(LogReader reader, long from, long to, Consumer<EntryLine> consumer)
            throws IOException, Malformed {
        reader.entries(
                Math.min(to, Math.max(from, first(reader, to))),
                to,
                to,
                (index, bytes) -> {
                    EntryLine line = EntryLine.of(index, bytes);
                    if (wants(line)) {
                        consumer.accept(line);
                    }
                });
    }

    /** Where to begin, because times never decrease: the bundle before the first that is later. */
    private long first(LogReader reader, long size) throws IOException, Malformed {
        if (since == null) {
            return 0;
        }
        long low = 0;
        long high = (size + BUNDLE - 1) / BUNDLE;
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            List<EntryLine> head = new ArrayList<>();
            reader.entries(
                    middle * BUNDLE,
                    middle * BUNDLE + 1,
                    size,
                    (index, bytes) -> head.add(EntryLine.of(index, bytes)));
            boolean later = head.getFirst().at().map(at -> !at.isBefore(since)).orElse(true);
            low = later ? low : middle;
            high = later ? middle : high;
        }
        return low * BUNDLE;
    }
}
