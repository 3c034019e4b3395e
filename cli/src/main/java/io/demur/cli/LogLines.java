package io.demur.cli;

import io.demur.gateway.running.ExchangeLines;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * The program's own log: lines of JSON, written by a thread of their own, because whoever has
 * something to say may be the thread of the record or that of a verticle. What cannot be written in
 * time is dropped, and counted in a line of its own.
 */
final class LogLines extends Handler implements AutoCloseable {

    private static final int ROOM = 8_192;
    private static final int END_SECONDS = 5;

    private final PrintStream out;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(ROOM);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().name("demur-lines").unstarted(this::run);
    private final SimpleFormatter words = new SimpleFormatter();
    private final Logger root = Logger.getLogger("");
    private volatile boolean ending;

    private LogLines(PrintStream out) {
        this.out = out;
    }

    /** The same on standard error, which is left open. */
    static LogLines install() {
        return install(System.err);
    }

    /** Takes the place of whatever writes the log of this process. */
    static LogLines install(PrintStream out) {
        LogLines lines = new LogLines(out);
        for (Handler handler : lines.root.getHandlers()) {
            lines.root.removeHandler(handler);
        }
        lines.root.addHandler(lines);
        lines.thread.setDaemon(true);
        lines.thread.start();
        return lines;
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record) && !ending && !waiting.offer(line(record))) {
            dropped.incrementAndGet();
        }
    }

    private String line(LogRecord record) {
        if (ExchangeLines.NAME.equals(record.getLoggerName())) {
            return record.getMessage();
        }
        TreeMap<String, Json> fields = new TreeMap<>();
        fields.put("at", new Json.Str(record.getInstant().toString()));
        fields.put("level", new Json.Str(record.getLevel().getName().toLowerCase(Locale.ROOT)));
        fields.put("logger", text(String.valueOf(record.getLoggerName())));
        fields.put("message", text(words.formatMessage(record)));
        if (record.getThrown() != null) {
            // the class alone: what it says may hold what a caller wrote
            fields.put("thrown", text(record.getThrown().getClass().getName()));
        }
        return Canonical.text(new Json.Obj(fields));
    }

    /** Half of a pair of surrogates cannot stand in JSON. */
    private static Json text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Json.Str(new String(bytes, StandardCharsets.UTF_8));
    }

    private void run() {
        try {
            while (!ending || !waiting.isEmpty()) {
                String line = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (line != null) {
                    out.println(line);
                }
                long lost = dropped.getAndSet(0);
                if (lost > 0) {
                    out.println(
                            Canonical.text(
                                    new Json.Obj(
                                            new TreeMap<>(
                                                    Map.of("dropped", new Json.Whole(lost))))));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        out.flush();
    }

    @Override
    public void flush() {
        // each line is written as soon as the thread gets to it
    }

    @Override
    public void close() {
        ending = true;
        root.removeHandler(this);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
