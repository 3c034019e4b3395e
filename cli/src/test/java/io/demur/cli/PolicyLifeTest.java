package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.DataFolder;
import io.demur.record.KeyCeremony;
import io.demur.record.Trail;
import io.demur.record.keys.KeyRing;
import io.demur.record.keys.PersonKey;
import io.demur.testkit.Golden;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** A policy's life, told by the commands as a user sees them, under a clock that tests set. */
class PolicyLifeTest {

    private static final String RESOURCES = "cli/src/test/resources/policy/";
    private static final Instant START = Instant.parse("2031-03-03T09:00:00Z");

    @TempDir Path folder = Path.of("");

    private final StringBuilder story = new StringBuilder();
    private volatile Instant now = START;
    private Surroundings surroundings = new Surroundings(Map.of(), () -> START);

    @BeforeEach
    void installation() throws Exception {
        surroundings = at("config");
        install("d");
    }

    @Test
    void fromAnEmptyFolderToASealedPolicy() throws Exception {
        check(1, "status");
        check(0, "init", "p.yaml");
        check(3, "init", "p.yaml");
        write("p.yaml", policy(5));
        check(0, "sign", "p.yaml");
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

    /** A policy in force and sealed, with Anna who writes and Ben who approves. */
    private void sealed() throws Exception {
        check(0, "init", "p.yaml", "--as", "anna");
        check(0, "key", "ben");
        write("trust.yaml", trust("[author, approver]", "approver"));
        write("p.yaml", policy(6));
        for (String document : new String[] {"trust", "p"}) {
            check(0, "sign", document + ".yaml", "--as", "anna");
            check(0, "activate", document + ".note");
        }
        check(0, "seal", "--yes-for-good", "--as", "anna");
        story.setLength(0);
    }

    private static String policy(int posture) {
        return "policy: 1\nname: Desk\nposture: %d\n".formatted(posture);
    }

    private String trust(String anna, String ben) throws IOException {
        Path own = folder.resolve("config/demur/ben.key");
        Path key = Files.exists(own) ? own : folder.resolve("ben.key");
        return """
        trust: 1
        people:
          - {name: anna, roles: %s, keys: "%s"}
          - {name: ben, roles: %s, keys: "%s"}
        """
                .formatted(
                        anna,
                        PersonKey.read(folder.resolve("config/demur/anna.key")).verifier(),
                        ben,
                        PersonKey.read(key).verifier());
    }

    private void later(Duration time) {
        now = now.plus(time);
        story.append("... %s later%n%n".formatted(SaidTime.about(time)));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private Surroundings at(String config) {
        return new Surroundings(
                Map.of(
                        "XDG_CONFIG_HOME", folder.resolve(config).toString(),
                        "XDG_STATE_HOME", folder.resolve("state").toString(),
                        "USER", "anna"),
                () -> now);
    }

    private void install(String name) throws Exception {
        DataFolder data = new DataFolder(folder.resolve(name));
        Installation installation = new Installation(data, surroundings);
        Private.folder(data.root());
        KeyRing keys = KeyRing.make(data.keys(), surroundings.clock(), new SecureRandom());
        new KeyCeremony(keys, () -> installation.begin(keys, "demur init"))
                .begin("demur.invalid/" + name);
        Files.createDirectories(data.policy());
    }

    private Callable<Integer> command(String name) {
        return switch (name) {
            case "key" -> new PolicyKeyCommand(surroundings);
            case "init" -> new PolicyInitCommand(surroundings);
            case "sign" -> new PolicySignCommand(surroundings);
            case "approve" -> new PolicyApproveCommand(surroundings);
            case "activate" -> new PolicyActivateCommand(surroundings);
            case "status" -> new PolicyStatusCommand(surroundings);
            case "history" -> new PolicyHistoryCommand(surroundings);
            case "rollback" -> new PolicyRollbackCommand(surroundings);
            case "seal" -> new PolicySealCommand(surroundings);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Runs one command in the folder, and puts what it said into the story. */
    private void check(int exit, String name, String... given) {
        StringWriter out = new StringWriter();
        StringBuilder said = new StringBuilder("$ demur policy " + name);
        List<String> args = new ArrayList<>();
        for (String word : given) {
            boolean path = word.matches("[a-z]+\\.(yaml|note|key)|e");
            args.add(path ? folder.resolve(word).toString() : word);
            said.append(word.contains(" ") ? " '" + word + "'" : " " + word);
        }
        if (!name.equals("key") && !args.contains("--data")) {
            args.addAll(List.of("--data", folder.resolve("d").toString()));
        }
        CommandLine line = new CommandLine(command(name));
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));
        line.setParameterExceptionHandler((e, all) -> misused(String.valueOf(e.getMessage()), out));
        int found = line.execute(args.toArray(String[]::new));
        said.append('\n').append(plain(out.toString()));
        if (found != 0) {
            said.append("[exit ").append(found).append("]\n");
        }
        story.append(said).append('\n');
        assertEquals(exit, found, story::toString);
    }

    private static int misused(String message, StringWriter out) {
        out.append("demur: ").append(message).append('\n');
        return ExitCode.USAGE;
    }

    /** Without what is different each time: the folder, digests, keys. */
    private String plain(String said) {
        return said.replace(" --data " + folder.resolve("d"), "")
                .replace(folder + "/", "")
                .replaceAll("\\+[0-9a-f]{8}\\+[A-Za-z0-9+/=]{44}", "+" + "x".repeat(8) + "+…")
                .replaceAll("\\b[0-9a-f]{64}\\b", "x".repeat(64))
                .replaceAll("\\b[0-9a-f]{12}\\b", "x".repeat(12))
                .replaceAll("\\bkey [0-9a-f]{8}\\b", "key " + "x".repeat(8));
    }

    /** Compares the story, without the document that ships and what a change does to the cells. */
    private void golden(String file) {
        StringBuilder kept = new StringBuilder();
        boolean inside = false;
        for (String line : story.toString().split("\n", -1)) {
            inside &= line.startsWith("  ") || line.isEmpty();
            if (!inside) {
                kept.append(line).append('\n');
            }
            if (line.contains("` instead of `")) {
                inside = true;
                kept.append("  …\n");
            }
        }
        String told = kept.toString().stripTrailing() + "\n";
        String shipped = "(?s)(init p\\.yaml\n.*?)`[^`]*`, posture [0-9]+";
        Golden.check(RESOURCES + file, told.replaceFirst(shipped, "$1`…`, posture 5"));
    }
}
