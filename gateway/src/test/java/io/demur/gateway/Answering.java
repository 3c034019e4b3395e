package io.demur.gateway;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Callers who answer back, as bytes on a socket. */
record Answering(House house) {

    /** All that came. */
    record Reply(String text) {
        int status() {
            return Integer.parseInt(text.substring(9, 12));
        }

        String header(String name) {
            return found("(?i)\r\n" + name + ": ([^\r]*)\r\n");
        }

        String field(String name) {
            return found("\"%s\":\"([^\"]*)\"".formatted(name));
        }

        private String found(String pattern) {
            Matcher found = Pattern.compile(pattern).matcher(text);
            return found.find() ? found.group(1) : "none";
        }
    }

    Reply chat(String key, String words) throws Exception {
        return chat(key, "rehearsal", words);
    }

    Reply chat(String key, String model, String words) throws Exception {
        return ask(key, "POST", "/v1/chat/completions", Spoken.chat(model, words));
    }

    Reply ask(String key, String method, String path, String body) throws Exception {
        return ask(key, method, path, "", body);
    }

    /**
     * Asks something.
     *
     * @param more lines of the head
     */
    Reply ask(String key, String method, String path, String more, String body) throws Exception {
        try (Socket socket = new Raw(house).open()) {
            String shown = key.isEmpty() ? "" : "authorization: Bearer " + key + "\r\n";
            Raw.send(
                    socket,
                    ("%s %s HTTP/1.1\r\nhost: x\r\nconnection: close\r\n"
                                    + "%s%scontent-length: %d\r\n\r\n%s")
                            .formatted(
                                    method,
                                    path,
                                    shown,
                                    more,
                                    body.getBytes(StandardCharsets.UTF_8).length,
                                    body));
            return new Reply(Raw.untilEnd(socket));
        }
    }
}
