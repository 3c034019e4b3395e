package io.demur.files;

import io.demur.core.Where;

import java.io.IOException;
import java.util.Optional;

/**
 * Cuts CSV into records. It knows quotes, because a quoted field may hold line ends, and no more.
 *
 * <p>A quote that is never closed would swallow the rest of a file, or up to the next quote. Two
 * things show it: after what seems to be the closing quote comes something else than a separator or
 * a line end, or the record grows past its cap. The record is then reported as unreadable and
 * cutting resumes on the line after the one where the quote opened. Since the line of the damage is
 * left behind each time, no byte is scanned more than twice.
 */
final class CsvCutter implements TranscriptFormat.Entries {

    private final String file;
    private final ByteWindow window;
    private final byte separator;
    private final RecordCap cap;
    private final Entry.Decoder decoder;
    private long line = 1;

    CsvCutter(
            String file, ByteWindow window, char separator, RecordCap cap, Entry.Decoder decoder) {
        this.file = file;
        this.window = window;
        this.separator = (byte) separator;
        this.cap = cap;
        this.decoder = decoder;
    }

    @Override
    public Optional<Entry> next() throws IOException {
        while (has(0)) {
            if (window.at(0) == '\n') {
                line++;
                window.drop(1);
            } else if (window.at(0) == '\r') {
                window.drop(1);
            } else {
                return Optional.of(record());
            }
        }
        return Optional.empty();
    }

    private Entry record() throws IOException {
        int at = 0;
        boolean fieldStart = true;
        while (at <= cap.bytes() && has(at)) {
            byte b = window.at(at);
            if (b == '\n') {
                return cut(at, at + 1);
            }
            if (b == '"' && fieldStart) {
                int close = closing(at);
                if (close < 0) {
                    return open(at);
                }
                at = close;
            }
            fieldStart = b == separator;
            at++;
        }
        return at > cap.bytes() ? tooLong(at) : cut(at, at);
    }

    /** The index of the quote that closes a field, or -1 where there is none as it should be. */
    private int closing(int open) throws IOException {
        int at = open + 1;
        while (at <= cap.bytes() && has(at)) {
            if (window.at(at) == '"') {
                if (!has(at + 1)) {
                    return at;
                }
                byte after = window.at(at + 1);
                if (after == separator || after == '\n' || after == '\r') {
                    return at;
                }
                if (after != '"') {
                    return -1;
                }
                at++;
            }
            at++;
        }
        return -1;
    }

    private Entry cut(int length, int drop) {
        Where where = Where.line(file, line);
        int end = length > 0 && window.at(length - 1) == '\r' ? length - 1 : length;
        byte[] record = window.copy(0, end);
        line += window.linesIn(drop);
        window.drop(drop);
        return new Entry(where, record, decoder);
    }

    /** The quote at the index is not closed: leaves its line behind. */
    private Entry open(int quote) throws IOException {
        long quoteLine = line + window.linesIn(quote);
        int end = window.lineEnd(quote);
        int lineStart = quote;
        while (lineStart > 0 && window.at(lineStart - 1) != '\n') {
            lineStart--;
        }
        Where where = new Where(file, quoteLine, quote - lineStart + 1L);
        if (end < 0) {
            skipLine(window.size());
        } else {
            line = quoteLine + 1;
            window.drop(end + 1);
        }
        return Entry.of(
                ProblemCode.CSV_QUOTE_OPEN
                        .at(
                                where,
                                "the quote that opens here is not closed before a separator or "
                                        + "line end within %s"
                                                .formatted(RecordCap.size(cap.bytes())))
                        .withFix("close it, and write a quote within a field twice"));
    }

    private Entry tooLong(int scanned) throws IOException {
        Where where = Where.line(file, line);
        return Entry.of(cap.exceeded(where, skipLine(scanned)));
    }

    /** Leaves behind all up to the first line end from there on; gives its length. */
    private long skipLine(int from) throws IOException {
        long length = 0;
        int search = from;
        while (true) {
            int end = window.lineEnd(search);
            int part = end < 0 ? window.size() : end + 1;
            line += window.linesIn(part);
            length += part;
            window.drop(part);
            if (end >= 0 || !window.fill()) {
                return length;
            }
            search = 0;
        }
    }

    private boolean has(int index) throws IOException {
        while (index >= window.size()) {
            if (!window.fill()) {
                return false;
            }
        }
        return true;
    }
}
