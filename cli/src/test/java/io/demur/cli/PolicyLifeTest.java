package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.DataFolder;
import io.demur.record.Trail;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/** A policy's life, told by the commands as a user sees them, under a clock that tests set. */
class PolicyLifeTest extends PolicyStory {

    @Test
    void fromAnEmptyFolderToASealedPolicy() throws Exception {
        check(1, "status");
        check(0, "init", "p.yaml");
        check(3, "init", "p.yaml");
        write("p.yaml", policy(5));
        check(0, "sign", "p.yaml");
        check(0, "activate", "p.note");
        check(0, "activate", "p.note");
        write("p.yaml", policy(6));
        check(0, "sign", "p.yaml", "--reason", "more care before the launch");
        check(0, "activate", "p.note");
        check(3, "seal");
        check(0, "key", "ben", "--out", "ben.key");
        check(3, "key", "ben", "--out", "ben.key");
        write("trust.yaml", trust("[author, approver]", "approver"));
        check(0, "sign", "trust.yaml");
        check(0, "activate", "trust.note");
        check(2, "seal");
        check(0, "seal", "--yes-for-good");
        check(3, "seal", "--yes-for-good");
        check(0, "status");
        check(0, "history");
        golden("life-begins.txt");
    }

    @Test
    void aWeakeningTakesTwoPeopleAReasonAnEndAndADay() throws Exception {
        sealed();
        write("p.yaml", policy(5));
        check(2, "sign", "p.yaml", "--as", "anna");
        check(2, "sign", "p.yaml", "--as", "anna", "--reason", "too strict");
        check(2, "sign", "p.yaml", "--as", "anna", "--reason", "too strict", "--lasting", "soon");
        check(2, "sign", "p.yaml", "--as", "anna", "--reason", "too strict", "--lasting", "400d");
        check(3, "sign", "p.yaml", "--reason", "too strict", "--lasting", "10d", "--as", "ben");
        check(0, "sign", "p.yaml", "--reason", "too strict", "--lasting", "10d", "--as", "anna");
        check(1, "activate", "p.note");
        check(3, "approve", "p.note", "--as", "anna");
        check(0, "approve", "p.note", "--as", "ben");
        check(3, "approve", "p.note", "--as", "ben");
        check(1, "activate", "p.note");
        check(0, "status");
        later(Duration.ofHours(23));
        check(1, "activate", "p.note");
        later(Duration.ofHours(1));
        check(0, "activate", "p.note");
        check(0, "status");
        later(Duration.ofDays(11));
        check(0, "status");
        check(0, "history");
        golden("life-weakens.txt");
    }

    @Test
    void whoMaySignChangesAsAWeakeningDoes() throws Exception {
        sealed();
        write("trust.yaml", trust("author", "[author, approver]"));
        check(2, "sign", "trust.yaml", "--as", "anna");
        check(2, "sign", "trust.yaml", "--as", "anna", "--lasting", "9d");
        check(0, "sign", "trust.yaml", "--as", "anna", "--reason", "ben writes as well");
        check(1, "activate", "trust.note");
        check(0, "approve", "trust.note", "--as", "ben");
        check(1, "activate", "trust.note");
        later(Duration.ofHours(25));
        check(0, "activate", "trust.note");
        golden("life-trust.txt");
    }

    @Test
    void backToThePolicyBeforeByOnePersonWithinADay() throws Exception {
        sealed();
        check(3, "rollback", "--as", "anna");
        write("p.yaml", policy(9));
        check(0, "sign", "p.yaml", "--as", "anna");
        check(0, "activate", "p.note");
        check(3, "rollback", "--as", "ben");
        check(0, "rollback", "--as", "anna", "--reason", "it refuses everything");
        check(0, "status");
        check(3, "rollback", "--as", "anna");
        write("p.yaml", policy(8));
        check(0, "sign", "p.yaml", "--as", "anna");
        check(0, "activate", "p.note");
        later(Duration.ofHours(25));
        check(3, "rollback", "--as", "anna");
        golden("life-rollback.txt");
    }

    @Test
    void whatCannotBeIsSaidInASentence() throws Exception {
        sealed();
        write("p.yaml", policy(7));
        check(3, "activate", "p.yaml");
        check(3, "activate", "trust.yaml");
        check(3, "activate", "nothing.note");
        check(3, "sign", "p.yaml");
        check(0, "sign", "p.yaml", "--as", "anna");
        String note = Files.readString(folder.resolve("p.note"));
        write("p.note", note.replace("posture: 7", "posture: 1"));
        check(3, "activate", "p.note");
        check(3, "approve", "p.note", "--as", "ben");
        write("p.note", note.replace("demur-policy v1", "demur-policy v9"));
        check(3, "activate", "p.note");
        write("p.yaml", "policy: 1\nname: 7\n");
        check(3, "sign", "p.yaml", "--as", "anna");
        write("t.yaml", "trust: 1\npeople:\n  - {name: c, roles: writer, keys: c+1+AA}\n");
        check(3, "sign", "t.yaml", "--as", "anna");
        write("p.note", note);
        write("q.yaml", policy(8));
        check(0, "sign", "q.yaml", "--as", "anna");
        check(0, "activate", "q.note");
        check(3, "activate", "p.note");
        check(3, "approve", "p.note", "--as", "ben");
        check(0, "key", "eve", "--out", "eve.key");
        check(3, "sign", "p.yaml", "--key", "eve.key");
        check(2, "key", "../eve");
        golden("life-refused.txt");
    }

    @Test
    void aNoteOfAnotherInstallationIsNotTaken() throws Exception {
        sealed();
        write("p.yaml", policy(7));
        check(0, "sign", "p.yaml", "--as", "anna");
        surroundings = at("elsewhere");
        install("e");
        check(0, "init", "other.yaml", "--trust", "others.yaml", "--data", "e");
        check(3, "activate", "p.note", "--data", "e");
        assertTrue(story.toString().contains("signed"), story::toString);
    }

    @Test
    void aKeyThatOthersCanReadIsNotUsed() throws Exception {
        check(0, "init", "p.yaml");
        Path key = folder.resolve("config/demur/anna.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        write("p.yaml", policy(6));
        check(3, "sign", "p.yaml");
        assertTrue(story.toString().contains("is open to others"), story::toString);
        assertFalse(Files.exists(folder.resolve("p.note")));
    }

    @Test
    void aNoteThatOthersHaveSignedIsNotWrittenOver() throws Exception {
        sealed();
        write("p.yaml", policy(5));
        String[] sign = {"p.yaml", "--as", "anna", "--reason", "r", "--lasting", "9d"};
        check(0, "sign", sign);
        check(0, "sign", sign);
        check(0, "approve", "p.note", "--as", "ben");
        write("p.yaml", policy(4));
        check(3, "sign", sign);
        assertTrue(story.toString().contains("bears a signature of ben"), story::toString);
    }

    @Test
    void whileAnotherProgramHasTheLogThatIsSaid() throws Exception {
        check(0, "init", "p.yaml");
        write("p.yaml", policy(6));
        check(0, "sign", "p.yaml");
        Installation installation =
                new Installation(new DataFolder(folder.resolve("d")), surroundings);
        try (Trail trail = installation.open(installation.keys(), "demur test")) {
            check(0, "status");
            check(3, "activate", "p.note");
            assertEquals(0, trail.open());
        }
        assertTrue(story.toString().contains("the policy was not changed"), story::toString);
    }
}
