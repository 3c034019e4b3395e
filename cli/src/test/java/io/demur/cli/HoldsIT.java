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

/** A request that is held in one process, released in another, and answered by a third. */
class HoldsIT {

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

    private HttpResponse<String> ask(Beside beside, String key, String path, String body)
            throws Exception {
        String url = ServingNote.read(new DataFolder(beside.data())).orElseThrow().url();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("authorization", "Bearer " + key);
        return client.send(
                body.isEmpty()
                        ? request.build()
                        : request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
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

    @Test
    void aReleaseOutlivesThePlugBeingPulled(@TempDir Path folder) throws Exception {
        Beside beside = new Beside(folder);
        String key;
        String held;
        Process gateway = beside.serve();
        try {
            key = shown(beside);
            Path document = beside.data().resolve("policy.yaml");
            Files.writeString(document, Files.readString(document).replace("rules: []\n", RULE));
            done(beside, "policy", "sign", document.toString(), "--out", "p.note");
            done(beside, "policy", "activate", "p.note");

            HttpResponse<String> first = ask(beside, key, "/v1/chat/completions", BODY);
            assertEquals("hold", header(first, "x-demur-decision"), first::body);
            held = header(first, "x-demur-hold");
            assertTrue(done(beside, "holds", "list").contains(held));
            String read = done(beside, "holds", "show", held);
            assertTrue(read.contains("Which bread keeps for a week?"), read);
        } finally {
            gateway.destroyForcibly().waitFor();
        }
        String released = done(beside, "holds", "release", held, "--reason", "harmless");
        assertTrue(released.startsWith("released " + held), released);
        Files.delete(beside.note()); // which a gateway that is killed leaves behind
        gateway = beside.serve();
        try {
            HttpResponse<String> followed = ask(beside, key, "/demur/v1/holds/" + held, "");
            assertTrue(followed.body().contains("\"status\":\"released\""), followed::body);
            HttpResponse<String> answered = ask(beside, key, "/v1/chat/completions", BODY);
            assertEquals("allow", header(answered, "x-demur-decision"), answered::body);
            HttpResponse<String> again = ask(beside, key, "/v1/chat/completions", BODY);
            assertEquals("hold", header(again, "x-demur-decision"), again::body);
            String next = header(again, "x-demur-hold");
            assertFalse(next.equals(held));
            done(beside, "holds", "refuse", next, "--reason", "once-is-enough");
            HttpResponse<String> refused = ask(beside, key, "/v1/chat/completions", BODY);
            assertEquals("refuse", header(refused, "x-demur-decision"), refused::body);
        } finally {
            gateway.destroy(); // in order: what it has written is published then
            gateway.waitFor();
        }
        String log = done(beside, "log", "show", "--type", "REVIEW");
        assertEquals(2, log.lines().filter(line -> line.contains("REVIEW")).count(), log);
        assertTrue(done(beside, "log", "verify").contains("attempts"));
        assertFalse(log.contains("bread"), log);
    }
}
