package io.demur.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the first bytes of a file say about it, before any format is asked. */
final class Encoding {

    private static final byte[] UTF8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final Map<String, String> ARCHIVES = archives();

    private Encoding() {}

    /** How many bytes of a byte order mark to skip. */
    static int mark(byte[] head) {
        return starts(head, UTF8_MARK) ? UTF8_MARK.length : 0;
    }

    /** The name of an encoding that is not read: one that holds zeros where UTF-8 has none. */
    static Optional<String> wide(byte[] head) {
        if (starts(head, bytes(0xFF, 0xFE, 0, 0)) || starts(head, bytes(0, 0, 0xFE, 0xFF))) {
            return Optional.of("UTF-32");
        }
        if (starts(head, bytes(0xFF, 0xFE)) || starts(head, bytes(0xFE, 0xFF))) {
            return Optional.of("UTF-16");
        }
        boolean little = head.length >= 4;
        boolean big = head.length >= 4;
        for (int i = 0; i < Math.min(head.length, 8); i++) {
            little &= (head[i] == 0) == (i % 2 == 1);
            big &= (head[i] == 0) == (i % 2 == 0);
        }
        return little || big ? Optional.of("UTF-16") : Optional.empty();
    }

    /** What kind of binary file it is, where it is one that people take for transcripts. */
    static Optional<String> binary(byte[] head) {
        return ARCHIVES.entrySet().stream()
                .filter(magic -> starts(head, magic.getKey().getBytes(StandardCharsets.ISO_8859_1)))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Map<String, String> archives() {
        Map<String, String> magic = new LinkedHashMap<>();
        magic.put("PK\3\4", "a ZIP archive");
        magic.put("(\u00B5/\u00FD", "compressed with Zstandard");
        magic.put("BZh", "compressed with bzip2");
        magic.put("\u00FD7zXZ", "compressed with xz");
        magic.put("PAR1", "a Parquet file");
        magic.put("ARROW1", "an Arrow file");
        magic.put("SQLite format 3\0", "an SQLite database");
        magic.put("%PDF", "a PDF document");
        return magic;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static boolean starts(byte[] head, byte[] with) {
        return head.length >= with.length
                && Arrays.equals(head, 0, with.length, with, 0, with.length);
    }
}
