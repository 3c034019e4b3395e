package io.demur.encoder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows by which requests are judged. A text that fits is one row. A longer one is judged by its
 * two ends, as in training, and by windows over all of it, so that nothing hides in its middle.
 *
 * <p>At most {@value #ROWS_MAX} rows in all, which are the whole of about 12,000 characters. Of
 * longer texts the windows are spread evenly, and {@link #whole} says that not all was read.
 *
 * @param rows what to judge; each once
 * @param whole whether every part of every text is in some row
 */
record Requests(List<Ids> rows, boolean whole) {

    /** About a second on one core. */
    static final int ROWS_MAX = 32;

    /** In characters; all but the densest fit a row. */
    static final Windows WINDOWS = new Windows(600, 400);

    private static final int TOKENS_SHARED = 40;

    static Requests of(Encoder encoder, Collection<String> texts) {
        Set<Ids> first = new LinkedHashSet<>();
        Set<Ids> further = new LinkedHashSet<>();
        boolean whole = true;
        for (String text : texts) {
            long[] tokens = encoder.tokens(text);
            Ids ends = Ids.request(Ids.ends(tokens, encoder.card().request()));
            first.add(ends);
            boolean fits =
                    tokens.length <= encoder.card().request().length()
                            && Encoder.beginning(text).length() == text.length();
            if (!fits) {
                int count = WINDOWS.count(text.length());
                whole &= count <= ROWS_MAX;
                for (int window : Windows.spread(count, ROWS_MAX)) {
                    further.addAll(dense(encoder, WINDOWS.of(text, window)));
                }
            }
        }
        further.removeAll(first);
        List<Ids> all = new ArrayList<>(first);
        List<Ids> windows = List.copyOf(further);
        int room = Math.max(0, ROWS_MAX - first.size());
        for (int window : Windows.spread(windows.size(), room)) {
            all.add(windows.get(window));
        }
        return new Requests(
                List.copyOf(all.subList(0, Math.min(all.size(), ROWS_MAX))),
                whole && windows.size() <= room && all.size() <= ROWS_MAX);
    }

    /** The rows of one window: several where its characters are worth more tokens than fit. */
    private static List<Ids> dense(Encoder encoder, String window) {
        int length = encoder.card().request().length();
        return new Windows(length, length - TOKENS_SHARED)
                .of(encoder.tokens(window)).stream().map(Ids::request).toList();
    }
}
