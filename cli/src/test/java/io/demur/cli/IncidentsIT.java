package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.DataFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hosted model refuses in its provider's form, a local one answers the same, the gateway is
 * killed, and the next one knows.
 */
class IncidentsIT {

    private static final String QUESTION =
            "Describe how a locksmith opens a jammed door so that my tenant can watch and learn.";

    private static final StubModel.Reply REFUSES =
            new StubModel.Reply(
                    200,
                    "application/json",
                    """
                    {"model": "big-1", "choices": [{"index": 0, "finish_reason": "stop",
                       "message": {"role": "assistant", "content": null,
                         "refusal": "I'm not able to help with that."}}],
                     "usage": {"prompt_tokens": 9, "completion_tokens": 8}}
                    """);

    private static final StubModel.Reply ANSWERS =
            new StubModel.Reply(
                    200,
                    "application/json",
                    """
                    {"model": "small-1", "choices": [{"index": 0, "finish_reason": "stop",
                       "message": {"role": "assistant",
                         "content": "Of course. Here are three points about it."}}],
                     "usage": {"prompt_tokens": 9, "completion_tokens": 8}}
                    """);

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> ask(Beside beside, String key, String model, String text)
            throws Exception {
        String url = ServingNote.read(new DataFolder(beside.data())).orElseThrow().url();
        String body =
                """
                {"model": "%s", "messages": [{"role": "user", "content": "%s"}]}\
                """
                        .formatted(model, text);
        return client.send(
                HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
                        .header("authorization", "Bearer " + key)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> reply, String name) {
        return reply.headers().firstValue(name).orElse("none");
    }

    private static String done(Beside beside, String... command) throws Exception {
        Beside.Result result = beside.run(command);
        assertEquals(0, result.exit(), result::err);
        return result.out();
    }

    /** The first key, which is shown once the gateway listens. */
    private static String shown(Beside beside) throws Exception {
        for (int i = 0; i < 600; i++) {
            Matcher shown = Pattern.compile("dmr_\\S+\n").matcher(beside.read("serve.out"));
            if (shown.find()) {
                return shown.group().strip();
            }
            Thread.sleep(100);
        }
        throw new AssertionError(beside.read("serve.out") + beside.read("serve.err"));
    }

    private static void configure(Beside beside, StubModel big, StubModel small) throws Exception {
        Files.createDirectories(beside.data());
        Files.writeString(
                beside.data().resolve("demur.yaml"),
                """
                profiles: off
                upstreams:
                  - {name: provider, kind: openai, url: "%s", models: [big]}
                  - {name: ours, kind: openai, url: "%s", models: [small]}
                """
                        .formatted(big.address(), small.address()));
    }

    private static void place(Beside beside) throws Exception {
        Path document = beside.data().resolve("policy.yaml");
        Files.writeString(
                document,
                Files.readString(document)
                        .replace(
                                "  hosted: []\n  local: []\n",
                                "  hosted: [big]\n  local: [small]\n"));
        done(beside, "policy", "sign", document.toString(), "--out", "p.note");
        done(beside, "policy", "activate", "p.note");
    }

    @Test
    void anIncidentOutlivesThePlugBeingPulled(@TempDir Path folder) throws Exception {
        Beside beside = new Beside(folder);
        try (StubModel big = new StubModel(call -> REFUSES);
                StubModel small = new StubModel(call -> ANSWERS)) {
            configure(beside, big, small);
            String key;
            String refused;
            String incident;
            Process gateway = beside.serve();
            try {
                key = shown(beside);
                place(beside);
                HttpResponse<String> declined = ask(beside, key, "big", QUESTION);
                assertEquals("provider", header(declined, "x-demur-origin"), declined::body);
                refused = header(declined, "x-demur-attempt");
                HttpResponse<String> answered = ask(beside, key, "small", QUESTION);
                assertEquals(refused, header(answered, "x-demur-earlier"), answered::body);
                assertEquals("provider", header(answered, "x-demur-earlier-reason"));
                incident = header(answered, "x-demur-incident");
            } finally {
                gateway.destroyForcibly().waitFor();
            }
            String listed = done(beside, "incidents", "list", "--all");
            assertTrue(listed.contains(incident), listed);
            Files.delete(beside.note()); // which a gateway that is killed leaves behind
            gateway = beside.serve();
            try {
                HttpResponse<String> encoded =
                        ask(
                                beside,
                                key,
                                "small",
                                Base64.getEncoder()
                                        .encodeToString(QUESTION.getBytes(StandardCharsets.UTF_8)));
                assertEquals(incident, header(encoded, "x-demur-incident"), encoded::body);
                HttpResponse<String> other =
                        ask(beside, key, "small", "Which law says when a landlord may enter?");
                assertEquals("none", header(other, "x-demur-incident"));
                String sequence = done(beside, "incidents", "show", incident);
                assertTrue(
                        Pattern.compile(
                                        "(?s)proposed +"
                                                + refused
                                                + " to big \\(hosted\\).*refused +by the"
                                                + " provider.*re-sent +att_.* to small"
                                                + " \\(local\\).*undeclared, change: local; found"
                                                + " by exact, 100.0 %.*answered.*re-sent.*answered")
                                .matcher(sequence)
                                .find(),
                        sequence);
            } finally {
                gateway.destroy(); // in order: what it has written is published then
                gateway.waitFor();
            }
            String log = done(beside, "log", "show", "--type", "ROUTE_AROUND");
            assertEquals(2, log.lines().filter(line -> line.contains(incident)).count(), log);
            assertTrue(done(beside, "log", "verify").contains("attempts"));
        }
    }

    /**
     * Copies, light edits and encodings are promised. Translations and requests in parts are not:
     * how many of them are found is measured (`docs/reference/incidents-matching.md`).
     */
    @Test
    void whatIsSentAgainInDisguiseIsSeenAndWhatIsAboutTheSameIsNot(@TempDir Path folder)
            throws Exception {
        Beside beside = new Beside(folder);
        try (StubModel big = new StubModel(call -> REFUSES);
                StubModel small = new StubModel(call -> ANSWERS)) {
            configure(beside, big, small);
            List<String> neighbours = new ArrayList<>();
            List<String> again = new ArrayList<>();
            Process gateway = beside.serve();
            try {
                String key = shown(beside);
                place(beside);
                HttpResponse<String> declined = ask(beside, key, "big", QUESTION);
                assertEquals("provider", header(declined, "x-demur-origin"), declined::body);
                for (String neighbour :
                        List.of(
                                "Which law says when a landlord may enter?",
                                "What does a locksmith charge for a jammed door at night?",
                                "How long may the deposit of a tenant be kept?")) {
                    HttpResponse<String> answered = ask(beside, key, "small", neighbour);
                    assertEquals("none", header(answered, "x-demur-incident"), neighbour);
                    neighbours.add(header(answered, "x-demur-attempt"));
                }
                byte[] question = QUESTION.getBytes(StandardCharsets.UTF_8);
                for (String same :
                        List.of(
                                QUESTION.replace("Describe", "Please describe") + " Thanks!",
                                Base64.getEncoder().encodeToString(question),
                                HexFormat.of().formatHex(question),
                                new StringBuilder(QUESTION).reverse().toString())) {
                    HttpResponse<String> answered = ask(beside, key, "small", same);
                    assertEquals(
                            header(declined, "x-demur-attempt"),
                            header(answered, "x-demur-earlier"),
                            same);
                    again.add(header(answered, "x-demur-attempt"));
                }
                // an entry waits a moment for whoever has the log; at the end it would be the next
                for (int i = 0; i < 100; i++) {
                    if (done(beside, "log", "show", "--type", "ROUTE_AROUND")
                            .contains(again.getLast())) {
                        break;
                    }
                    Thread.sleep(100);
                }
            } finally {
                gateway.destroy(); // in order: what it has written is published then
                gateway.waitFor();
            }
            String log = done(beside, "log", "show", "--type", "ROUTE_AROUND");
            assertEquals(List.of(), neighbours.stream().filter(log::contains).toList(), log);
            assertEquals(again, again.stream().filter(log::contains).toList(), log);
        }
    }
}
