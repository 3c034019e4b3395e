package io.demur.files;

import io.demur.core.Where;

import java.io.IOException;
import java.util.Optional;

/**
 * Cuts JSON that is not written one record to a line: the elements of an array, or one document
 * after another. It counts brackets and knows strings, no more.
 *
 * <p>Where the brackets do not match, the record is damaged, and no count can be trusted. It then
 * looks for the next line that begins an object and is indented no deeper than the damaged record,
 * which in a file that a program wrote is the next record.
 */
final class DocumentCutter implements TranscriptFormat.Entries {

    private final String file;
    private final ByteWindow window;
    private final RecordCap cap;
    private final Entry.Decoder decoder;
    private long line = 1;
    private int column;
    private boolean inArray;

    /** How far the line is indented on which the window begins. */
    private int indent;

    /** How many bytes were dropped. */
    private long position;

    /**
     * Up to where a damaged record was scanned in vain. Before this, a line that looks like a next
     * record ends the one before it at once, lest every record be scanned to the same place.
     */
    private long suspectUntil;

    /** The line of the damage after which the next record is looked for; 0 where there is none. */
    private long damagedAt;

    DocumentCutter(String file, ByteWindow window, RecordCap cap, Entry.Decoder decoder) {
        this.file = file;
        this.window = window;
        this.cap = cap;
        this.decoder = decoder;
    }

    @Override
    public Optional<Entry> next() throws IOException {
        if (damagedAt > 0 && !findNext()) {
            return Optional.of(lost());
        }
        while (has(0)) {
            byte b = window.at(0);
            if (window.isSpace(0) || b == ',') {
                drop(1);
            } else if (b == '[' && !inArray) {
                inArray = true;
                drop(1);
            } else if (b == ']' && inArray) {
                inArray = false;
                drop(1);
            } else {
                return Optional.of(record());
            }
        }
        if (inArray) {
            inArray = false;
            Where end = Where.line(file, line);
            return Optional.of(
                    Entry.of(ProblemCode.JSON_TRUNCATED.at(end, "the array is not closed")));
        }
        return Optional.empty();
    }

    /** Whether there is a byte at the index; reads on as needed. */
    private boolean has(int index) throws IOException {
        while (index >= window.size()) {
            if (!window.fill()) {
                return false;
            }
        }
        return true;
    }

    private Entry record() throws IOException {
        Where where = new Where(file, line, column + 1L);
        JsonScan scan = new JsonScan();
        int at = 0;
        while (at <= cap.bytes()) {
            if (!has(at)) {
                return scan.isScalar() ? cut(where, at) : truncated(where, at);
            }
            if (window.at(at) == '{' && at > 0 && position + at < suspectUntil) {
                int lineStart = begins(at);
                if (lineStart > 0) {
                    return cut(where, lineStart);
                }
            }
            switch (scan.take(window.at(at))) {
                case INSIDE -> at = scan.isInText() ? window.stringEnd(at + 1) : at + 1;
                case LAST -> {
                    return cut(where, at + 1);
                }
                case PAST -> {
                    return cut(where, at);
                }
                case BROKEN -> {
                    return broken(where, at);
                }
            }
        }
        int next = nextBeginning(at);
        return next > 0 ? cut(where, next) : tooLong(where, scan, at);
    }

    private Entry truncated(Where where, int at) {
        int next = nextBeginning(at);
        inArray &= next > 0;
        return cut(where, next > 0 ? next : at);
    }

    private Entry broken(Where where, int at) {
        int next = nextBeginning(at);
        if (next > 0) {
            return cut(where, next);
        }
        damagedAt = line;
        int known = indent;
        Entry entry = cut(where, at + 1);
        indent = known;
        return entry;
    }

    private Entry cut(Where where, int length) {
        byte[] record = window.copy(0, length);
        drop(length);
        return new Entry(where, record, decoder);
    }

    private void drop(int length) {
        long lines = window.linesIn(length);
        int start = 0;
        if (lines > 0) {
            line += lines;
            column = 0;
            indent = 0;
            start = length;
            while (window.at(start - 1) != '\n') {
                start--;
            }
        }
        for (int i = start; column == indent && i < length && isBlank(i); i++) {
            column++;
            indent++;
            start++;
        }
        column += length - start;
        window.drop(length);
        position += length;
    }

    private boolean isBlank(int index) {
        return window.at(index) == ' ' || window.at(index) == '\t';
    }

    /** Where the line starts, if an object begins it that is no deeper than this record; or 0. */
    private int begins(int at) {
        int lineStart = at;
        while (lineStart > 0 && at - lineStart <= indent && isBlank(lineStart - 1)) {
            lineStart--;
        }
        boolean first = lineStart > 0 && window.at(lineStart - 1) == '\n';
        return first && at - lineStart <= indent ? lineStart : 0;
    }

    /** The first line after this one that looks like a next record; 0 for none. */
    private int nextBeginning(int limit) {
        suspectUntil = position + limit;
        int end = window.lineEnd(0);
        while (end >= 0 && end < limit) {
            int at = end + 1;
            while (at < window.size() && at - end <= indent && isBlank(at)) {
                at++;
            }
            if (at < window.size() && window.at(at) == '{') {
                return end + 1;
            }
            end = window.lineEnd(end + 1);
        }
        return 0;
    }

    /** Goes to where a next record seems to begin; false where none does. */
    private boolean findNext() throws IOException {
        int wanted = indent;
        while (true) {
            int end = window.lineEnd(0);
            if (end < 0) {
                drop(window.size());
                if (!window.fill()) {
                    return false;
                }
                continue;
            }
            drop(end + 1);
            int at = 0;
            while (at <= wanted && has(at) && isBlank(at)) {
                at++;
            }
            if (at <= wanted && has(at) && window.at(at) == '{') {
                damagedAt = 0;
                return true;
            }
        }
    }

    private Entry lost() {
        long from = damagedAt;
        damagedAt = 0;
        inArray = false;
        return Entry.of(
                ProblemCode.JSON_LOST.at(
                        Where.line(file, line),
                        "after the damage in line %d no further record could be found"
                                .formatted(from)));
    }

    private Entry tooLong(Where where, JsonScan scan, int scanned) throws IOException {
        long length = 0;
        int at = scanned;
        while (true) {
            while (at < window.size()) {
                JsonScan.Step step = scan.take(window.at(at));
                if (step != JsonScan.Step.INSIDE) {
                    damagedAt = step == JsonScan.Step.BROKEN ? where.line() : 0;
                    int end = step == JsonScan.Step.LAST ? at + 1 : at;
                    drop(end);
                    return Entry.of(cap.exceeded(where, length + end));
                }
                at++;
            }
            length += at;
            drop(at);
            at = 0;
            if (!window.fill()) {
                inArray = false;
                return Entry.of(cap.exceeded(where, length));
            }
        }
    }
}
