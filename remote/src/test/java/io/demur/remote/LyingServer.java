package io.demur.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that writes to the socket what no decent one would. */
final class LyingServer implements AutoCloseable {

    /** What it does once a request has come. */
    @FunctionalInterface
    interface Lie {
        void tell(Socket socket, OutputStream out) throws Exception;
    }

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    LyingServer(Lie lie) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(
                () -> {
                    while (!server.isClosed()) {
                        try {
                            Socket socket = server.accept();
                            threads.execute(() -> serve(socket, lie));
                        } catch (IOException e) {
                            return;
                        }
                    }
                });
    }

    /** Where it listens. */
    String address() {
        return "http://localhost:" + server.getLocalPort();
    }

    /** The head of a response, up to the empty line. */
    static byte[] head(String... lines) {
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serve(Socket socket, Lie lie) {
        try (socket) {
            InputStream in = socket.getInputStream();
            byte[] some = new byte[1 << 16];
            if (in.read(some) > 0) {
                lie.tell(socket, socket.getOutputStream());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            // The client hung up, or the test is over.
        }
    }
}
