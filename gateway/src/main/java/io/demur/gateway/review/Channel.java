package io.demur.gateway.review;

import io.demur.core.charter.Settings;
import io.demur.core.harm.linear.Folding;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * One of the ways in which an answer speaks: its text, its reasoning, the words of a refusal, or
 * the arguments of one call of a tool. It says where the text is to be judged, shows the window
 * that ends there, and knows how far it may go out.
 *
 * <p>Points lie at fixed offsets of what is read: behind the head, and then one overlap apart.
 * Judged is the window that ends at a point; what has gone out by then ends an overlap before it.
 * So whatever is no longer than the overlap stands whole in a window that is judged before any of
 * it goes out. What is read are the words with their escapes undone and without padding, because
 * that is what a reader gets to see; what goes out are the characters as they came.
 *
 * <p>Where nothing goes out before all is judged, one window overlaps the next by no more than
 * that, and none is judged of which more has to come anyway; passages are, at every point.
 *
 * <p>Keeps as much as one window, however long the answer gets. Used by one thread.
 */
final class Channel {

    /** How many blanks in a row are read; more of them are padding. */
    private static final int BLANKS_MAX = 2;

    private static final int NEXT_LINE = 0x85;
    private static final int LINE_SEPARATOR = 0x2028;
    private static final int PARAGRAPH_SEPARATOR = 0x2029;

    private final int overlap;
    private final int stride;
    private final Recent all;
    private final Recent once;
    private final Undoing undoing;
    private final boolean escaped;
    private final Deque<Long> marks = new ArrayDeque<>();
    private final int spacing;
    private final int beginning;
    private final int thought;
    private final int apart;
    private long taken;
    private long free;
    private long point;
    private long mark;
    private long askedAt = -1;
    private long due;
    private long shown = -1;
    private boolean owing;

    /**
     * Nothing has come yet.
     *
     * @param escaped whether it is JSON, whose escapes are to be undone
     * @param whole whether nothing goes out before all of it is judged
     */
    Channel(Settings.Windows windows, boolean escaped, boolean whole) {
        this.escaped = escaped;
        overlap = windows.overlap();
        int window = Math.max(windows.window(), windows.head());
        int step = window - overlap;
        boolean seldom = whole && !escaped; // undone escapes come several at a time
        apart = seldom ? step : 0;
        due = seldom ? window - 1 : 0; // a character of two units may overstep a point
        stride = overlap == 0 ? step : Math.min(overlap, step);
        spacing = Math.max(0, step - stride);
        beginning = step;
        thought = Math.min(step, (window + overlap) / 2);
        all = new Recent(window);
        once = new Recent(window);
        undoing = new Undoing(once::accept, all::accept);
        point = windows.head();
        mark = point - overlap;
        while (mark < 0) {
            marks.add(0L);
            mark += stride;
        }
        noteMark();
    }

    /** So many characters can be taken before a window is to be judged; at least one. */
    int room() {
        return Math.clamp(point - all.read, 1, Integer.MAX_VALUE);
    }

    /**
     * Takes at most {@link #room} characters.
     *
     * @return whether the window is to be judged now
     */
    boolean append(CharSequence piece, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = piece.charAt(i);
            if (escaped) {
                undoing.append(c);
            } else {
                all.accept(c);
            }
            taken++;
            noteMark();
        }
        return all.read >= point;
    }

    /** Where the next release will end is known once so much was read. */
    private void noteMark() {
        while (all.read >= mark) {
            marks.add(taken);
            mark += stride;
        }
    }

    /**
     * Whether the window has to be judged here. Where nothing goes out on the way, it has not where
     * the next point is early enough and nothing is owed.
     *
     * @param last whether the channel ends here
     */
    boolean isDue(boolean last) {
        return last || owing || all.read + stride > due;
    }

    /** What is to be judged: as read, and once more where that hides what one layer shows. */
    List<String> windows() {
        shown = all.read;
        List<String> windows = new ArrayList<>(List.of(all.toString()));
        if (escaped && !once.toString().equals(windows.getFirst())) {
            windows.add(once.toString());
        }
        return windows;
    }

    /**
     * What is to be judged by itself as well, because judges weigh a text as a whole and do not see
     * what stands behind as much of something else: what follows the last blank line behind which
     * at least an overlap has come. Nothing where the window has none.
     */
    Optional<String> passage() {
        return all.passage(overlap);
    }

    boolean isPassage(String judged) {
        return passage().filter(judged::equals).isPresent();
    }

    /** The point is judged; what lies an overlap before it may go out unless something is owed. */
    void passed() {
        if (!owing && shown == all.read) {
            due = shown + apart;
        }
        while (all.read >= point) {
            long to = marks.isEmpty() ? free : marks.removeFirst();
            point += stride;
            if (!owing) {
                free = Math.max(free, to);
            }
        }
    }

    /** All that has come was judged and may go out. */
    void freeAll() {
        free = taken;
    }

    /** How many characters have come. */
    long taken() {
        return taken;
    }

    /** How many of them may go out. */
    long free() {
        return free;
    }

    /**
     * Whether too little has come of what was judged, so that it may be half a thought: of all that
     * is said here, or of a passage.
     */
    boolean isBeginning(String judged) {
        return all.read < beginning || (judged.length() < thought && isPassage(judged));
    }

    /** Whether the second judge may be asked about the window that is read now. */
    boolean mayAsk() {
        return askedAt < 0 || all.read - askedAt >= spacing;
    }

    /** The second judge was asked about the window that is read now. */
    void asked() {
        askedAt = all.read;
        settled();
    }

    /** Nothing is left to be found of the window that is read now. */
    void settled() {
        owing = false;
    }

    /** Something is still to be found of the window. */
    void owe() {
        owing = true;
    }

    /** What was found of a beginning is to be found again at the next point. */
    void again() {
        askedAt = -1;
        owe();
    }

    boolean isOwing() {
        return owing;
    }

    /** The last of what was read. */
    private static final class Recent {

        private final int most;
        private final StringBuilder text = new StringBuilder();
        private final Deque<Long> passages = new ArrayDeque<>();
        private int blanks;
        private int lines;
        private int last;
        private char half;
        private long read;

        Recent(int most) {
            this.most = most;
        }

        /** Characters that nobody sees are not read, nor padding. */
        void accept(int unit) {
            char c = (char) unit;
            if (Character.isHighSurrogate(c)) {
                half = c; // what it is shows with the other half
                return;
            }
            boolean pair = half != 0 && Character.isLowSurrogate(c);
            int point = pair ? Character.toCodePoint(half, c) : c;
            half = 0;
            if (Folding.isUnseen(point)) {
                return;
            }
            boolean blank = isBlank(point);
            blanks = blank ? blanks + 1 : 0;
            if (blanks <= BLANKS_MAX) {
                read(point);
            }
            lines = blank ? lines + ended(point) : 0;
            if (lines >= 2 && (passages.isEmpty() || passages.getLast() != read)) {
                passages.add(read);
            }
            last = point;
        }

        private void read(int point) {
            text.appendCodePoint(point);
            read += Character.charCount(point);
            if (text.length() >= 2 * most) {
                text.delete(0, text.length() - most);
            }
            while (!passages.isEmpty() && passages.getFirst() < read - most) {
                passages.removeFirst();
            }
        }

        private static boolean isBlank(int point) {
            return Character.isWhitespace(point)
                    || Character.isSpaceChar(point)
                    || point == NEXT_LINE;
        }

        /** How many lines end with it; padding ends them too, and is not read. */
        private int ended(int point) {
            return switch (point) {
                case '\n' -> last == '\r' ? 0 : 1;
                case '\r', '\u000B', '\f', NEXT_LINE, LINE_SEPARATOR -> 1;
                case PARAGRAPH_SEPARATOR -> 2;
                default -> 0;
            };
        }

        /** What follows the last blank line in the window behind which so much was read. */
        Optional<String> passage(int least) {
            String window = toString();
            long from = read - window.length();
            Iterator<Long> latest = passages.descendingIterator();
            while (latest.hasNext()) {
                long at = latest.next();
                if (at <= read - least) {
                    return at < from + BLANKS_MAX
                            ? Optional.empty()
                            : Optional.of(window.substring((int) (at - from)));
                }
            }
            return Optional.empty();
        }

        @Override
        public String toString() {
            return text.substring(Math.max(0, text.length() - most));
        }
    }
}
