package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.DataFolder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** A gateway in one process, and commands on the same folder in others. */
class ServingIT {

    @Test
    void thePolicyChangesWhileItServesAndAfterItWasKilled(@TempDir Path folder) throws Exception {
        Beside beside = new Beside(folder);
        Process gateway = beside.serve();
        try {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(beside.note())));
            Path document = beside.data().resolve("policy.yaml");
            String text = Files.readString(document);
            Files.writeString(document, text.replaceAll("(?m)^posture: .*$", "posture: 7"));
            String url = ServingNote.read(new DataFolder(beside.data())).orElseThrow().url();

            Beside.Result signed =
                    beside.run("policy", "sign", document.toString(), "--out", "p.note");
            assertEquals(0, signed.exit(), signed::err);
            Beside.Result activated = beside.run("policy", "activate", "p.note");
            assertEquals(0, activated.exit(), activated::err);
            assertTrue(activated.out().contains("posture 7"), activated::out);
            assertTrue(metric(url, "demur_policy_in_force 1"));

            String note = Files.readString(folder.resolve("p.note"));
            Files.writeString(folder.resolve("p.note"), note.replace("posture: 7", "posture: 1"));
            Beside.Result changed = beside.run("policy", "activate", "p.note");
            assertEquals(3, changed.exit(), changed::out);
            assertTrue(changed.err().contains("`p.note`"), changed::err);

            Beside.Result back = beside.run("policy", "rollback", "--reason", "a trial");
            assertEquals(0, back.exit(), back::err);
            assertTrue(back.out().contains("In force again"), back::out);

            Beside.Result doctor = beside.run("doctor");
            assertTrue(doctor.out().contains("gateway     http://127.0.0.1:"), doctor::out);
            assertTrue(doctor.out().contains("is ready"), doctor::out);
        } finally {
            gateway.destroyForcibly().waitFor();
        }
        assertTrue(Files.exists(beside.note()));
        assertEquals(Optional.empty(), RunningGateway.of(new DataFolder(beside.data())));
        Beside.Result alone = beside.run("policy", "activate", "p.note");
        assertEquals(3, alone.exit(), alone::out);
        assertFalse(alone.err().contains("gateway"), alone::err);
    }

    private static boolean metric(String url, String line) throws Exception {
        NearbyHttp.Reply reply = NearbyHttp.get(url + "/metrics", 5_000);
        return new String(reply.body(), StandardCharsets.UTF_8).lines().anyMatch(line::equals);
    }
}
