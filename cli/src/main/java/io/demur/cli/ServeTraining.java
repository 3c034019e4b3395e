package io.demur.cli;

import io.demur.files.serve.ServeConfig;
import io.demur.record.DataFolder;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway that begins in a folder of its own, answers with the rehearsal model and ends, so that
 * the JVM can record the classes that this takes, and which of its methods are worth compiling. Not
 * safe for use by several threads.
 */
final class ServeTraining {

    private static final int ROUNDS = 60;
    private static final long READY_MILLIS = 60_000;
    private static final Pattern ADDRESS = Pattern.compile("listens at (http://\\S+)");
    private static final Pattern KEY = Pattern.compile("(?m)^\\s*(dmr_\\S+)");

    /** Of every length, so that long messages are read in stretches too. */
    private static final List<String> ASKED =
            List.of(
                    "How do I end a process of Python that no longer answers?",
                    "Write a short letter to the landlord about the broken window.",
                    "Which of these two plans is cheaper over three years? ".repeat(12));

    private final Path folder;
    private final StringWriter said = new StringWriter();

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
        String home = folder.toString();
        Surroundings surroundings =
                new Surroundings(
                        Map.of(
                                "HOME", home,
                                "XDG_CONFIG_HOME", home,
                                "XDG_STATE_HOME", home),
                        InstantSource.system());
        Server server =
                new Server(
                        new Installation(new DataFolder(folder.resolve("data")), surroundings),
                        surroundings,
                        new PrintWriter(said),
                        "");
        Thread serving = Thread.ofPlatform().start(() -> serve(server));
        try {
            ask(serving);
        } finally {
            serving.interrupt();
            join(serving);
        }
    }

    private static void serve(Server server) {
        try {
            server.run(
                    ServeConfig.NONE,
                    new Server.Overrides(Optional.empty(), Optional.of(0), true, false));
        } catch (Exception e) {
            // the program starts without what it would have learnt here
            System.err.println("demur: " + e);
        }
    }

    private void ask(Thread serving) throws IOException {
        String text = said.toString();
        long end = System.currentTimeMillis() + READY_MILLIS;
        while (!text.contains("More:")) {
            if (!serving.isAlive() || System.currentTimeMillis() > end) {
                throw new IOException("the gateway does not begin");
            }
            sleep();
            text = said.toString();
        }
        String at = found(ADDRESS, text);
        String key = found(KEY, text);
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

    private static String found(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("the gateway says nothing like " + pattern);
        }
        return matcher.group(1);
    }

    private static void sleep() throws IOException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void join(Thread serving) {
        try {
            serving.join(READY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
