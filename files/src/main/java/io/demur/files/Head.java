package io.demur.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The beginning of a file, by which its format is recognised.
 *
 * @param fileName without folders and without {@code .gz}; empty for standard input
 * @param bytes uncompressed and without a byte order mark; never modified
 * @param whole whether this is all of the file
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copied nowhere
record Head(String fileName, byte[] bytes, boolean whole) {

    /** How much of a file is looked at, in bytes. */
    static final int BYTES = 128 * 1024;

    /** The lines that are complete, decoded leniently; blank lines are left out. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= bytes.length; i++) {
            boolean end = i == bytes.length;
            if (end ? whole : bytes[i] == '\n') {
                String line = new String(bytes, from, i - from, StandardCharsets.UTF_8);
                if (!line.isBlank()) {
                    lines.add(line);
                }
                from = i + 1;
            }
        }
        return lines;
    }

    /** The first byte that is no white space, or -1. */
    int firstByte() {
        for (byte b : bytes) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b & 0xFF;
            }
        }
        return -1;
    }

    /** The first characters, for messages. */
    String sample() {
        String start = new String(bytes, 0, Math.min(bytes.length, 160), StandardCharsets.UTF_8);
        String line = start.strip().lines().findFirst().orElse("");
        return line.length() > 40 ? line.substring(0, 40) + "…" : line;
    }

    /** The file's name without its ending. */
    String stem() {
        int dot = fileName.lastIndexOf('.');
        return dot > 0 ? fileName.substring(0, dot) : fileName;
    }
}
