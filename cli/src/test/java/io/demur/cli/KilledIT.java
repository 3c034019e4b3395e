package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.DataFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gateway is killed at moments that nobody chose, again and again, while somebody is refused,
 * goes elsewhere with it, appeals and reports. What was said to be done is done, and nothing twice.
 */
class KilledIT {

    private static final int ROUNDS = Boolean.getBoolean("thorough") ? 40 : 8;
    private static final int LIFE_MILLIS_MAX = 1_500;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern ID = Pattern.compile("\"id\": ?\"(case_[0-9a-f-]+)\"");
    private static final Pattern KEY = Pattern.compile("dmr_\\S+");

    private static final List<String> ANIMALS =
            List.of("otter", "falcon", "heron", "badger", "lynx", "magpie", "weasel", "raven");
    private static final List<String> PLACES =
            List.of("orchard", "harbour", "quarry", "chapel", "viaduct", "granary", "lighthouse");

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

    /** What was acknowledged, over all lives. */
    private final Set<String> attempts = new HashSet<>();

    private final Set<String> incidents = new HashSet<>();
    private final Set<String> appeals = new HashSet<>();
    private final Set<String> reports = new HashSet<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private int asked;

    @Test
    void whateverWasAcknowledgedOutlivesEveryKillAndNothingIsThereTwice(@TempDir Path folder)
            throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("KilledIT: -Dseed=" + seed);
        Random random = new Random(seed);
        Beside beside = new Beside(folder);
        try (StubModel big = new StubModel(call -> REFUSES);
                StubModel small = new StubModel(call -> StubModel.Reply.USUAL)) {
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
            String key = "";
            for (int round = 0; round < ROUNDS; round++) {
                Process gateway = beside.serve();
                key = key.isEmpty() ? shown(beside) : key;
                life(beside, gateway, key, random.nextInt(LIFE_MILLIS_MAX));
            }
            Process last = beside.serve();
            round(beside, key);
            // what a killed gateway had begun to write is written by the next one after a while
            for (int i = 0; i < 300 && !isWritten(beside); i++) {
                Thread.sleep(500);
            }
            last.destroy();
            last.waitFor();
        }
        assertTrue(asked > ROUNDS && !appeals.isEmpty() && !reports.isEmpty(), this::told);
        assertTrue(done(beside, "log", "verify").contains("attempts"));
        assertTrue(done(beside, "ledger", "check").contains("the log comes to the same"));
        everyOneOnce(attempts, entries(beside, "OUTCOME"), "");
        everyOneOnce(appeals, entries(beside, "APPEAL"), "\"opened\"");
        everyOneOnce(reports, entries(beside, "REPORT"), "\"opened\"");
        String listed = done(beside, "incidents", "list", "--all", "--json");
        incidents.forEach(it -> assertTrue(listed.contains(it), it));
        List<String> around = entries(beside, "ROUTE_AROUND");
        for (String incident : incidents) {
            assertTrue(around.stream().anyMatch(it -> it.contains(incident)), incident);
        }
        Set<String> later = new HashSet<>();
        Pattern attempt = Pattern.compile("\"attempt\":\"(att_[0-9a-f-]+)\"");
        for (String line : around) {
            Matcher found = attempt.matcher(line);
            assertTrue(found.find() && later.add(found.group(1)), () -> "twice: " + line);
        }
    }

    private String told() {
        return "%d asked, %s, %s, %s".formatted(asked, incidents, appeals, reports);
    }

    /** Asks and asks until the gateway is killed. */
    private void life(Beside beside, Process gateway, String key, int millis) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread killer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        Thread.sleep(millis);
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    over.set(true);
                                    gateway.destroyForcibly();
                                });
        try {
            while (!over.get()) {
                round(beside, key);
            }
        } catch (IOException e) {
            assertTrue(over.get(), () -> "nobody was killed: " + e);
        } finally {
            killer.join();
            gateway.waitFor();
            Files.delete(beside.note()); // which a gateway that is killed leaves behind
        }
    }

    private void round(Beside beside, String key) throws Exception {
        String text =
                "Describe how the %s and the %s of the old %s were kept apart, number %d."
                        .formatted(
                                ANIMALS.get(asked % ANIMALS.size()),
                                ANIMALS.get(asked / ANIMALS.size() % ANIMALS.size()),
                                PLACES.get(asked % PLACES.size()),
                                asked);
        asked++;
        String refused = attempt(chat(beside, key, "big", text));
        HttpResponse<String> later = chat(beside, key, "small", text);
        attempt(later);
        later.headers().firstValue("x-demur-incident").ifPresent(incidents::add);
        made(
                appeals,
                ask(
                        beside,
                        key,
                        "/demur/v1/appeals",
                        "{\"attempt\": \"%s\", \"words\": \"It is history.\"}".formatted(refused)));
        made(
                reports,
                ask(
                        beside,
                        key,
                        "/demur/v1/reports",
                        """
                        {"about": "use", "reason": "history", "words": "%s", "name": "kept"}\
                        """
                                .formatted(text)));
    }

    /** One of which is said that it was ended; anything else is no acknowledgement. */
    private String attempt(HttpResponse<String> reply) {
        String attempt = reply.headers().firstValue("x-demur-attempt").orElse("none");
        if (reply.statusCode() == 200) {
            attempts.add(attempt);
        }
        return attempt;
    }

    /** One that was taken; too many of them are not, which is said. */
    private static void made(Set<String> to, HttpResponse<String> reply) {
        if (reply.statusCode() == 201) {
            Matcher id = ID.matcher(reply.body());
            assertTrue(id.find(), reply::body);
            to.add(id.group(1));
        }
    }

    private boolean isWritten(Beside beside) throws Exception {
        String written =
                String.join("\n", entries(beside, "APPEAL"))
                        + String.join("\n", entries(beside, "REPORT"));
        return appeals.stream().allMatch(written::contains)
                && reports.stream().allMatch(written::contains);
    }

    private static void everyOneOnce(Set<String> acknowledged, List<String> entries, String with) {
        for (String each : acknowledged) {
            assertEquals(
                    1,
                    entries.stream()
                            .filter(it -> it.contains('"' + each + '"') && it.contains(with))
                            .count(),
                    each);
        }
    }

    private HttpResponse<String> chat(Beside beside, String key, String model, String text)
            throws Exception {
        return ask(
                beside,
                key,
                "/v1/chat/completions",
                "{\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]}"
                        .formatted(model, text));
    }

    private HttpResponse<String> ask(Beside beside, String key, String path, String body)
            throws Exception {
        String url = ServingNote.read(new DataFolder(beside.data())).orElseThrow().url();
        return client.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(PATIENCE)
                        .header("authorization", "Bearer " + key)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String shown(Beside beside) throws Exception {
        for (int i = 0; i < 600; i++) {
            Matcher shown = KEY.matcher(beside.read("serve.out"));
            if (shown.find()) {
                return shown.group();
            }
            Thread.sleep(100);
        }
        throw new AssertionError(beside.read("serve.out") + beside.read("serve.err"));
    }

    private static List<String> entries(Beside beside, String type) throws Exception {
        return done(beside, "log", "show", "--type", type, "--json").lines().toList();
    }

    private static String done(Beside beside, String... command) throws Exception {
        Beside.Result result = beside.run(command);
        assertEquals(0, result.exit(), () -> result.out() + result.err());
        return result.out();
    }
}
