package io.demur.record.policy;

import io.demur.log.LogReader;
import io.demur.log.journal.Disk;
import io.demur.log.note.Malformed;
import io.demur.log.note.Text;
import io.demur.record.keys.Pseudonyms;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a log has been searched for entries POLICY, and where they stand: a file that saves the
 * next start the search. It is under a keyed hash and bound to the log's root, so that one of
 * another log, of other entries, or that somebody else wrote is passed over; then the search begins
 * at the first entry again.
 *
 * @param size how many entries were searched
 * @param root of the tree of that size, in hexadecimal
 * @param indexes of the entries POLICY
 */
record Seen(long size, String root, List<Long> indexes) {

    /** Fewer entries than this are searched sooner than a file is written. */
    static final long STEP = 20_000;

    private static final String FILE = ".seen";
    private static final String KIND = "demur-seen v1\n";

    Seen {
        indexes = List.copyOf(indexes);
    }

    private String text() {
        StringBuilder out = new StringBuilder(KIND);
        out.append("size ").append(size).append('\n');
        out.append("root ").append(root).append('\n');
        indexes.forEach(index -> out.append("policy ").append(index).append('\n'));
        return out.toString();
    }

    private String file(Pseudonyms key) {
        return text() + "hmac " + key.of(text().getBytes(StandardCharsets.UTF_8)) + "\n";
    }

    /** What the file says of a log, where it can be believed. */
    static Optional<Seen> read(Path folder, Pseudonyms key, LogReader reader, long published) {
        try {
            Optional<byte[]> bytes = new Disk().bytes(folder.resolve(FILE));
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            String text = Text.utf8(bytes.get());
            Seen seen = parse(text);
            boolean ours = seen.file(key).equals(text) && seen.size <= published;
            return ours && seen.root.equals(reader.root(seen.size, published).toString())
                    ? Optional.of(seen)
                    : Optional.empty();
        } catch (IOException | Malformed | RuntimeException e) {
            return Optional.empty(); // it costs time, and never truth
        }
    }

    private static Seen parse(String text) throws Malformed {
        List<String> lines = text.lines().toList();
        List<Long> indexes = new ArrayList<>();
        for (String line : lines.subList(3, lines.size() - 1)) {
            indexes.add(Text.decimal(line.substring("policy ".length())));
        }
        return new Seen(
                Text.decimal(lines.get(1).substring("size ".length())),
                lines.get(2).substring("root ".length()),
                indexes);
    }

    /** Writes it; where that fails the next start takes longer. */
    void write(Path folder, Pseudonyms key) {
        try {
            Disk disk = new Disk();
            disk.createFolders(folder);
            disk.replace(
                    folder.resolve(FILE + ".new"),
                    folder.resolve(FILE),
                    file(key).getBytes(StandardCharsets.UTF_8),
                    false);
        } catch (IOException e) {
            return;
        }
    }
}
