package io.demur.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A gateway that begins in a folder of its own, answers with the rehearsal model and ends, so that
 * the JVM can record the classes that this takes, and which of its methods are worth compiling. Not
 * safe for use by several threads.
 */
final class ServeTraining {

    private static final int ROUNDS = 60;

    /** Of every length, so that long messages are read in stretches too. */
    private static final List<String> ASKED =
            List.of(
                    "How do I end a process of Python that no longer answers?",
                    "Write a short letter to the landlord about the broken window.",
                    "Which of these two plans is cheaper over three years? ".repeat(12));

    private final Path folder;

    /**
     * One in a folder.
     *
     * @param folder an empty one, which is written to; nothing outside it is
     */
    ServeTraining(Path folder) {
        this.folder = folder;
    }

    /** Serves, asks and ends. */
    void run() throws IOException {
        try (OwnGateway gateway = OwnGateway.start(folder)) {
            ask(gateway.url(), gateway.key());
        }
    }

    private static void ask(String at, String key) throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            for (String asked : ASKED) {
                for (boolean stream : new boolean[] {false, true}) {
                    post(at + "/v1/chat/completions", key, body(asked + " (" + i + ")", stream));
                }
            }
            post(at + "/v1/messages", key, body("Say what tea is (" + i + ").", i % 2 == 0));
            post(at + "/api/chat", key, body("Say what rain is (" + i + ").", i % 2 == 0));
        }
    }

    private static String body(String asked, boolean stream) {
        return """
        {"model": "rehearsal", "max_tokens": 200, "stream": %s,
         "messages": [{"role": "user", "content": "%s"}]}
        """
                .formatted(stream, asked);
    }

    private static void post(String url, String key, String body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("content-type", "application/json");
        connection.setRequestProperty("authorization", "Bearer " + key);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        try (InputStream in = connection.getInputStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
