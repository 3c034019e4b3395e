package io.demur.log;

import io.demur.log.journal.Damage;
import io.demur.log.journal.Disk;
import io.demur.log.journal.Frame;
import io.demur.log.journal.JournalReader;
import io.demur.log.journal.Recovery;
import io.demur.log.merkle.Hash;
import io.demur.log.merkle.Merkle;
import io.demur.log.note.Malformed;
import io.demur.log.note.VerifierKey;
import io.demur.log.tile.FolderSource;
import io.demur.log.tile.TilePath;
import io.demur.log.tile.TiledTree;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds what a log's folder has against what was signed for it, before anything is changed there.
 */
final class Opening {

    /** A head that was signed, and where that is written. */
    private record Signed(String where, TreeHead head) {}

    private final LogSettings settings;
    private final Disk disk;
    private final Recovery found;

    Opening(LogSettings settings, Disk disk, Recovery found) {
        this.settings = settings;
        this.disk = disk;
        this.found = found;
    }

    /**
     * Checks all heads that are known.
     *
     * @param anchored what the anchors hold, in their order
     * @return the checkpoint that is there
     */
    Optional<Checkpoint> check(List<Optional<TreeHead>> anchored) throws IOException, LogRefused {
        Optional<Checkpoint> checkpoint = checkpoint();
        List<Signed> heads = new ArrayList<>();
        checkpoint.ifPresent(signed -> heads.add(new Signed("`checkpoint`", signed.head())));
        for (int i = 0; i < anchored.size(); i++) {
            String where = "the anchor `%s`".formatted(settings.anchors().get(i));
            anchored.get(i).ifPresent(head -> heads.add(new Signed(where, head)));
        }
        for (Signed signed : heads) {
            checkSize(signed);
        }
        Path folder = settings.folder();
        if (found.isEmpty() && (checkpoint.isPresent() || Files.exists(folder.resolve("tile")))) {
            throw refused(
                    "`%s` holds a log without its journal".formatted(folder),
                    "put `journal/` back, as it was last",
                    null);
        }
        if (found.first() > 0 && heads.isEmpty()) {
            throw refused(
                    "`%s` is missing in `%s`".formatted("checkpoint", folder),
                    "put the last one back: without it nothing shows that the tiles are unchanged",
                    null);
        }
        try {
            checkRoots(heads);
        } catch (Damage | Malformed | IOException e) {
            throw refused(
                    "`%s` is damaged: %s".formatted(folder, e.getMessage()),
                    "put back what is missing from a copy",
                    e);
        }
        return checkpoint;
    }

    private Optional<Checkpoint> checkpoint() throws IOException, LogRefused {
        Optional<byte[]> bytes = disk.bytes(settings.folder().resolve("checkpoint"));
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        List<VerifierKey> keys = new ArrayList<>(settings.earlier());
        keys.add(settings.key().verifier());
        try {
            return Optional.of(Checkpoint.open(bytes.get(), keys));
        } catch (Malformed e) {
            throw refused(
                    "`checkpoint` in `%s`: %s".formatted(settings.folder(), e.getMessage()),
                    "open the log with the key that signed it, `%s` did not"
                            .formatted(settings.key().verifier()),
                    e);
        }
    }

    private void checkSize(Signed signed) throws LogRefused {
        TreeHead head = signed.head();
        String origin = settings.key().verifier().name();
        if (!head.origin().equals(origin)) {
            throw refused(
                    "%s is that of `%s`, and not of `%s`"
                            .formatted(signed.where(), head.origin(), origin),
                    "open each log with its own key and anchors",
                    null);
        }
        if (head.size() > found.end()) {
            throw refused(
                    "%s was signed for %d entries, and %d are here: restored or rolled back"
                            .formatted(signed.where(), head.size(), found.end()),
                    "put back what is missing, or begin a log of another name: this must not sign",
                    null);
        }
    }

    /** Goes through the entries once, and compares each head when its size is reached. */
    private void checkRoots(List<Signed> heads) throws IOException, Malformed, Damage, LogRefused {
        FolderSource source = new FolderSource(settings.folder());
        long last = 0;
        for (Signed signed : heads) {
            long size = signed.head().size();
            last = Math.max(last, size);
            if (size <= found.first()) {
                checkRoot(signed, RightEdge.load(source, size).root());
            }
        }
        if (last <= found.first()) {
            return;
        }
        long whole = found.first() & ~0xFFL;
        RightEdge edge = RightEdge.load(source, whole);
        if (whole < found.first()) {
            TilePath path = TilePath.full(TilePath.ENTRIES, whole >>> 8);
            List<byte[]> bundle = TiledTree.entries(source, path);
            add(edge, bundle.subList(0, (int) (found.first() - whole)), List.of());
        }
        try (JournalReader reader = found.reader()) {
            while (edge.size() < last) {
                Optional<Frame> next = reader.next(found.end());
                if (next.isEmpty()) {
                    throw new Damage("the journal ends at entry %d".formatted(edge.size()));
                }
                add(edge, next.get().entries(), heads);
            }
        }
    }

    private void add(RightEdge edge, List<byte[]> entries, List<Signed> heads) throws LogRefused {
        for (byte[] entry : entries) {
            edge.add(Merkle.leaf(entry), (level, index, hashes) -> {});
            for (Signed signed : heads) {
                if (signed.head().size() == edge.size()) {
                    checkRoot(signed, edge.root());
                }
            }
        }
    }

    private void checkRoot(Signed signed, Hash root) throws LogRefused {
        if (!signed.head().root().equals(root)) {
            throw refused(
                    "%s was signed for other entries than the first %d here"
                            .formatted(signed.where(), signed.head().size()),
                    "put back the entries that were signed, or begin a log of another name",
                    null);
        }
    }

    private static LogRefused refused(String what, String remedy, @Nullable Throwable cause) {
        return new LogRefused(what + "; " + remedy, cause);
    }
}
