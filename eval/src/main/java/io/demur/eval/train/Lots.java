package io.demur.eval.train;

import io.demur.files.corpus.CorpusRow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Deals groups of rows into a hundred lots, the same for all judges and for the encoder's training
 * ({@code training/data.py}), so that what one judge has not seen, none has.
 */
final class Lots {

    /** Groups of the lots below are held out. */
    static final int HELD_OUT_PERCENT = 20;

    private Lots() {}

    /** A number below 100 that is the same for all of a group, whatever else is there. */
    static int lot(String group) {
        int h = 17;
        for (int i = 0; i < group.length(); i++) {
            h = h * 31 + group.charAt(i);
        }
        h ^= h >>> 16;
        h *= 0x85EBCA6B;
        return Math.floorMod(h ^ h >>> 13, 100);
    }

    /** Whether a group is held out of training. */
    static boolean heldOut(String group) {
        return lot(group) < HELD_OUT_PERCENT;
    }

    /** What may not lie on both sides of a split. */
    static String group(CorpusRow row, String prompt) {
        String source = row.source();
        if (source.startsWith("own_harm_")) {
            if (!row.detail("frame").isEmpty()) {
                return source + "#" + row.detail("frame");
            }
            if (!row.detail("pair").isEmpty()) {
                return source + "#" + row.detail("pair");
            }
            if (source.equals("own_harm_e")) {
                String id = row.id();
                int number = Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
                return source + "#" + (number + 1) / 2;
            }
        }
        if (source.equals("own_lookalikes") && !row.detail("prompt_group").isEmpty()) {
            return source + row.detail("prompt_group");
        }
        boolean grouped = source.equals("own_partial") || source.equals("own_described");
        if (grouped && !row.detail("group").isEmpty()) {
            return source + row.detail("group");
        }
        return source + prompt;
    }

    /**
     * As many rows as are enough, chosen by their content alone, in the order given.
     *
     * @param enough how many; -1 for all
     */
    static <T> List<T> thin(List<T> rows, int enough, Function<T, String> content) {
        if (enough < 0 || rows.size() <= enough) {
            return rows;
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingInt(i -> lot("thin" + content.apply(rows.get(i)))));
        List<Integer> kept = order.subList(0, enough).stream().sorted().toList();
        return kept.stream().map(rows::get).toList();
    }
}
