package io.demur.cli;

import io.demur.eval.metric.Standing;
import io.demur.eval.report.RunSummary;
import io.demur.eval.run.Pace;
import io.demur.eval.run.Run;
import io.demur.eval.run.Trial;
import io.demur.eval.run.Watcher;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * How a run goes: one line on a terminal that is painted anew, at most ten times a second;
 * elsewhere a line for each tenth of the trials. Safe for use by several threads.
 */
final class EvalProgress implements Watcher {

    private static final long REPAINT_NANOS = 100_000_000;
    private static final int WIDTH = 20;
    private static final int TENTHS = 10;

    private final PrintWriter err;
    private final boolean terminal = Boolean.getBoolean("demur.terminal");
    private final Pace pace;
    private final long total;
    private final long before;
    private final long started = System.nanoTime();
    private final Standing harmful = Standing.harmful();
    private final Standing benign = Standing.benign();
    private long painted = started;
    private long done;
    private long failed;
    private boolean shown;

    EvalProgress(PrintWriter err, Run run, Pace pace) {
        this.err = err;
        this.pace = pace;
        this.total = run.trialsMax();
        run.trials().stream().filter(it -> it.failure().isEmpty()).forEach(this::count);
        this.before = done;
    }

    private void count(Trial trial) {
        done++;
        failed += trial.failure().isPresent() ? 1 : 0;
        harmful.done(trial);
        benign.done(trial);
    }

    @Override
    public synchronized void done(Trial trial) {
        count(trial);
        long now = System.nanoTime();
        if (terminal) {
            if (now - painted >= REPAINT_NANOS) {
                painted = now;
                shown = true;
                err.print("\r" + bar() + line(now) + "\033[K");
                err.flush();
            }
        } else if (done * TENTHS / total != (done - 1) * TENTHS / total) {
            err.println(line(now));
            err.flush();
        }
    }

    private String bar() {
        int full = (int) (WIDTH * done / total);
        return "█".repeat(full) + "░".repeat(WIDTH - full) + " ";
    }

    private String line(long now) {
        double seconds = Math.max(1e-3, (now - started) / 1e9);
        double rate = (done - before) / seconds;
        StringBuilder line = new StringBuilder();
        line.append(format("%,d of %,d trials · %.1f/s", done, total, rate));
        if (done < total && rate > 0) {
            line.append(" · ").append(duration((total - done) / rate)).append(" left");
        }
        line.append(" · refused: harmful ").append(RunSummary.rate(harmful));
        line.append(", benign ").append(RunSummary.rate(benign));
        if (failed > 0) {
            line.append(format(" · %,d failed", failed));
        }
        return line.append(format(" · %d at once", pace.atOnce())).toString();
    }

    /** Takes the line away, so that something else can be printed. */
    synchronized void clear() {
        if (shown) {
            err.print("\r\033[K");
            err.flush();
            shown = false;
        }
    }

    private static String duration(double seconds) {
        long s = Math.round(seconds);
        if (s < 60) {
            return s + " s";
        }
        return s < 3600
                ? s / 60 + " min " + s % 60 + " s"
                : s / 3600 + " h " + s % 3600 / 60 + " min";
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
