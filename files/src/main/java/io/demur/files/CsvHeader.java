package io.demur.files;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;

import io.demur.wire.Utf8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The first record of a CSV file.
 *
 * @param separator what stands between fields: a comma, a semicolon or a tab
 * @param columns the names, without white space around them
 */
record CsvHeader(char separator, List<String> columns) {

    private static final char[] SEPARATORS = {',', ';', '\t'};

    CsvHeader {
        columns = List.copyOf(columns);
    }

    /** Reads the header at the beginning of a file; nothing where there is none that is whole. */
    static Optional<CsvHeader> of(Head head) {
        char separator = separator(head.lines());
        byte[] bytes = head.bytes();
        ByteWindow window = new ByteWindow(new ByteArrayInputStream(bytes));
        RecordCap cap = new RecordCap(Head.BYTES);
        Entry.Decoder none =
                (where, record) -> new Decoded.Unreadable(ProblemCode.CSV_INVALID.at(where, ""));
        try {
            Optional<Entry> first = new CsvCutter("", window, separator, cap, none).next();
            boolean cutOff = window.size() == 0 && !head.whole();
            if (first.isEmpty() || first.get().record().length == 0 || cutOff) {
                return Optional.empty();
            }
            if (!isText(first.get().record())) {
                return Optional.empty();
            }
            String record = new String(first.get().record(), StandardCharsets.UTF_8);
            List<String> fields =
                    CsvReader.builder()
                            .fieldSeparator(separator)
                            .ofSingleCsvRecord(record)
                            .getFields();
            return Optional.of(
                    new CsvHeader(separator, fields.stream().map(String::strip).toList()));
        } catch (CsvParseException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading bytes in memory failed", e);
        }
    }

    /** Anything may have a tab in it; names of columns have no control characters. */
    private static boolean isText(byte[] record) {
        for (byte b : record) {
            if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r') {
                return false;
            }
        }
        return Utf8.firstBad(record, 0, record.length) < 0;
    }

    /** The one that divides the first line into the most parts. */
    private static char separator(List<String> lines) {
        String first = lines.isEmpty() ? "" : lines.getFirst();
        char best = SEPARATORS[0];
        long most = 0;
        for (char each : SEPARATORS) {
            long count = first.chars().filter(c -> c == each).count();
            if (count > most) {
                most = count;
                best = each;
            }
        }
        return best;
    }
}
