package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.DataFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Two people and one queue: in a terminal, over HTTP, and beside a gateway that is killed. */
class ReviewIT {

    private static final String BODY =
            """
            {"model": "rehearsal",
             "messages": [{"role": "user", "content": "Which bread keeps for a week?"}]}\
            """;

    private static final String RULE =
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

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> ask(
            Beside beside, String key, String method, String path, String body) throws Exception {
        String url = ServingNote.read(new DataFolder(beside.data())).orElseThrow().url();
        return client.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("authorization", "Bearer " + key)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String done(Beside beside, String... command) throws Exception {
        Beside.Result result = beside.run(command);
        assertEquals(0, result.exit(), () -> result.err() + result.out());
        return result.out();
    }

    private static String found(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertTrue(found.find(), text);
        return found.group(1);
    }

    /** The first key, which is shown once the gateway listens. */
    private static String shown(Beside beside) throws Exception {
        for (int i = 0; i < 600; i++) {
            if (beside.read("serve.out").contains("dmr_")) {
                return found(beside.read("serve.out"), "(dmr_\\S+)\n");
            }
            Thread.sleep(100);
        }
        throw new AssertionError(beside.read("serve.out") + beside.read("serve.err"));
    }

    @Test
    void whatIsHeldIsDecidedOnceByOneOfTwo(@TempDir Path folder) throws Exception {
        Beside beside = new Beside(folder);
        String key;
        String berts;
        String one;
        String two;
        Process gateway = beside.serve();
        try {
            key = shown(beside);
            Path document = beside.data().resolve("policy.yaml");
            Files.writeString(document, Files.readString(document).replace("rules: []\n", RULE));
            done(beside, "policy", "sign", document.toString(), "--out", "p.note");
            done(beside, "policy", "activate", "p.note");
            done(beside, "admin", "principal", "add", "bert", "--role", "reviewer");
            berts =
                    found(
                            done(beside, "admin", "key", "create", "bert", "--for", "review"),
                            "(dmr_\\S+)");
            one = header(ask(beside, key, "POST", "/v1/chat/completions", BODY));
            two =
                    header(
                            ask(
                                    beside,
                                    key,
                                    "POST",
                                    "/v1/chat/completions",
                                    BODY.replace("bread", "cheese")));

            String mine = done(beside, "review", "next", "--by", "anna");
            assertTrue(mine.contains("Which bread keeps for a week?"), mine);
            String id = "case_" + one.substring("att_".length());
            assertTrue(mine.contains(id), mine);
            HttpResponse<String> told =
                    ask(beside, berts, "POST", "/demur/v1/cases/" + id + "/claim", "");
            assertEquals(409, told.statusCode(), told::body);
            assertTrue(told.body().contains("is with `anna` until"), told::body);
            HttpResponse<String> next = ask(beside, berts, "POST", "/demur/v1/cases/next", "");
            String other = "case_" + two.substring("att_".length());
            assertTrue(next.body().contains(other), next::body);
            Beside.Result late = beside.run("review", "claim", other, "--by", "anna");
            assertEquals(ExitCode.USAGE, late.exit(), late.out());
            assertTrue(late.err().contains("is with `sub_"), late.err());

            String decide = "/demur/v1/cases/" + other + "/decide";
            String refuse = "{\"decision\":\"refuse\",\"reason\":\"no-cheese\"}";
            HttpResponse<String> refused = ask(beside, berts, "POST", decide, refuse);
            assertEquals(200, refused.statusCode(), refused::body);
            done(beside, "review", "decide", id, "release", "--reason", "harmless", "--by", "anna");
            assertTrue(done(beside, "holds", "list", "--all").contains("released"));
            HttpResponse<String> answered = ask(beside, key, "POST", "/v1/chat/completions", BODY);
            assertEquals(
                    "allow",
                    answered.headers().firstValue("x-demur-decision").orElse("none"),
                    answered::body);
        } finally {
            gateway.destroyForcibly().waitFor();
        }
        Files.delete(beside.note()); // which a gateway that is killed leaves behind
        Beside.Result again =
                beside.run(
                        "review",
                        "decide",
                        "case_" + one.substring("att_".length()),
                        "refuse",
                        "--reason",
                        "x",
                        "--by",
                        "carl");
        assertEquals(ExitCode.USAGE, again.exit(), again.out());
        assertTrue(again.err().contains("is decided: `release` by `anna`"), again.err());

        String labels = folder.resolve("labels.jsonl").toString();
        Beside.Result written = beside.run("review", "labels", "--out", labels);
        assertEquals(0, written.exit(), written::err);
        assertTrue(written.err().contains("2 rows, 2 of them without an answer"), written.err());
        String rows = Files.readString(Path.of(labels));
        assertTrue(
                rows.contains("Which cheese keeps for a week?\",\"prompt_label\":\"harmful"), rows);
        assertTrue(
                rows.contains("Which bread keeps for a week?\",\"prompt_label\":\"benign"), rows);
        String stats = done(beside, "review", "stats", "--json");
        assertTrue(stats.contains("\"anna\":{\"decided\":1,"), stats);

        String log = done(beside, "log", "show", "--type", "REVIEW");
        assertEquals(2, log.lines().filter(line -> line.contains("REVIEW")).count(), log);
        assertFalse(log.contains("bread"), log);
        String read = done(beside, "log", "show", "--type", "ACCESS");
        assertTrue(read.contains("anna"), read);
        assertTrue(done(beside, "log", "verify").contains("attempts"));
        assertTrue(done(beside, "review", "list").lines().count() == 1);
    }

    private static String header(HttpResponse<String> reply) {
        return reply.headers().firstValue("x-demur-hold").orElseThrow();
    }
}
