package io.demur.gateway.upstream;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A server on a bare socket that answers as a test wants it, HTTP or not. */
final class LyingServer implements AutoCloseable {

    /** What it does with one request. */
    @FunctionalInterface
    interface Script {
        void play(Talk talk) throws Exception;
    }

    /** What came in. */
    record Seen(String head, String body) {
        String header(String name) {
            for (String line : head.lines().toList()) {
                int colon = line.indexOf(':');
                if (colon > 0 && line.substring(0, colon).equalsIgnoreCase(name)) {
                    return line.substring(colon + 1).strip();
                }
            }
            return "";
        }

        String line() {
            return head.substring(0, head.indexOf("\r\n"));
        }
    }

    private final ServerSocket listening;
    private final Script script;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Nanoseconds at which a caller went away in the middle of {@link Talk#hang}. */
    final CompletableFuture<Long> left = new CompletableFuture<>();

    /** How many bytes were written so far in {@link Talk#flood}. */
    final AtomicLong flooded = new AtomicLong();

    LyingServer(Script script) {
        this(script, InetAddress.getLoopbackAddress());
    }

    LyingServer(Script script, InetAddress at) {
        this.script = script;
        try {
            listening = new ServerSocket(0, 1024, at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    int port() {
        return listening.getLocalPort();
    }

    List<Seen> seen() {
        return seen;
    }

    int connections() {
        return sockets.size();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (!socket.isClosed()) {
                Seen request = read(in);
                if (request == null) {
                    return;
                }
                seen.add(request);
                Talk talk = new Talk(socket, in, request, seen.size());
                script.play(talk);
                if (talk.last) {
                    return;
                }
            }
        } catch (Exception e) {
            // whoever asked has gone, as some tests want it
            left.complete(System.nanoTime());
        }
    }

    private static @Nullable Seen read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int state = 0;
        while (state < 4) {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            head.write(b);
            state = b == (state % 2 == 0 ? '\r' : '\n') ? state + 1 : b == '\r' ? 1 : 0;
        }
        Seen read = new Seen(head.toString(StandardCharsets.ISO_8859_1), "");
        String length = read.header("content-length");
        byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
        return new Seen(read.head(), new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One request and its answer. */
    final class Talk {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private final Seen request;
        private final int number;
        private boolean last;

        Talk(Socket socket, InputStream in, Seen request, int number) throws IOException {
            this.socket = socket;
            this.in = in;
            out = socket.getOutputStream();
            this.request = request;
            this.number = number;
        }

        Seen request() {
            return request;
        }

        /** Which request of all, from 1. */
        int number() {
            return number;
        }

        Talk raw(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return this;
        }

        /** One byte in a chunk of its own. */
        void rawByte(byte b) throws IOException {
            out.write(new byte[] {'1', '\r', '\n', b, '\r', '\n'});
            out.flush();
        }

        /** A whole answer. */
        void json(int status, String body, String... headers) throws IOException {
            answer(status, "application/json", body, headers);
        }

        void answer(int status, String type, String body, String... headers) throws IOException {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Said\r\n");
            head.append("content-type: ").append(type).append("\r\n");
            head.append("content-length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            raw(head + "\r\n" + body);
        }

        /** The head of an answer in pieces. */
        Talk pieces(String type) throws IOException {
            return raw(
                    String.join(
                            "\r\n",
                            "HTTP/1.1 200 OK",
                            "content-type: " + type,
                            "transfer-encoding: chunked",
                            "",
                            ""));
        }

        Talk sse() throws IOException {
            return pieces("text/event-stream");
        }

        /** One chunk of HTTP. */
        Talk piece(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return raw(Integer.toHexString(bytes.length) + "\r\n" + text + "\r\n");
        }

        /** One event of SSE in a chunk of its own. */
        Talk data(String json) throws IOException {
            return piece("data: " + json + "\n\n");
        }

        /** More text, as OpenAI has it. */
        Talk text(String delta) throws IOException {
            return data(
                    "{\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,"
                            + "\"delta\":{\"content\":\""
                            + delta
                            + "\"}}]}");
        }

        /** The end, as OpenAI has it. */
        void stop(String reason) throws IOException {
            data("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}");
            data("[DONE]").end();
        }

        void end() throws IOException {
            raw("0\r\n\r\n");
        }

        /** Closes as a server does that is done. */
        void close() {
            last = true;
        }

        /** Cuts the connection off, so that the other side sees a reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
            last = true;
        }

        /** Says nothing until the caller has gone. */
        void hang() throws IOException {
            last = true;
            try {
                while (in.read() >= 0) {
                    // what comes is not looked at
                }
            } finally {
                left.complete(System.nanoTime());
            }
        }

        /** Writes pieces of text without an end, as fast as they are taken. */
        void flood(String piece) throws IOException {
            last = true;
            try {
                while (true) {
                    text(piece);
                    flooded.addAndGet(piece.length());
                }
            } finally {
                left.complete(System.nanoTime());
            }
        }

        void sleep(long millis) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(millis);
        }
    }
}
