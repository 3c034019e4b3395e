package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.DataFolder;
import io.demur.record.keys.PersonKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A policy's life from outside: the packaged program, an empty folder, real keys. */
class PolicyLifeIT {

    @TempDir Path folder = Path.of("");

    @Test
    void fromAnEmptyFolderToAWeakeningThatWaits() throws Exception {
        check(3, "holds no log; `demur init` makes one", "policy", "init", "p.yaml");
        settled();

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

    @Test
    void twoPeopleFollowThePrintedWordsFromALostNoteToThePolicy() throws Exception {
        settled();
        Path away = folder.resolve("away.note");
        String digest = inForce();
        Files.move(folder.resolve("share/demur/policy").resolve(digest + ".note"), away);
        String said = check(1, "put it back from a copy of the folder", "policy", "status");
        assertTrue(said.contains("nothing: everything is refused"), said);
        Matcher file = Pattern.compile("because +(\\S+\\.note): ").matcher(said);
        assertTrue(file.find(), said);
        Files.move(away, Path.of(file.group(1)));
        check(0, "posture 6", "policy", "status");
        // where there is no copy: another in its place, by two people
        Files.delete(Path.of(file.group(1)));
        check(1, "or sign a policy in its place", "policy", "status");
        check(3, "sign it with a reason", "policy", "sign", "p.yaml");
        check(0, "policy approve p.note", "policy", "sign", "p.yaml", "--reason", "it was lost");
        ok("policy", "approve", "p.note", "--key", "ben.key");
        check(1, "in 24 hours", "policy", "activate", "p.note");
        check(1, "approved by anna and ben", "policy", "status");
    }

    @Test
    void whatAnotherVersionMadeOfAPolicyRefusesAllUntilItIsSignedAnew() throws Exception {
        ok("init");
        ok("policy", "init", "p.yaml", "--as", "anna");
        write("p.yaml", 5);
        Surroundings surroundings =
                new Surroundings(
                        Map.of("XDG_STATE_HOME", folder.resolve("state").toString()),
                        InstantSource.system());
        new OtherVersion(
                        new Installation(
                                new DataFolder(folder.resolve("share/demur")), surroundings),
                        surroundings.clock())
                .activate(
                        PersonKey.read(folder.resolve("config/demur/anna.key")),
                        keeper -> {
                            try {
                                return keeper.draftPolicy(
                                        "p.yaml",
                                        Files.readString(folder.resolve("p.yaml")),
                                        Optional.empty(),
                                        Optional.empty());
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        check(1, "does something else with the document than what was signed", "policy", "status");
        check(1, "or sign the document anew", "policy", "status");
        ok("policy", "sign", "p.yaml");
        ok("policy", "activate", "p.note");
        check(0, "posture 5", "policy", "status");
    }

    /** A sealed policy of Anna's, with Ben who approves. */
    private void settled() throws Exception {
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
    }

    private String inForce() throws Exception {
        Matcher last =
                Pattern.compile("\"action\":\"activated\".*\"digest\":\"([0-9a-f]{64})\"")
                        .matcher(ok("policy", "history", "--json"));
        String digest = "";
        while (last.find()) {
            digest = last.group(1);
        }
        return digest;
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
