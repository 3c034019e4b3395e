package io.demur.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes to a gateway, and what comes back, as they are. */
final class Raw {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

    private final House house;

    Raw(House house) {
        this.house = house;
    }

    Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), house.gateway.port());
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** A request with a key, its length said. */
    String request(String path, String body) {
        return request(path, "", body);
    }

    private String request(String path, String more, String body) {
        return "POST "
                + path
                + " HTTP/1.1\r\nhost: x\r\n"
                + more
                + "authorization: Bearer "
                + house.key
                + "\r\ncontent-length: "
                + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\n\r\n"
                + body;
    }

    /** All that comes of one request, on a connection that ends behind it. */
    String stream(String path, String body) throws IOException {
        try (Socket socket = open()) {
            send(socket, request(path, "connection: close\r\n", body));
            return untilEnd(socket);
        }
    }

    static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** All that comes until the connection ends. */
    static String untilEnd(Socket socket) throws IOException {
        StringBuilder all = new StringBuilder();
        InputStream in = socket.getInputStream();
        try {
            byte[] some = new byte[8192];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                all.append(new String(some, 0, n, StandardCharsets.UTF_8));
            }
        } catch (SocketTimeoutException e) {
            all.append("<silence>");
        } catch (SocketException e) {
            all.append("<reset>");
        }
        return all.toString();
    }

    /** One response with a length, and no byte more. */
    static String one(Socket socket) throws IOException {
        StringBuilder all = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (!all.toString().endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                return all.toString();
            }
            all.append((char) c);
        }
        Matcher length = LENGTH.matcher(all);
        if (length.find()) {
            byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
            all.append(new String(body, StandardCharsets.UTF_8));
        }
        return all.toString();
    }
}
