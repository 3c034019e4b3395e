package io.demur.log;

import io.demur.log.merkle.Hash;
import io.demur.log.merkle.Merkle;
import io.demur.log.note.Malformed;
import io.demur.log.tile.EntryBundle;
import io.demur.log.tile.FolderSource;
import io.demur.log.tile.TilePath;
import io.demur.log.tile.TileSource;
import io.demur.log.tile.TiledTree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Checks all of a published log: every hash of every tile and the root are derived anew from the
 * entries, and compared. Memory stays flat, however long the log is.
 *
 * <p>What a checkpoint does not cover is not checked: a log that is being written has files for
 * entries that no checkpoint covers yet.
 */
public final class Fsck {

    /** How many problems a report names; the rest are counted. */
    public static final int NAMED_MAX = 1_000;

    /** After so many bundles in a row that cannot be read, nobody looks for more. */
    static final int MISSING_MAX = 1_000;

    private static final int LEVELS = 8;

    /**
     * What was found.
     *
     * @param head what the log was checked against
     * @param root derived from the entries; nothing where some of them could not be read
     * @param problems one sentence each, at most {@link #NAMED_MAX} and one that says where the
     *     check ended early
     * @param problemCount of them all
     * @param notes what is no fault, and worth knowing
     */
    public record Report(
            TreeHead head,
            Optional<Hash> root,
            List<String> problems,
            long problemCount,
            List<String> notes) {

        public Report {
            problems = List.copyOf(problems);
            notes = List.copyOf(notes);
        }

        public boolean isSound() {
            return problemCount == 0;
        }
    }

    private final TileSource source;
    private final TreeHead head;
    private final Consumer<String> problem;
    private final Level[] levels = new Level[LEVELS];
    private long later;
    private Optional<String> ended = Optional.empty();

    private Fsck(TileSource source, TreeHead head, Consumer<String> problem) {
        this.source = source;
        this.head = head;
        this.problem = problem;
        Arrays.setAll(levels, Level::new);
    }

    /** Checks a log against a checkpoint whose signature has been verified. */
    public static Report check(TileSource source, TreeHead head) {
        List<String> named = new ArrayList<>();
        long[] count = {0};
        Fsck fsck =
                new Fsck(
                        source,
                        head,
                        said -> {
                            if (count[0]++ < NAMED_MAX) {
                                named.add(said);
                            }
                        });
        Optional<Hash> root = fsck.run();
        // named in any case: it says that there may be more than was counted
        fsck.ended.ifPresent(named::add);
        count[0] += fsck.ended.isPresent() ? 1 : 0;
        List<String> notes = new ArrayList<>();
        if (fsck.later > 0) {
            notes.add(
                    "%d files in `tile/` are of entries that this checkpoint does not cover"
                            .formatted(fsck.later));
        }
        return new Report(head, root, named, count[0], notes);
    }

    /** The same check, which tells each problem as it is found; whoever is told may throw. */
    static void check(TileSource source, TreeHead head, Consumer<String> problem) {
        Fsck fsck = new Fsck(source, head, problem);
        fsck.run();
        fsck.ended.ifPresent(problem);
    }

    /**
     * Whether the log still holds what it held at an earlier checkpoint. To be asked of a log that
     * {@link #check} found sound: its tiles are believed here.
     *
     * @param earlier a verified head of the same log
     * @return what is wrong; nothing where the log has only grown
     */
    public static Optional<String> since(TreeHead earlier, TileSource source, TreeHead head) {
        if (!earlier.origin().equals(head.origin())) {
            return Optional.of(
                    "the earlier checkpoint is of `%s`, this log is `%s`"
                            .formatted(earlier.origin(), head.origin()));
        }
        if (earlier.size() > head.size()) {
            return Optional.of(
                    "rolled back: %d entries were signed for earlier, %d are here"
                            .formatted(earlier.size(), head.size()));
        }
        try {
            return new LogReader(source).root(earlier.size(), head.size()).equals(earlier.root())
                    ? Optional.empty()
                    : Optional.of(
                            "forked: the first %d entries are not those that were signed for"
                                            .formatted(earlier.size())
                                    + " earlier");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Hash> run() {
        Optional<Hash> root = derive();
        root.ifPresent(
                found -> {
                    if (!found.equals(head.root())) {
                        problem.accept(
                                "`checkpoint`: the root of its %d entries is %s, not %s"
                                        .formatted(
                                                head.size(), found.base64(), head.root().base64()));
                    }
                });
        if (source instanceof FolderSource folder) {
            try {
                folder.walk("tile", this::other, problem);
            } catch (IOException e) {
                problem.accept("`tile`: %s".formatted(e.getMessage()));
            }
        }
        return root;
    }

    /** Goes through the entries and compares each tile as soon as it is derived. */
    private Optional<Hash> derive() {
        boolean whole = true;
        int missing = 0;
        for (long first = 0; first < head.size(); first += TilePath.FULL) {
            int width = (int) Math.min(TilePath.FULL, head.size() - first);
            Optional<List<Hash>> leaves = leaves(first / TilePath.FULL, width);
            whole &= leaves.isPresent();
            missing = leaves.isPresent() ? 0 : missing + 1;
            if (missing == MISSING_MAX) {
                ended =
                        Optional.of(
                                "the check ended at entry %d of %d: %,d bundles in a row cannot"
                                        .concat(" be read")
                                        .formatted(first, head.size(), missing));
                return Optional.empty();
            }
            // without the entries, the tile above them lets the rest be checked nevertheless
            Optional<List<Hash>> hashes =
                    leaves.isPresent() ? leaves : stored(first / TilePath.FULL, width);
            if (hashes.isPresent()) {
                hashes.get().forEach(levels[0]::add);
            } else {
                levels[0].skip(width);
            }
        }
        for (Level level : levels) {
            level.end();
        }
        return whole ? Optional.of(edge()) : Optional.empty();
    }

    /** The root: over what each level holds that is in no tile above it. */
    private Hash edge() {
        Optional<Hash> root = Optional.empty();
        for (Level level : levels) {
            for (int width = 1; width < TilePath.FULL; width *= 2) {
                if ((level.count & width) != 0) {
                    Hash left = level.subtree(level.count & -(2 * width), width);
                    root = Optional.of(root.isEmpty() ? left : Merkle.node(left, root.get()));
                }
            }
        }
        return root.orElse(Merkle.EMPTY);
    }

    private Optional<List<Hash>> leaves(long bundle, int width) {
        TilePath path = new TilePath(TilePath.ENTRIES, bundle, width);
        try {
            List<Hash> leaves = new ArrayList<>(width);
            for (byte[] entry : TiledTree.entries(source, path)) {
                leaves.add(Merkle.leaf(entry));
            }
            return Optional.of(leaves);
        } catch (IOException e) {
            problem.accept(of(path, e));
        } catch (Malformed e) {
            problem.accept(String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private Optional<List<Hash>> stored(long tile, int width) {
        try {
            byte[] bytes = TiledTree.read(source, new TilePath(0, tile, width));
            List<Hash> hashes = new ArrayList<>(width);
            for (int i = 0; i < width; i++) {
                hashes.add(Hash.at(bytes, i * Hash.BYTES));
            }
            return Optional.of(hashes);
        } catch (IOException | Malformed e) {
            return Optional.empty(); // said where the tile is compared
        }
    }

    private static String of(TilePath path, IOException e) {
        String said = String.valueOf(e.getMessage());
        return said.startsWith("`%s`".formatted(path))
                ? said
                : "`%s` cannot be read: %s".formatted(path, said);
    }

    /** One level of tiles while its rightmost one is being filled. */
    private final class Level {
        private final int level;
        private final byte[] hashes = new byte[TilePath.FULL * Hash.BYTES];
        private long tile;
        private int count;
        // a hash that could not be derived: the tile cannot be compared as a whole
        private boolean gap;

        Level(int level) {
            this.level = level;
        }

        void add(Hash hash) {
            hash.copyTo(hashes, count * Hash.BYTES);
            added(1);
        }

        void skip(int width) {
            gap = true;
            added(width);
        }

        private void added(int width) {
            count += width;
            if (count == TilePath.FULL) {
                compare();
                if (level + 1 < LEVELS) {
                    if (gap) {
                        levels[level + 1].skip(1);
                    } else {
                        levels[level + 1].add(subtree(0, TilePath.FULL));
                    }
                }
                tile++;
                count = 0;
                gap = false;
            }
        }

        void end() {
            if (count > 0) {
                compare();
            }
        }

        Hash subtree(int from, int width) {
            return TiledTree.subtree(hashes, from, width);
        }

        private void compare() {
            TilePath path = new TilePath(level, tile, count);
            byte[] found;
            try {
                found = TiledTree.read(source, path);
            } catch (IOException e) {
                problem.accept(of(path, e));
                return;
            } catch (Malformed e) {
                problem.accept(String.valueOf(e.getMessage()));
                return;
            }
            int bytes = count * Hash.BYTES;
            if (gap || Arrays.equals(found, 0, bytes, hashes, 0, bytes)) {
                return;
            }
            int at = Arrays.mismatch(found, 0, bytes, hashes, 0, bytes) / Hash.BYTES;
            problem.accept(
                    level == 0
                            ? "`%s`: hash %d is not that of entry %d"
                                    .formatted(path, at, tile * TilePath.FULL + at)
                            : "`%s`: hash %d is not that of `%s`"
                                    .formatted(
                                            path,
                                            at,
                                            TilePath.full(level - 1, tile * TilePath.FULL + at)));
        }
    }

    /**
     * One file that was found under {@code tile/}. Those that the checkpoint needs have been
     * compared; earlier partial ones have to be the beginnings of what stands there now.
     */
    private void other(String name) {
        TilePath path;
        try {
            path = TilePath.parse(name);
        } catch (Malformed e) {
            problem.accept("`%s` should not be there: %s".formatted(name, e.getMessage()));
            return;
        }
        int level = Math.max(0, path.level());
        long there = level < LEVELS ? head.size() >>> (8 * level) : 0;
        // by division: the product would overflow for an index that only a name can have
        long before = path.index() > there / TilePath.FULL ? there : path.index() * TilePath.FULL;
        if (there - before < path.width()) {
            later++;
            return;
        }
        int width = (int) Math.min(TilePath.FULL, there - before);
        if (path.width() == width) {
            return;
        }
        TilePath now = new TilePath(path.level(), path.index(), width);
        try {
            Optional<byte[]> early = source.read(name);
            if (early.isEmpty()) {
                return; // the log is being written, and a full tile has just replaced it
            }
            byte[] expected;
            if (path.level() == TilePath.ENTRIES) {
                expected =
                        EntryBundle.bytes(TiledTree.entries(source, now).subList(0, path.width()));
            } else {
                expected = Arrays.copyOf(TiledTree.read(source, now), path.width() * Hash.BYTES);
            }
            if (!Arrays.equals(early.get(), expected)) {
                problem.accept("`%s` is not the beginning of `%s`".formatted(name, now));
            }
        } catch (IOException | Malformed e) {
            problem.accept("`%s`: cannot be compared with `%s`".formatted(name, now));
        }
    }
}
