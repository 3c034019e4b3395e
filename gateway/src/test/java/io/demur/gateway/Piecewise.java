package io.demur.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One answer of the gateway as it came over the wire.
 *
 * @param pieces the chunks of the body, or the body
 * @param whole whether it came to its end, in the way HTTP has for it
 */
record Piecewise(String head, List<String> pieces, boolean whole) {

    /** Asks, and reads until the answer or the connection ends. */
    static Piecewise ask(Raw raw, String path, String body) throws IOException {
        try (Socket socket = raw.open()) {
            Raw.send(socket, raw.request(path, body));
            return read(socket.getInputStream());
        }
    }

    private static Piecewise read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                return new Piecewise(head.toString(), List.of(), false);
            }
            head.append((char) c);
        }
        List<String> pieces = new ArrayList<>();
        Piecewise none = new Piecewise(head.toString(), List.of(), false);
        Optional<String> length = none.header("content-length");
        if (length.isPresent()) {
            int bytes = Integer.parseInt(length.get());
            byte[] body = in.readNBytes(bytes);
            pieces.add(new String(body, StandardCharsets.UTF_8));
            return new Piecewise(head.toString(), pieces, body.length == bytes);
        }
        return new Piecewise(head.toString(), pieces, chunks(in, pieces));
    }

    private static boolean chunks(InputStream in, List<String> pieces) throws IOException {
        try {
            while (true) {
                String size = line(in);
                if (size.isEmpty()) {
                    return false;
                }
                int bytes = Integer.parseInt(size, 16);
                String piece = new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
                line(in);
                if (bytes == 0) {
                    return true;
                }
                pieces.add(piece);
            }
        } catch (java.net.SocketException e) {
            return false; // reset
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    int status() {
        return Integer.parseInt(head.substring(9, 12));
    }

    Optional<String> header(String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst();
    }

    String body() {
        return String.join("", pieces);
    }

    long bytes() {
        return body().getBytes(StandardCharsets.UTF_8).length;
    }

    String attempt() {
        return header("x-demur-attempt").orElseThrow();
    }
}
