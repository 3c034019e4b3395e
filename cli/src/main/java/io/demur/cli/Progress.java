package io.demur.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * One line on a terminal that is painted anew as work goes on, at most ten times a second; nothing
 * at all where the stream is no terminal. Not safe for use by several threads.
 */
final class Progress {

    private static final long REPAINT_NANOS = 100_000_000;
    private static final int WIDTH = 24;

    private final PrintStream out;
    private final boolean terminal;
    private final String noun;
    private final long started = System.nanoTime();
    private long painted = started;
    private boolean shown;

    /**
     * Nothing is shown yet.
     *
     * @param noun what is judged, in the plural
     */
    Progress(PrintStream out, boolean terminal, String noun) {
        this.out = out;
        this.noun = noun;
        this.terminal = terminal;
    }

    /**
     * Says how far the work is.
     *
     * @param bytes read so far
     * @param total bytes in all; 0 where that is not known
     * @param judged so far
     */
    void at(long bytes, long total, long judged) {
        long now = System.nanoTime();
        if (!terminal || now - painted < REPAINT_NANOS) {
            return;
        }
        painted = now;
        shown = true;
        double seconds = (now - started) / 1e9;
        StringBuilder line = new StringBuilder("\r");
        if (total > 0) {
            double share = Math.min(1, (double) bytes / total);
            int full = (int) (share * WIDTH);
            line.append("█".repeat(full)).append("░".repeat(WIDTH - full));
            line.append(String.format(Locale.ROOT, " %3.0f %%", 100 * share));
            if (share > 0.01) {
                line.append(" · ").append(duration(seconds / share * (1 - share))).append(" left");
            }
        } else {
            line.append(duration(seconds));
        }
        line.append(
                String.format(
                        Locale.ROOT, " · %,d %s · %.1f MB/s", judged, noun, bytes / 1e6 / seconds));
        out.print(line.append("\033[K"));
        out.flush();
    }

    /** Takes the line away, so that something else can be printed. */
    void clear() {
        if (shown) {
            out.print("\r\033[K");
            out.flush();
            shown = false;
        }
    }

    private static String duration(double seconds) {
        long s = Math.round(seconds);
        return s < 60 ? s + " s" : s / 60 + " min " + s % 60 + " s";
    }
}
