package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/** A request that is held in one process, released in another, and answered by a third. */
class HoldsIT {

    private static final String BODY = Beside.chat("rehearsal", "Which bread keeps for a week?");

    private static String header(HttpResponse<String> reply, String name) {
        return reply.headers().firstValue(name).orElse("none");
    }

    @Test
    void aReleaseOutlivesThePlugBeingPulled(@TempDir Path folder) throws Exception {
        Beside beside = new Beside(folder);
        String key;
        String held;
        Process gateway = beside.serve();
        try {
            key = beside.firstKey();
            beside.enact(Beside.NO_RULES, Beside.HOLDING);

            HttpResponse<String> first = beside.ask(key, "/v1/chat/completions", BODY);
            assertEquals("hold", header(first, "x-demur-decision"), first::body);
            held = header(first, "x-demur-hold");
            assertTrue(beside.done("holds", "list").contains(held));
            String read = beside.done("holds", "show", held);
            assertTrue(read.contains("Which bread keeps for a week?"), read);
        } finally {
            gateway.destroyForcibly().waitFor();
        }
        String released = beside.done("holds", "release", held, "--reason", "harmless");
        assertTrue(released.startsWith("released " + held), released);
        Files.delete(beside.note()); // which a gateway that is killed leaves behind
        gateway = beside.serve();
        try {
            HttpResponse<String> followed = beside.ask(key, "/demur/v1/holds/" + held, "");
            assertTrue(followed.body().contains("\"status\":\"released\""), followed::body);
            HttpResponse<String> answered = beside.ask(key, "/v1/chat/completions", BODY);
            assertEquals("allow", header(answered, "x-demur-decision"), answered::body);
            HttpResponse<String> again = beside.ask(key, "/v1/chat/completions", BODY);
            assertEquals("hold", header(again, "x-demur-decision"), again::body);
            String next = header(again, "x-demur-hold");
            assertFalse(next.equals(held));
            beside.done("holds", "refuse", next, "--reason", "once-is-enough");
            HttpResponse<String> refused = beside.ask(key, "/v1/chat/completions", BODY);
            assertEquals("refuse", header(refused, "x-demur-decision"), refused::body);
        } finally {
            gateway.destroy(); // in order: what it has written is published then
            gateway.waitFor();
        }
        String log = beside.done("log", "show", "--type", "REVIEW");
        assertEquals(2, log.lines().filter(line -> line.contains("REVIEW")).count(), log);
        assertTrue(beside.done("log", "verify").contains("attempts"));
        assertFalse(log.contains("bread"), log);
    }
}
