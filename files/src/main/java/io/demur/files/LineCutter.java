package io.demur.files;

import io.demur.core.Where;

import java.io.IOException;
import java.util.Optional;

/** Cuts a file into lines; lines of white space are no records. */
final class LineCutter implements TranscriptFormat.Entries {

    private final String file;
    private final ByteWindow window;
    private final RecordCap cap;
    private final Entry.Decoder decoder;
    private long line;

    /**
     * @param cap a line above it is unreadable, and never held in memory as a whole
     */
    LineCutter(String file, ByteWindow window, RecordCap cap, Entry.Decoder decoder) {
        this.file = file;
        this.window = window;
        this.cap = cap;
        this.decoder = decoder;
    }

    @Override
    public Optional<Entry> next() throws IOException {
        int searched = 0;
        while (true) {
            int end = window.lineEnd(searched);
            searched = window.size();
            if (end < 0 && searched <= cap.bytes() && window.fill()) {
                continue;
            }
            if (end < 0 && searched == 0) {
                return Optional.empty();
            }
            line++;
            int length = end < 0 ? searched : end;
            if (length > cap.bytes()) {
                return Optional.of(tooLong());
            }
            byte[] record = trimmed(length);
            window.drop(end < 0 ? length : length + 1);
            if (record.length > 0) {
                return Optional.of(new Entry(Where.line(file, line), record, decoder));
            }
            searched = 0;
        }
    }

    /** Without the white space at the end, of which a carriage return is the most common. */
    private byte[] trimmed(int length) {
        int end = length;
        while (end > 0 && window.isSpace(end - 1)) {
            end--;
        }
        return window.copy(0, end);
    }

    private Entry tooLong() throws IOException {
        long length = 0;
        while (true) {
            int end = window.lineEnd(0);
            int part = end < 0 ? window.size() : end;
            length += part;
            window.drop(end < 0 ? part : part + 1);
            if (end >= 0 || !window.fill()) {
                return Entry.of(cap.exceeded(Where.line(file, line), length));
            }
        }
    }
}
