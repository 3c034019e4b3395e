package io.demur.bench.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * One connection that asks and waits for the whole reply before it asks again. Reads just so much
 * of HTTP as is needed to know where a reply ends, to leave the cores to what is measured.
 */
final class Line {

    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTENT = "\"content\":\"".getBytes(StandardCharsets.US_ASCII);

    /** One reply, or none: {@code status} is 0 where the connection broke. */
    record Reply(int status, boolean refused, long nanos, long firstNanos) {}

    private final NetSocket socket;
    private Consumer<Reply> done = reply -> {};
    private Buffer read = Buffer.buffer();
    private String head = "";
    private int bodyAt;
    private int searched;
    private long length;
    private long started;
    private long first;
    private boolean idle = true;

    Line(NetSocket socket) {
        this.socket = socket;
        socket.handler(this::take);
        socket.closeHandler(closed -> broken());
        socket.exceptionHandler(failure -> broken());
    }

    void ask(byte[] request, Consumer<Reply> then) {
        done = then;
        idle = false;
        read = Buffer.buffer();
        head = "";
        searched = 0;
        first = 0;
        started = System.nanoTime();
        socket.write(Buffer.buffer(request));
    }

    void close() {
        idle = true;
        socket.close();
    }

    private void broken() {
        if (!idle) {
            idle = true;
            done.accept(new Reply(0, false, System.nanoTime() - started, 0));
        }
    }

    private void take(Buffer piece) {
        read.appendBuffer(piece);
        if (head.isEmpty() && !readHead()) {
            return;
        }
        if (first == 0 && hasContent()) {
            first = System.nanoTime();
        }
        boolean whole = length >= 0 ? read.length() - bodyAt >= length : endsWith(LAST_CHUNK);
        if (whole) {
            idle = true;
            long now = System.nanoTime();
            int status = Integer.parseInt(head.substring(9, 12));
            done.accept(
                    new Reply(
                            status,
                            head.contains("x-demur-origin: gateway"),
                            now - started,
                            first == 0 ? 0 : first - started));
        }
    }

    private boolean readHead() {
        for (int i = 3; i < read.length(); i++) {
            if (read.getByte(i) == '\n' && read.getByte(i - 2) == '\n') {
                bodyAt = i + 1;
                head = read.getString(0, bodyAt).toLowerCase(Locale.ROOT);
                int at = head.indexOf("content-length:");
                length =
                        at < 0
                                ? -1
                                : Long.parseLong(
                                        head.substring(at + 15, head.indexOf('\r', at)).strip());
                searched = bodyAt;
                return true;
            }
        }
        return false;
    }

    /** Whether a piece of the answer's text has come. */
    private boolean hasContent() {
        int end = read.length() - CONTENT.length - 1;
        for (; searched < end; searched++) {
            int i = 0;
            while (i < CONTENT.length && read.getByte(searched + i) == CONTENT[i]) {
                i++;
            }
            if (i == CONTENT.length && read.getByte(searched + i) != '"') {
                return true;
            }
        }
        return false;
    }

    private boolean endsWith(byte[] end) {
        int from = read.length() - end.length;
        if (from < bodyAt) {
            return false;
        }
        for (int i = 0; i < end.length; i++) {
            if (read.getByte(from + i) != end[i]) {
                return false;
            }
        }
        return true;
    }
}
