package io.demur.log.tile;

import io.demur.log.note.Malformed;
import io.demur.log.note.Text;

/**
 * The name of one tile or entry bundle under the log's prefix, as tlog-tiles writes it: {@code
 * tile/<level>/<index>} or {@code tile/entries/<index>}, with {@code .p/<width>} where it is not
 * full.
 *
 * @param level the tile's level from 0 to 63, or {@link #ENTRIES}
 * @param index which tile of its level, from 0
 * @param width how many hashes or entries it holds: 1 to 256, less than 256 for a partial one
 */
public record TilePath(int level, long index, int width) {

    /** Instead of a level: a bundle of entries. */
    public static final int ENTRIES = -1;

    /** What a full tile holds. */
    public static final int FULL = 256;

    public TilePath {
        if (level < ENTRIES || level > 63) {
            throw new IllegalArgumentException("no tile has level " + level);
        }
        if (index < 0) {
            throw new IllegalArgumentException("no tile has index " + index);
        }
        if (width < 1 || width > FULL) {
            throw new IllegalArgumentException("no tile has width " + width);
        }
    }

    /** A full tile. */
    public static TilePath full(int level, long index) {
        return new TilePath(level, index, FULL);
    }

    /**
     * Reads a name.
     *
     * @throws Malformed where it is not the one name of a tile
     */
    public static TilePath parse(String name) throws Malformed {
        String[] parts = name.split("/", -1);
        if (parts.length < 3 || !parts[0].equals("tile")) {
            throw new Malformed("`%s` names no tile".formatted(Text.shown(name)));
        }
        int level = ENTRIES;
        if (!parts[1].equals("entries")) {
            long given = Text.decimal(parts[1]);
            if (given > 63) {
                throw new Malformed(
                        "`%s`: no tile has level %d".formatted(Text.shown(name), given));
            }
            level = (int) given;
        }
        int groups = parts.length;
        int width = FULL;
        if (parts.length > 3 && parts[parts.length - 2].endsWith(".p")) {
            long given = Text.decimal(parts[parts.length - 1]);
            if (given < 1 || given >= FULL) {
                throw new Malformed(
                        "`%s`: a partial tile has width 1 to 255".formatted(Text.shown(name)));
            }
            width = (int) given;
            groups--;
        }
        StringBuilder digits = new StringBuilder();
        for (int i = 2; i < groups; i++) {
            String part = parts[i];
            if (i < groups - 1) {
                part = part.startsWith("x") ? part.substring(1) : "";
            } else if (width < FULL) {
                part = part.substring(0, part.length() - 2);
            }
            if (part.length() != 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new Malformed("`%s` names no tile".formatted(Text.shown(name)));
            }
            digits.append(part);
        }
        long index;
        try {
            index = Long.parseLong(digits.toString());
        } catch (NumberFormatException e) {
            throw new Malformed("`%s` names no tile".formatted(Text.shown(name)));
        }
        TilePath path = new TilePath(level, index, width);
        if (!path.toString().equals(name)) {
            throw new Malformed("`%s` is written `%s`".formatted(Text.shown(name), path));
        }
        return path;
    }

    public boolean isFull() {
        return width == FULL;
    }

    /** The name, with slashes, relative to the log's prefix. */
    @Override
    public String toString() {
        StringBuilder name = new StringBuilder("tile/");
        name.append(level == ENTRIES ? "entries" : Integer.toString(level)).append('/');
        String digits = Long.toString(index);
        int groups = (digits.length() + 2) / 3;
        digits = "0".repeat(groups * 3 - digits.length()) + digits;
        for (int i = 0; i < groups; i++) {
            if (i < groups - 1) {
                name.append('x');
            }
            name.append(digits, 3 * i, 3 * i + 3);
            name.append(i < groups - 1 ? "/" : "");
        }
        if (width < FULL) {
            name.append(".p/").append(width);
        }
        return name.toString();
    }
}
