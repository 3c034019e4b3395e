package io.demur.cli;

import io.demur.log.LogReader;
import io.demur.log.LogRefused;
import io.demur.log.note.Malformed;
import io.demur.log.note.VerifierKey;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code demur log show}: entries as a table or as JSON. */
@Command(
        name = "show",
        description = "Shows entries of the log, oldest first.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class LogShowCommand implements Callable<Integer> {

    private static final long FOLLOW_MILLIS = 500;

    @Mixin private DataOptions data = new DataOptions();
    @Mixin private EntryFilter filter = new EntryFilter();

    @Option(names = "--last", paramLabel = "N", description = "Only the last N of these.")
    private int last = Integer.MAX_VALUE;

    @Option(names = "--follow", description = "Goes on as entries are published, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--json", description = "One JSON object a line: index, and the entry.")
    private boolean json;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        return Guarded.run(spec, this::show);
    }

    private int show() throws IOException, LogRefused, Malformed {
        Installation installation = new Installation(data.folder());
        LogReader reader = installation.reader();
        List<VerifierKey> keys = installation.vkeys();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        long size = reader.checkpoint(keys).head().size();
        show(reader, size, out);
        try (Interrupt interrupt = Interrupt.listen(() -> {})) {
            while (follow && !interrupt.stop() && !out.checkError()) {
                // a key that was replaced meanwhile is in the file by then
                long now = reader.checkpoint(installation.vkeys()).head().size();
                filter.read(reader, size, now, line -> print(line, out));
                size = now;
                pause();
            }
        }
        return ExitCode.OK;
    }

    /** Shows what is there: all of it, or the last of it. */
    void show(LogReader reader, long size, PrintWriter out) throws IOException, Malformed {
        if (last == Integer.MAX_VALUE) {
            filter.read(reader, 0, size, line -> print(line, out));
            out.flush();
            return;
        }
        Deque<EntryLine> kept = new ArrayDeque<>();
        // without a filter they are the last of the log, and nothing else need be read
        long from = filter.isOpen() ? Math.max(0, size - last) : 0;
        filter.read(
                reader,
                from,
                size,
                line -> {
                    kept.add(line);
                    if (kept.size() > last) {
                        kept.remove();
                    }
                });
        kept.forEach(line -> print(line, out));
        out.flush();
    }

    private void print(EntryLine line, PrintWriter out) {
        out.println(json ? line.jsonRow() : line.row());
    }

    private static void pause() {
        try {
            Thread.sleep(FOLLOW_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
