package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.record.DataFolder;
import io.demur.record.KeyCeremony;
import io.demur.record.keys.KeyRing;
import io.demur.record.keys.PersonKey;
import io.demur.testkit.Golden;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** What tests of the policy commands share: an installation, people, a clock, and what was said. */
abstract class PolicyStory {

    private static final String RESOURCES = "cli/src/test/resources/policy/";
    private static final Instant START = Instant.parse("2031-03-03T09:00:00Z");

    @TempDir Path folder = Path.of("");

    final StringBuilder story = new StringBuilder();
    private String last = "";
    private volatile Instant now = START;
    Surroundings surroundings = new Surroundings(Map.of(), () -> START);

    @BeforeEach
    void installation() throws Exception {
        surroundings = at("config");
        install("d");
    }

    /** A policy in force and sealed, with Anna who writes and Ben who approves. */
    void sealed() throws Exception {
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

    static String policy(int posture) {
        return "policy: 1\nname: Desk\nposture: %d\n".formatted(posture);
    }

    String trust(String anna, String ben) throws IOException {
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

    void later(Duration time) {
        now = now.plus(time);
        story.append("... %s later%n%n".formatted(SaidTime.about(time)));
    }

    void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    Surroundings at(String config) {
        return new Surroundings(
                Map.of(
                        "XDG_CONFIG_HOME", folder.resolve(config).toString(),
                        "XDG_STATE_HOME", folder.resolve("state").toString(),
                        "USER", "anna"),
                () -> now);
    }

    void install(String name) throws Exception {
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
    void check(int exit, String name, String... given) {
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
        last = out.toString();
        said.append('\n').append(plain(last));
        if (found != 0) {
            said.append("[exit ").append(found).append("]\n");
        }
        story.append(said).append('\n');
        assertEquals(exit, found, story::toString);
    }

    /** What the last command said. */
    String last() {
        return last;
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
    void golden(String file) {
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
