package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/** A policy's life from outside: the packaged program, an empty folder, real keys. */
class PolicyLifeIT {

    @TempDir Path folder = Path.of("");

    @Test
    void fromAnEmptyFolderToAWeakeningThatWaits() throws Exception {
        check(3, "holds no log; `demur init` makes one", "policy", "init", "p.yaml");
        ok("init");
        ok("policy", "init", "p.yaml", "--as", "anna");
        write("p.yaml", 6);
        ok("policy", "sign", "p.yaml");
        ok("policy", "activate", "p.note");
        ok("policy", "key", "ben", "--out", "ben.key");
        String ben =
                Files.readAllLines(folder.resolve("ben.key")).stream()
                        .filter(line -> line.startsWith("Public: "))
                        .map(line -> line.substring("Public: ".length()))
                        .findFirst()
                        .orElseThrow();
        Path trust = folder.resolve("trust.yaml");
        Files.writeString(
                trust,
                Files.readString(trust)
                        + "\n  - name: ben\n    roles: approver\n    keys: %s\n".formatted(ben));
        ok("policy", "sign", "trust.yaml");
        ok("policy", "activate", "trust.note");
        check(2, "To seal it: demur policy seal --yes-for-good", "policy", "seal");
        ok("policy", "seal", "--yes-for-good");

        write("p.yaml", 5);
        check(2, "say --reason TEXT", "policy", "sign", "p.yaml");
        ok("policy", "sign", "p.yaml", "--reason", "too strict", "--lasting", "7d");
        check(1, "anna alone has signed it", "policy", "activate", "p.note");
        ok("policy", "approve", "p.note", "--key", "ben.key");
        check(1, "in 24 hours", "policy", "activate", "p.note");
        check(0, "posture 6", "policy", "status");
        String history = ok("policy", "history", "--json");
        assertEquals(7, history.lines().count(), history);
        assertTrue(history.contains("\"action\":\"sealed\""), history);
        assertTrue(ok("log", "verify").contains("result       sound"));
    }

    @Test
    void aPolicyThatWasTakenAwayRefusesAllAndSaysWhichFile() throws Exception {
        ok("init");
        ok("policy", "init", "p.yaml", "--as", "anna");
        try (var files = Files.list(folder.resolve("share/demur/policy"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        check(1, "everything is refused", "policy", "status");
        check(1, ".note", "policy", "status");
    }

    private void write(String file, int posture) throws Exception {
        Files.writeString(
                folder.resolve(file), "policy: 1\nname: Desk\nposture: %d\n".formatted(posture));
    }

    private String ok(String... args) throws Exception {
        return check(0, "", args);
    }

    private String check(int exit, String words, String... args) throws Exception {
        Program.Result result = Program.run(folder, args);
        String said = result.out() + result.err();
        assertEquals(exit, result.exit(), said);
        assertTrue(said.contains(words), said);
        return result.out();
    }
}
