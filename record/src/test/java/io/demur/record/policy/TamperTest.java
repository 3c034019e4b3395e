package io.demur.record.policy;

import static io.demur.record.policy.Deployment.activated;
import static io.demur.record.policy.Deployment.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.Problem;
import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.HarmPredictor;
import io.demur.log.note.Note;
import io.demur.record.MemoryLedger;
import io.demur.testkit.Golden;
import io.demur.testkit.Property;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whatever is done to the files: what was in force still is, or everything is refused. */
class TamperTest {

    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir Path folder = Path.of("");

    private Deployment at = new Deployment(folder);
    private InForce before = new InForce.RefuseAll(List.of());

    /** Set-up, a seal, a change of trust, a weakening over a strengthening, one that waits. */
    @BeforeEach
    void begin() throws Exception {
        at = new Deployment(folder, Optional.of(new MemoryLedger()));
        at.sealed("posture 5\n");
        Statement list = at.draftTrust("ann both ann;ben both ben;dan author dan");
        at.hand(list, "ann", "cleo");
        at.pass(Duration.ofHours(24));
        activated(at.hand(list, "ann", "cleo"));
        activated(at.hand(at.draft("posture 6\n"), "dan"));
        Statement weaker = at.draft("posture 4\n", "appeals", WEEK);
        at.hand(weaker, "dan", "ben");
        at.pass(Duration.ofHours(24));
        activated(at.hand(weaker, "dan", "ben"));
        at.hand(at.draft("posture 3\n", "appeals", WEEK), "dan");
        before = at.active();
    }

    @AfterEach
    void end() {
        at.close();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(at.policy())) {
            return all.sorted().toList();
        }
    }

    /** Everything is refused, and each problem says where, what, and what to do; or nothing is. */
    private boolean isRefused() throws IOException {
        InForce now = at.fresh().inForce();
        if (now instanceof InForce.RefuseAll all) {
            for (Problem problem : all.problems()) {
                assertTrue(problem.where().file().contains(".note"), problem::toString);
                assertTrue(problem.fix().isPresent(), problem::toString);
            }
            return true;
        }
        InForce.Active active = assertInstanceOf(InForce.Active.class, now);
        InForce.Active was = assertInstanceOf(InForce.Active.class, before);
        assertEquals(was.digest(), active.digest());
        assertEquals(was.until(), active.until());
        assertEquals(was.settingUp(), active.settingUp());
        return false;
    }

    @Test
    void aFileThatIsGoneEmptyCutOffOrAnothersRefusesAllOrChangesNothing() throws Exception {
        List<Path> files = files();
        assertEquals(7, files.size());
        int refused = 0;
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            Files.delete(file);
            refused += isRefused() ? 1 : 0;
            for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
                Files.write(file, Arrays.copyOf(whole, length));
                refused += isRefused() ? 1 : 0;
            }
            for (Path other : files) {
                Files.write(file, other.equals(file) ? whole : Files.readAllBytes(other));
                refused += isRefused() ? 1 : 0;
            }
            Files.write(file, whole);
        }
        // two lists of principals and the policy in force
        assertTrue(refused >= 3 * (5 + 6), "refused %d times".formatted(refused));
        assertFalse(isRefused());
    }

    @Test
    void aByteThatIsChangedAnywhereRefusesAllOrChangesNothing() throws Exception {
        for (Path file : files()) {
            byte[] whole = Files.readAllBytes(file);
            int step = Integer.getInteger("step", 53);
            int refused = 0;
            for (int i = 0; i < whole.length; i += step) {
                byte[] bytes = whole.clone();
                bytes[i] ^= (byte) (1 << (i % 8));
                Files.write(file, bytes);
                refused += isRefused() ? 1 : 0;
            }
            Files.write(file, whole);
            String name = String.valueOf(file.getFileName());
            InForce.Active was = assertInstanceOf(InForce.Active.class, before);
            if (name.startsWith(was.digest())) {
                assertEquals((whole.length + step - 1) / step, refused);
            }
        }
        assertFalse(isRefused());
    }

    @Test
    void damageOfAnyKindRefusesAllOrChangesNothing() throws Exception {
        List<Path> files = files();
        Property.check(
                30,
                gen -> {
                    Path file = gen.oneOf(files);
                    byte[] whole = Files.readAllBytes(file);
                    Files.write(file, gen.damaged(whole));
                    isRefused();
                    Files.write(file, whole);
                });
    }

    @Test
    void anotherProgramOrAnotherJudgeRefusesAllUntilItIsSignedFor() throws Exception {
        at.documents = new PlainDocuments(-1);
        assertEquals(11, posture());
        at.documents = new PlainDocuments(0);
        at.judges = Deployment.always(Deployment.judge(new JudgeId("stub", 2, "cd".repeat(32)), 0));
        assertEquals(11, posture());
        at.judges = Deployment.always(Deployment.judge(Deployment.JUDGE, 0.0999));
        assertEquals(11, posture());
        at.judges = Deployment.always(Deployment.judge(Deployment.JUDGE, 0));
        assertEquals(4, posture());
        // a judge that answers the same: switching to it takes one signature, and it holds
        at.judges = Deployment.always(Deployment.judge(new JudgeId("stub", 2, "cd".repeat(32)), 0));
        at.restart();
        activated(at.hand(at.draft("posture 6\n"), "dan"));
        assertEquals(6, at.posture());
        // one that lets a probe pass needs two people
        at.judges = Deployment.always(lax());
        at.restart();
        assertEquals(11, at.posture());
        Statement same = at.draft("posture 6\n", "a new judge", WEEK);
        assertInstanceOf(Submitted.NeedsApproval.class, at.hand(same, "dan"));
    }

    private static HarmPredictor lax() {
        JudgeId id = new JudgeId("lax", 1, "ef".repeat(32));
        HarmPredictor strict = Deployment.judge(id, 0);
        return new HarmPredictor() {
            @Override
            public JudgeId id() {
                return id;
            }

            @Override
            public Assessment assess(Request request) {
                return strict.assess(Request.of("0.01"));
            }
        };
    }

    @Test
    void aProgramThatExpandsOtherwiseIsSignedForByTwoAndForGood() throws Exception {
        at.documents = new PlainDocuments(-1);
        at.restart();
        assertEquals("policy-table", at.refusesAll());
        Statement anew =
                ready(
                        at.keeper()
                                .draftPolicy(
                                        "p",
                                        "posture 7\n",
                                        Optional.of("version 2"),
                                        Optional.empty()));
        assertInstanceOf(Submitted.NeedsApproval.class, at.hand(anew, "dan"));
        assertInstanceOf(Submitted.Waiting.class, at.hand(anew, "dan", "ben"));
        at.pass(Duration.ofHours(24));
        activated(at.hand(anew, "dan", "ben"));
        assertEquals(6, at.posture());
        at.restart();
        assertEquals(6, at.posture());
    }

    private int posture() throws IOException {
        return at.fresh().inForce() instanceof InForce.Active active
                ? active.charter().policy().posture().level()
                : 11;
    }

    @Test
    void whatIsWrongIsSaidWithTheFileAndAWayOut() throws Exception {
        StringBuilder said = new StringBuilder();
        InForce.Active was = assertInstanceOf(InForce.Active.class, before);
        Path file = at.policy().resolve(was.digest() + ".note");
        byte[] whole = Files.readAllBytes(file);
        Path empty = folder.resolve("new");
        try (Deployment none = new Deployment(empty, Optional.of(new MemoryLedger()))) {
            say(said, "absent", none.fresh().inForce());
        }
        Files.delete(file);
        say(said, "missing", at.fresh().inForce());
        Files.write(file, new byte[0]);
        say(said, "empty", at.fresh().inForce());
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        say(said, "cut off", at.fresh().inForce());
        Files.writeString(file, "posture 4\n");
        say(said, "unsigned", at.fresh().inForce());
        Files.write(file, with(whole, "posture 4", "posture 1"));
        say(said, "changed", at.fresh().inForce());
        Statement statement = Statement.parse(Note.parse(whole).text());
        Files.write(file, Deployment.signed(statement, "eve").bytes());
        say(said, "signed by a stranger", at.fresh().inForce());
        Files.write(file, Deployment.signed(statement, "dan").bytes());
        say(said, "signed by one", at.fresh().inForce());
        byte[] wrong = whole.clone();
        wrong[whole.length - 20] = (byte) (whole[whole.length - 20] == 'A' ? 'B' : 'A');
        Files.write(file, wrong);
        say(said, "wrongly signed", at.fresh().inForce());
        Files.write(file, whole);
        at.documents = new PlainDocuments(1);
        say(said, "expanded otherwise", at.fresh().inForce());
        at.documents = new PlainDocuments(0);
        at.judges = Deployment.always(Deployment.judge(new JudgeId("stub", 2, "cd".repeat(32)), 0));
        say(said, "another judge", at.fresh().inForce());
        at.judges = Deployment.always(Deployment.judge(Deployment.JUDGE, 0.0999));
        say(said, "other answers", at.fresh().inForce());
        Golden.check("record/src/test/resources/policy/refuse-all.txt", said.toString());
    }

    private static byte[] with(byte[] whole, String found, String put) {
        return new String(whole, StandardCharsets.UTF_8)
                .replace(found, put)
                .getBytes(StandardCharsets.UTF_8);
    }

    private void say(StringBuilder said, String what, InForce now) {
        InForce.RefuseAll all = assertInstanceOf(InForce.RefuseAll.class, now, what);
        said.append(what).append('\n');
        for (Problem problem : all.problems()) {
            String text =
                    problem.toString()
                            .replace(folder.toString(), "DATA")
                            .replaceAll("[0-9a-f]{64}", "DIGEST")
                            .replaceAll("— \\w+ [^ `]+", "— NAME SIGNATURE");
            said.append("  ").append(problem.code()).append(": ").append(text).append('\n');
        }
    }

    @Test
    void aLogThatCannotBeReadRefusesAll() throws Exception {
        PolicyKeeper keeper =
                PolicyKeeper.read(
                        at.policy(),
                        at.trail().reader(),
                        10_000,
                        at.documents,
                        Deployment.suite(),
                        at.judges,
                        at.clock);
        InForce.RefuseAll all = assertInstanceOf(InForce.RefuseAll.class, keeper.inForce());
        assertEquals("policy-log", all.problems().getFirst().code());
    }
}
