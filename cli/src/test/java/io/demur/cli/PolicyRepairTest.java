package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.DataFolder;
import io.demur.record.keys.PersonKey;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is lost or other than it was: everything is refused, and what is printed leads out of it.
 */
class PolicyRepairTest extends PolicyStory {

    /** The file that is named, and what to do with it. */
    private static final Pattern PUT_BACK =
            Pattern.compile("because +(\\S+\\.note): .*\\(put it back from a copy of the folder");

    @Test
    void aLostNoteIsPutBackOrAnotherPolicySignedByTwo() throws Exception {
        sealed();
        Path away = folder.resolve("away.note");
        Path note = policyInForce();
        Files.move(note, away);
        check(1, "status");
        Files.move(away, named());
        check(0, "status");
        Files.delete(note);
        // there is no copy: another policy, with what is asked for step by step
        write("p.yaml", policy(6));
        check(3, "sign", "p.yaml", "--as", "anna");
        check(0, "sign", "p.yaml", "--as", "anna", "--reason", "the file was lost");
        check(1, "activate", "p.note");
        check(0, "approve", "p.note", "--as", "ben");
        check(1, "activate", "p.note");
        check(1, "status");
        later(Duration.ofHours(24));
        check(0, "activate", "p.note");
        check(0, "status");
        golden("life-lost.txt");
    }

    @Test
    void whereTheNoteOfAWeakeningIsLostItsEndIsSaidAndThatWhatComesInItsPlaceHasNone()
            throws Exception {
        sealed();
        write("p.yaml", policy(4));
        check(0, "sign", "p.yaml", "--as", "anna", "--reason", "too strict", "--lasting", "9d");
        check(0, "approve", "p.note", "--as", "ben");
        check(1, "activate", "p.note");
        later(Duration.ofHours(24));
        check(0, "activate", "p.note");
        story.setLength(0);
        check(0, "status");
        Files.delete(holding("posture: 4\n"));
        check(1, "status");
        Files.delete(folder.resolve("p.note"));
        check(0, "sign", "p.yaml", "--as", "anna", "--reason", "the file was lost");
        check(0, "approve", "p.note", "--as", "ben");
        check(1, "activate", "p.note");
        later(Duration.ofHours(24));
        check(0, "activate", "p.note");
        check(0, "status");
        golden("life-endless.txt");
    }

    @Test
    void aLostListOfWhoMaySignIsPutBack() throws Exception {
        sealed();
        Path away = folder.resolve("away.note");
        Path list = holding("demur-trust v1\nserial 2\n");
        Files.move(list, away);
        check(1, "status");
        assertTrue(story.toString().contains("phase      sealed"), story::toString);
        assertTrue(story.toString().contains("nobody's signature counts"), story::toString);
        Files.move(away, named());
        check(0, "status");
    }

    @Test
    void whatAnotherVersionMadeOfThePolicyIsSignedAnewByTwo() throws Exception {
        check(0, "init", "p.yaml", "--as", "anna");
        check(0, "key", "ben");
        write("trust.yaml", trust("[author, approver]", "approver"));
        check(0, "sign", "trust.yaml", "--as", "anna");
        check(0, "activate", "trust.note");
        story.setLength(0);
        PersonKey anna = PersonKey.read(folder.resolve("config/demur/anna.key"));
        OtherVersion other =
                new OtherVersion(
                        new Installation(new DataFolder(folder.resolve("d")), surroundings),
                        surroundings.clock());
        other.activate(
                anna,
                keeper ->
                        keeper.draftPolicy(
                                "p.yaml", policy(5), Optional.empty(), Optional.empty()));
        check(1, "status");
        check(3, "seal");
        other.activate(anna, keeper -> keeper.draftSeal());
        check(1, "status");
        write("p.yaml", policy(5));
        check(3, "sign", "p.yaml", "--as", "anna");
        check(0, "sign", "p.yaml", "--as", "anna", "--reason", "a new version");
        check(1, "activate", "p.note");
        check(0, "approve", "p.note", "--as", "ben");
        check(1, "activate", "p.note");
        later(Duration.ofHours(24));
        check(0, "activate", "p.note");
        check(0, "status");
        golden("life-table.txt");
    }

    @Test
    void sealWarnsOfANewKeyThoughItsOwnerHasSignedWithAnOldOne() throws Exception {
        check(0, "init", "p.yaml", "--as", "anna");
        check(0, "key", "ben");
        write("trust.yaml", trust("[author, approver]", "[author, approver]"));
        check(0, "sign", "trust.yaml", "--as", "anna");
        check(0, "activate", "trust.note");
        check(2, "seal");
        assertTrue(story.toString().contains("with the keys of ben"), story::toString);
        write("p.yaml", policy(6));
        check(0, "sign", "p.yaml", "--as", "ben");
        check(0, "activate", "p.note");
        story.setLength(0);
        check(2, "seal");
        assertFalse(story.toString().contains("nobody has signed"), story::toString);
        Files.delete(folder.resolve("config/demur/ben.key"));
        check(0, "key", "ben");
        write("trust.yaml", trust("[author, approver]", "[author, approver]"));
        check(0, "sign", "trust.yaml", "--as", "anna");
        check(0, "activate", "trust.note");
        check(2, "seal");
        assertTrue(story.toString().contains("with the keys of ben"), story::toString);
    }

    private Path policyInForce() throws Exception {
        return holding("posture: 6\n");
    }

    /** The note in the installation that holds these words. */
    private Path holding(String words) throws Exception {
        try (var files = Files.list(folder.resolve("d/policy"))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".note")).toList()) {
                if (Files.readString(file).contains(words)) {
                    return file;
                }
            }
        }
        throw new AssertionError("no note holds `%s`".formatted(words));
    }

    /** The file that was printed last as the one to put back. */
    private Path named() {
        Matcher printed = PUT_BACK.matcher(last());
        assertTrue(printed.find(), story::toString);
        return Path.of(printed.group(1));
    }
}
