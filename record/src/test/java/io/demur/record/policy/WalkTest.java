package io.demur.record.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.charter.Charter;
import io.demur.core.charter.Expansion;
import io.demur.log.note.Note;
import io.demur.record.MemoryLedger;
import io.demur.record.policy.Statement.PolicyStatement;
import io.demur.record.policy.Statement.RollbackStatement;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whatever people, clocks and copies of folders do, in any order: after the seal what is done never
 * gets weaker unless two people signed that, with a reason, and a day passed; or for a roll-back.
 *
 * <p>The rules are written down here once more, from the signatures and times that this test hands
 * in, and know nothing of the keeper.
 */
class WalkTest {

    private static final int WALKS = 6;
    private static final int STEPS = 60;
    private static final Duration DAY = Duration.ofHours(24);
    private static final List<String> SIGNERS =
            List.of("ann", "ann2", "ben", "cleo", "dan", "eve", "ann", "dan");
    private static final List<String> LISTS =
            List.of(
                    Deployment.USUAL,
                    "ann both ann;ben both ben;cleo approver cleo",
                    "ann author ann ann2;cleo approver cleo;dan author dan",
                    "ben both ben;dan both dan");
    private static final List<Duration> JUMPS =
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofHours(1),
                    Duration.ofHours(23),
                    DAY,
                    Duration.ofHours(30),
                    Duration.ofDays(4),
                    Duration.ofDays(9));

    @TempDir Path folder = Path.of("");

    private final AtomicInteger steps = new AtomicInteger();
    private final Map<String, Integer> seen = new TreeMap<>();

    @Test
    void nothingGetsWeakerButByTheRules() {
        Property.check(
                WALKS,
                gen -> {
                    Path own = folder.resolve("walk" + steps.get());
                    try (Deployment at = new Deployment(own, Optional.of(new MemoryLedger()))) {
                        new Walk(at, gen).walk();
                    }
                });
        System.out.printf("%d steps: %s%n", steps.get(), seen);
        if (System.getProperty("seed", "").isEmpty()
                && Integer.getInteger("tries", WALKS) >= WALKS) {
            for (String what :
                    List.of("weakened", "strengthened", "back", "expired", "trusted", "sealed")) {
                assertTrue(seen.getOrDefault(what, 0) > 0, () -> what + " never happened: " + seen);
            }
        }
    }

    /** One walk, and the rules as this test knows them. */
    private final class Walk {

        private final Deployment at;
        private final Gen gen;
        private final List<Note> notes = new ArrayList<>();
        private final FolderCopies copies;

        /** Who signs as whom, and may what: as the last list that took effect says. */
        private String list = Deployment.USUAL;

        /** When a statement was first handed in with two people's signatures that count. */
        private final Map<String, Instant> approved = new HashMap<>();

        private final Set<String> held = new HashSet<>();
        private Deed last = new Deed(5, false);
        private Deed permanent = last;
        private Deed before = last;
        private Instant since = Deployment.START;
        private Instant latest = Deployment.START;
        private boolean sealed;
        private boolean mended = true;
        private String doneLast = "";

        Walk(Deployment at, Gen gen) {
            this.at = at;
            this.gen = gen;
            this.copies = new FolderCopies(at.folder, at.policy());
        }

        void walk() throws Exception {
            at.begun(last.document());
            held.add(at.active().digest());
            copies.copy();
            for (int i = 0; i < STEPS; i++) {
                steps.incrementAndGet();
                step();
            }
        }

        private void step() throws Exception {
            int what = gen.between(0, 19);
            if (what < 3) {
                weaken();
            } else if (what < 6) {
                hand(signed(drafted()));
            } else if (what < 10 && !notes.isEmpty()) {
                Note note = gen.oneOf(notes);
                hand(gen.oneIn(2) ? signed(note) : note);
            } else if (what < 13) {
                at.pass(gen.oneOf(JUMPS));
            } else if (what == 13) {
                at.clock.set(at.clock.instant().minus(gen.oneOf(JUMPS)));
                check(Optional.empty());
                if (gen.oneIn(2)) {
                    at.clock.set(at.clock.instant().plus(Duration.ofDays(9)));
                }
            } else if (what == 14) {
                Draft draft = at.keeper().draftRollback(Optional.of("too strict"));
                if (draft instanceof Draft.Ready ready) {
                    hand(signed(ready.statement()));
                }
            } else if (what == 15) {
                Draft draft =
                        at.keeper()
                                .draftTrust(
                                        "t",
                                        Deployment.list(gen.oneOf(LISTS)),
                                        Optional.of("people"));
                if (draft instanceof Draft.Ready ready) {
                    hand(signed(ready.statement()));
                }
            } else if (what == 16) {
                Draft draft = at.keeper().draftSeal();
                if (draft instanceof Draft.Ready ready) {
                    hand(signed(ready.statement()));
                }
            } else if (what == 17) {
                restart();
            } else if (what == 18) {
                copies.restore(gen.oneOf(copies.all()));
                mended = false;
                restart();
            } else {
                copies.damage(gen);
                mended = false;
                restart();
            }
            check(Optional.empty());
            if (!mended) {
                copies.restore(copies.all().getLast());
                mended = true;
                restart();
                check(Optional.empty());
            }
        }

        /** What mostly is as it should be: signed, handed in, and handed in again later. */
        private void weaken() throws Exception {
            Deed deed = new Deed(gen.between(3, 5), false);
            Note note =
                    signed(at.draft(deed.document(), "appeals", gen.oneOf(JUMPS.subList(4, 7))));
            note = signed(signed(note));
            hand(note);
            if (gen.oneIn(3)) {
                hand(signed(drafted()));
            }
            at.pass(gen.oneOf(JUMPS.subList(2, 5)));
            check(Optional.empty());
            hand(note);
        }

        /** A statement: as a draft has it, or with something in it that no draft would write. */
        private Statement drafted() throws IOException {
            Deed deed = new Deed(gen.between(3, 7), gen.oneIn(3));
            Optional<String> reason = gen.oneIn(4) ? Optional.empty() : Optional.of("appeals");
            Optional<Duration> lasting =
                    gen.oneIn(3) ? Optional.empty() : Optional.of(gen.oneOf(JUMPS));
            Draft draft = at.keeper().draftPolicy("p", deed.document(), reason, lasting);
            if (draft instanceof Draft.Ready ready && !gen.oneIn(5)) {
                return ready.statement();
            }
            // the table and probes of some other policy, another base, another serial, no expiry
            PolicyStatement honest = (PolicyStatement) at.draft("posture 9\n", "another", DAY);
            return new PolicyStatement(
                    gen.oneIn(2) ? honest.serial() : gen.between(1, 9),
                    gen.oneIn(2) || held.isEmpty()
                            ? honest.replaces()
                            : Optional.of(gen.oneOf(List.copyOf(held))),
                    lasting.map(it -> Deployment.START.plus(it)),
                    reason,
                    gen.oneIn(2) ? honest.table() : Expansion.digest(charter(deed)),
                    honest.judges(),
                    gen.oneIn(2)
                            ? honest.probes()
                            : Deployment.suite()
                                    .run(charter(deed).policy(), at.judges.of(charter(deed))),
                    deed.document());
        }

        private Charter charter(Deed deed) {
            Charter read =
                    at.documents.charter("p", deed.document(), new ArrayList<>()).orElseThrow();
            return new Charter(
                    read.name(),
                    read.policy(),
                    read.because(),
                    read.scope(),
                    read.grants(),
                    read.prompts(),
                    read.models(),
                    read.wording(),
                    read.settings().with(List.of(Deployment.JUDGE)),
                    read.envelope());
        }

        private Note signed(Statement statement) {
            Note note = PolicyKeeper.sign(statement, Deployment.key(gen.oneOf(SIGNERS)));
            return gen.oneIn(2) ? signed(note) : note;
        }

        private Note signed(Note note) {
            return PolicyKeeper.sign(note, Deployment.key(gen.oneOf(SIGNERS)));
        }

        private void hand(Note note) throws Exception {
            notes.add(note);
            Statement statement = Statement.parse(note.text());
            Instant now = at.clock.instant();
            check(Optional.empty());
            Submitted submitted = at.hand(note);
            if (submitted instanceof Submitted.Waiting && two(note)) {
                approved.putIfAbsent(statement.digest(), now);
            }
            boolean done =
                    submitted instanceof Submitted.Activated
                            && !doneLast.equals(statement.digest());
            check(done ? Optional.of(note) : Optional.empty());
            if (done && statement instanceof Statement.TrustStatement trust) {
                if (sealed) {
                    assertTrue(two(note) && passed(statement, now), "a list for one signature");
                }
                for (String known : LISTS) {
                    if (Deployment.list(known).equals(trust.document())) {
                        list = known;
                    }
                }
                approved.clear();
                count("trusted");
            }
            if (done && statement instanceof Statement.SealStatement) {
                sealed = true;
                count("sealed");
            }
            doneLast = done ? statement.digest() : doneLast;
            if (!(submitted instanceof Submitted.Rejected)) {
                copies.copy();
            }
        }

        private boolean passed(Statement statement, Instant now) {
            Instant from = approved.get(statement.digest());
            return from != null && !now.isBefore(from.plus(DAY));
        }

        /** An author and another who approves, among those who signed. */
        private boolean two(Note note) {
            Set<String> authors = new HashSet<>();
            Set<String> approvers = new HashSet<>();
            for (String principal : list.split(";", -1)) {
                String[] words = principal.split(" ", -1);
                for (int i = 2; i < words.length; i++) {
                    String key = words[i];
                    if (note.signatures().stream().anyMatch(it -> it.name().equals(key))) {
                        if (!words[1].equals("approver")) {
                            authors.add(words[0]);
                        }
                        if (!words[1].equals("author")) {
                            approvers.add(words[0]);
                        }
                    }
                }
            }
            return authors.stream().anyMatch(a -> approvers.stream().anyMatch(b -> !a.equals(b)));
        }

        /** Looks at what holds now, and whether that may be so. */
        private void check(Optional<Note> done) throws Exception {
            // statements are ruled on at the time of the clock and the log; what has lapsed once
            // stays
            // so for the process that saw it, even where that time is set back
            boolean behind = at.clock.instant().isBefore(latest);
            look(behind ? at.fresh().inForce() : at.inForce(), done);
        }

        private void look(InForce now, Optional<Note> done) throws Exception {
            Instant time = at.clock.instant();
            latest = time.isAfter(latest) ? time : latest;
            if (!(now instanceof InForce.Active active)) {
                return;
            }
            if (sealed) {
                assertTrue(!active.settingUp(), "the seal is undone");
            }
            Deed deed =
                    new Deed(
                            active.charter().policy().posture().level(),
                            active.charter().policy().rules().size() > 3);
            boolean back = false;
            if (done.isPresent()) {
                Statement statement = Statement.parse(done.get().text());
                if (statement instanceof RollbackStatement) {
                    back = true;
                    assertEquals(before, deed, "a roll-back to something else");
                    assertTrue(!time.isAfter(since.plus(DAY)), "a late roll-back");
                    count("back");
                } else if (statement instanceof PolicyStatement policy) {
                    boolean weaker = !deed.isAtLeast(last);
                    if (sealed && (weaker || policy.expires().isPresent())) {
                        assertTrue(two(done.get()), "weaker with one signature");
                        assertTrue(policy.reason().isPresent(), "weaker without a reason");
                        assertTrue(policy.expires().isPresent(), "weaker without an end");
                        assertTrue(passed(policy, time), "weaker before its time");
                        count("weakened");
                    } else {
                        count(deed.equals(last) ? "same" : "strengthened");
                    }
                    before = last;
                    since = time;
                    held.add(policy.digest());
                }
            } else if (!deed.equals(last)) {
                assertTrue(held.contains(active.digest()), "something that never held");
                count("expired");
            }
            if (sealed && active.until().isEmpty()) {
                assertTrue(
                        back || deed.isAtLeast(permanent),
                        () -> "%s for ever, after %s".formatted(deed, permanent));
            }
            if (active.until().isEmpty()) {
                permanent = deed;
            }
            last = deed;
        }

        private void count(String what) {
            seen.merge(what, 1, Integer::sum);
        }

        /** The next process; where its clock is behind the log, somebody sets it right. */
        private void restart() throws IOException {
            InForce before = at.inForce();
            boolean whole = mended;
            at.restart();
            try {
                at.trail();
            } catch (IOException e) {
                at.clock.set(at.clock.instant().plus(Duration.ofDays(20)));
                whole = false;
            }
            InForce after = at.inForce();
            if (whole
                    && before instanceof InForce.Active one
                    && after instanceof InForce.Active other) {
                assertEquals(one.until(), other.until());
            }
        }
    }
}
