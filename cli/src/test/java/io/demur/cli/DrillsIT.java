package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.demur.record.DataFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Drills of a gateway that is killed in the middle of them. */
class DrillsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode asked(Beside beside, String method, String path) throws Exception {
        String url =
                ServingNote.read(new DataFolder(beside.data())).orElseThrow().url()
                        + "/demur/v1/drills"
                        + path;
        NearbyHttp.Reply reply =
                method.equals("POST")
                        ? NearbyHttp.post(url, new byte[0], Optional.empty(), 20_000)
                        : NearbyHttp.get(url, 20_000);
        assertTrue(reply.status() < 300, () -> new String(reply.body(), StandardCharsets.UTF_8));
        return JSON.readTree(reply.body());
    }

    private static List<JsonNode> shown(Beside beside, String type) throws Exception {
        Beside.Result shown = beside.run("log", "show", "--json", "--type", type);
        assertEquals(0, shown.exit(), shown::err);
        List<JsonNode> entries = new ArrayList<>();
        for (String line : shown.out().lines().toList()) {
            entries.add(JSON.readTree(line));
        }
        return entries;
    }

    @Test
    void whereThePlugIsPulledEveryDrillHasOneEntryAtMostAndNoneIsAskedTwice(@TempDir Path folder)
            throws Exception {
        Beside beside = new Beside(folder);
        Process gateway = beside.serve();
        try {
            String id = asked(beside, "POST", "?model=rehearsal&each=40").path("id").asText();
            JsonNode far;
            do {
                far = asked(beside, "GET", "/" + id);
            } while (far.path("drills").size() < 10);
            assertFalse(far.path("over").asBoolean(), far::toString);
        } finally {
            gateway.destroyForcibly().waitFor();
        }
        Files.delete(beside.note()); // which a gateway that is killed leaves behind
        gateway = beside.serve();
        try {
            Beside.Result run = beside.run("drill", "run", "--model", "rehearsal", "--each", "10");
            assertTrue(run.exit() <= 1, run::err);
            assertTrue(run.out().startsWith("20 drills\n"), run::out);
            assertTrue(run.out().contains(" of 20 passed\n"), run::out);
        } finally {
            gateway.destroy(); // in order: what it has written is published then
            gateway.waitFor();
        }
        List<JsonNode> drills = shown(beside, "DRILL");
        assertTrue(drills.size() >= 30, drills::toString);
        Set<String> attempts = new TreeSet<>();
        Set<String> names = new TreeSet<>();
        for (JsonNode drill : drills) {
            String entry = drill.toString();
            assertTrue(attempts.add(drill.findPath("attempt").asText()), entry);
            assertTrue(names.add(drill.findPath("name").asText()), entry);
        }
        long tried =
                shown(beside, "ATTEMPT").stream()
                        .filter(it -> it.findPath("protocol").asText().equals("demur.drill"))
                        .count();
        assertTrue(tried - drills.size() <= 1, tried + " of " + drills.size());
        Beside.Result verified = beside.run("log", "verify");
        assertEquals(0, verified.exit(), verified::err);
        assertTrue(verified.out().contains("0 open"), verified::out);
        String status = beside.run("drill", "status").out();
        assertTrue(status.contains(drills.size() + " drills"), status);
    }

    @Test
    void aRehearsalNeedsNoGatewayAndLeavesNothing(@TempDir Path folder) throws Exception {
        Beside beside = new Beside(folder);
        Beside.Result run = beside.run("drill", "run", "--rehearsal", "--each", "2");
        assertTrue(run.exit() <= 1, run::err);
        assertTrue(run.out().contains("\n4 drills\n"), run::out);
        assertTrue(run.out().contains(" of 4 passed\n"), run::out);
        assertFalse(Files.exists(beside.data()));
    }

    @Test
    void withoutAGatewayItSaysWhatStartsOne(@TempDir Path folder) throws Exception {
        Beside.Result run = new Beside(folder).run("drill", "run");
        assertEquals(3, run.exit(), run::out);
        assertTrue(run.err().contains("`demur serve` starts one"), run::err);
    }
}
