package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final Pattern ID = Pattern.compile("\"id\": ?\"(case_[0-9a-f-]+)\"");

    private static final List<String> ANIMALS =
            List.of("otter", "falcon", "heron", "badger", "lynx", "magpie", "weasel", "raven");
    private static final List<String> PLACES =
            List.of("orchard", "harbour", "quarry", "chapel", "viaduct", "granary", "lighthouse");

    /** What was acknowledged, over all lives. */
    private final Set<String> attempts = new HashSet<>();

    private final Set<String> incidents = new HashSet<>();
    private final Set<String> appeals = new HashSet<>();
    private final Set<String> reports = new HashSet<>();
    private int asked;

    @Test
    void whateverWasAcknowledgedOutlivesEveryKillAndNothingIsThereTwice(@TempDir Path folder)
            throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("KilledIT: -Dseed=" + seed);
        Random random = new Random(seed);
        Beside beside = new Beside(folder);
        try (StubModel big = new StubModel(call -> StubModel.Reply.REFUSES);
                StubModel small = new StubModel(call -> StubModel.Reply.USUAL)) {
            beside.configure(big, small);
            String key = "";
            for (int round = 0; round < ROUNDS; round++) {
                Process gateway = beside.serve();
                key = key.isEmpty() ? beside.firstKey() : key;
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
        assertTrue(beside.done("log", "verify").contains("attempts"));
        assertTrue(beside.done("ledger", "check").contains("the log comes to the same"));
        everyOneOnce(attempts, entries(beside, "OUTCOME"), "");
        everyOneOnce(appeals, entries(beside, "APPEAL"), "\"opened\"");
        everyOneOnce(reports, entries(beside, "REPORT"), "\"opened\"");
        String listed = beside.done("incidents", "list", "--all", "--json");
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
                beside.ask(
                        key,
                        "/demur/v1/appeals",
                        "{\"attempt\": \"%s\", \"words\": \"It is history.\"}".formatted(refused)));
        made(
                reports,
                beside.ask(
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

    private static HttpResponse<String> chat(Beside beside, String key, String model, String text)
            throws Exception {
        return beside.ask(key, "/v1/chat/completions", Beside.chat(model, text));
    }

    private static List<String> entries(Beside beside, String type) throws Exception {
        return beside.done("log", "show", "--type", type, "--json").lines().toList();
    }
}
