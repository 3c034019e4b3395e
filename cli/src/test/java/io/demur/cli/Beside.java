package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.DataFolder;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged program in processes beside the tests: a gateway, and commands that work on the same
 * folder.
 */
final class Beside {

    /** What came of a command. */
    record Result(int exit, String out, String err) {}

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern KEY = Pattern.compile("dmr_\\S+\n");

    /** All that is asked waits for a person: instead of no rules. */
    static final String HOLDING =
            """
            rules:
              - id: a-person-first
                because: Everything waits for a person here.
                when:
                  models: [hosted, local, local-unaligned]
                at-least:
                  decision: hold
                  from: 0 %
            """;

    /** Where a policy has none. */
    static final String NO_RULES = "rules: []\n";

    private final Path folder;
    private final HttpClient client = HttpClient.newHttpClient();

    Beside(Path folder) {
        this.folder = folder;
    }

    private ProcessBuilder builder(String name, String... args) {
        List<String> command = new ArrayList<>(Packaged.command("-Xmx500m", args));
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(folder.resolve(name + ".out").toFile())
                        .redirectError(folder.resolve(name + ".err").toFile());
        // what lies outside of data folders is not the user's who runs the tests
        for (String variable : List.of("XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")) {
            builder.environment().put(variable, folder.resolve(variable).toString());
        }
        builder.environment().put("USER", "anna");
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        return builder;
    }

    /** Starts a command that goes on; what it says comes into NAME.out and NAME.err. */
    Process start(String name, String... args) throws IOException {
        return builder(name, args).start();
    }

    /** What a command says that does what it is to do. */
    String done(String... args) throws Exception {
        Result result = run(args);
        assertEquals(ExitCode.OK, result.exit(), () -> result.err() + result.out());
        return result.out();
    }

    /** Runs a command to its end. */
    Result run(String... args) throws Exception {
        Process process = start("command", args);
        process.getOutputStream().close();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("`%s` did not end".formatted(String.join(" ", args)));
        }
        return new Result(process.exitValue(), read("command.out"), read("command.err"));
    }

    /** Starts a gateway, and waits until it says where it listens. */
    Process serve() throws Exception {
        Process process =
                builder("serve", "serve", "--rehearsal", "--port", "0", "--log-exchanges").start();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!Files.exists(note())) {
            if (!process.isAlive() || System.nanoTime() > until) {
                process.destroyForcibly();
                throw new AssertionError(read("serve.out") + read("serve.err"));
            }
            Thread.sleep(100);
        }
        return process;
    }

    /** The first key, which is shown once the gateway listens. */
    String firstKey() throws Exception {
        for (int i = 0; i < 600; i++) {
            Matcher shown = KEY.matcher(read("serve.out"));
            if (shown.find()) {
                return shown.group().strip();
            }
            Thread.sleep(100);
        }
        throw new AssertionError(read("serve.out") + read("serve.err"));
    }

    /** Asks the gateway: reads, or posts where there is a body. */
    HttpResponse<String> ask(String key, String path, String body) throws Exception {
        return ask(key, body.isEmpty() ? "GET" : "POST", path, body);
    }

    /** The same by some method; without a key where that is empty. */
    HttpResponse<String> ask(String key, String method, String path, String body) throws Exception {
        String url = ServingNote.read(new DataFolder(data())).orElseThrow().url();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(PATIENCE)
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("authorization", "Bearer " + key);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The body of a question to a model. */
    static String chat(String model, String text) {
        return """
        {"model": "%s", "messages": [{"role": "user", "content": "%s"}]}\
        """
                .formatted(model, text);
    }

    /** Gives the gateway two models, before it starts: {@code big} and {@code small}. */
    void configure(StubModel big, StubModel small) throws IOException {
        Files.createDirectories(data());
        Files.writeString(
                data().resolve("demur.yaml"),
                """
                profiles: off
                upstreams:
                  - {name: provider, kind: openai, url: "%s", models: [big]}
                  - {name: ours, kind: openai, url: "%s", models: [small]}
                """
                        .formatted(big.address(), small.address()));
    }

    /** Puts a policy in force that says something else in one place. */
    void enact(String was, String is) throws Exception {
        Path document = data().resolve("policy.yaml");
        String text = Files.readString(document);
        assertTrue(text.contains(was), text);
        Files.writeString(document, text.replace(was, is));
        done("policy", "sign", document.toString(), "--out", "p.note");
        done("policy", "activate", "p.note");
    }

    /** The installation that the commands work on, for tests that open it themselves. */
    Installation installation() {
        return new Installation(
                new DataFolder(data()),
                Map.of("XDG_STATE_HOME", folder.resolve("XDG_STATE_HOME").toString()));
    }

    /** Where the gateway says how it is reached. */
    Path note() {
        return folder.resolve("data/serving.json");
    }

    Path data() {
        return folder.resolve("data");
    }

    String read(String name) throws IOException {
        return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
    }
}
