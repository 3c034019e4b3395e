package io.demur.record.policy;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.Hazard;
import io.demur.core.probe.Probe;
import io.demur.core.probe.ProbeSuite;
import io.demur.log.Log;
import io.demur.log.LogRefused;
import io.demur.log.LogSettings;
import io.demur.log.note.Note;
import io.demur.log.note.SigningKey;
import io.demur.record.MemoryLedger;
import io.demur.record.SetClock;
import io.demur.record.Trail;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Start;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One installation in a folder: a real log, real keys, a clock that a test sets. */
final class Deployment implements AutoCloseable {

    static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    static final JudgeId JUDGE = new JudgeId("stub", 1, "ab".repeat(32));

    /** Author and approver, both; Cleo only approves, Dan only writes, Eve is nobody. */
    static final String USUAL = "ann both ann ann2;ben both ben;cleo approver cleo;dan author dan";

    private static final Map<String, SigningKey> KEYS = new ConcurrentHashMap<>();

    final Path folder;
    final SetClock clock;
    PlainDocuments documents = new PlainDocuments(0);
    Judges judges = always(judge(JUDGE, 0));
    private final Optional<MemoryLedger> memory;
    private @Nullable Trail trail;
    private @Nullable PolicyKeeper keeper;

    Deployment(Path folder) {
        this(folder, Optional.empty());
    }

    /** One whose log is in memory. */
    Deployment(Path folder, Optional<MemoryLedger> memory) {
        this.folder = folder;
        this.memory = memory;
        this.clock = new SetClock(START);
    }

    /** The same one, whatever a policy says. */
    static Judges always(HarmPredictor judge) {
        return charter -> judge;
    }

    /** A judge that reads the probability of harm from the request. */
    static HarmPredictor judge(JudgeId id, double more) {
        return new HarmPredictor() {
            @Override
            public JudgeId id() {
                return id;
            }

            @Override
            public Assessment assess(Request request) {
                return new Assessment.Judged(
                        Double.parseDouble(request.prompt()) + more,
                        Map.of(Hazard.PRIVACY, 1.0),
                        Consequence.NONE,
                        id);
            }
        };
    }

    static ProbeSuite suite() {
        return ProbeSuite.of(
                List.of(
                        new Probe("clear-1", "0.9", Hazard.PRIVACY, Probe.Right.KEEP_BACK),
                        new Probe("alike-1", "0.01", Hazard.PRIVACY, Probe.Right.ANSWER)));
    }

    static SigningKey key(String name) {
        return KEYS.computeIfAbsent(
                name,
                it -> {
                    try {
                        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
                        generator.initialize(NamedParameterSpec.ED25519, new Named(it));
                        KeyPair pair = generator.generateKeyPair();
                        return new SigningKey(it, pair.getPublic(), pair.getPrivate());
                    } catch (GeneralSecurityException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    /** Makes the same key of the same name, so that another process has it too. */
    private static final class Named extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            byte[] digest = Digests.hex(name).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(digest, 0, bytes, 0, Math.min(digest.length, bytes.length));
        }
    }

    /** A list of principals, from {@code name both|author|approver key key;…}. */
    static String list(String principals) {
        StringBuilder out = new StringBuilder();
        for (String principal : principals.split(";", -1)) {
            String[] words = principal.split(" ", -1);
            out.append(words[0]).append(' ');
            out.append(words[1].equals("both") ? "author,approver" : words[1]);
            for (int i = 2; i < words.length; i++) {
                out.append(' ').append(key(words[i]).verifier());
            }
            out.append('\n');
        }
        return out.toString();
    }

    Trail trail() throws IOException {
        Trail open = trail;
        if (open == null && memory.isPresent()) {
            open = memory.get().trail(clock);
            trail = open;
        }
        if (open == null) {
            LogSettings settings =
                    new LogSettings(
                            folder.resolve("log"),
                            key("demur.invalid/test"),
                            List.of(),
                            Duration.ofMinutes(10),
                            broken -> {});
            Start start =
                    new Start(
                            clock.instant(), "demur test", "1", Optional.empty(), Optional.empty());
            try {
                open = Trail.open(Log.open(settings), start, clock);
            } catch (LogRefused e) {
                throw new IOException(e);
            }
            trail = open;
        }
        return open;
    }

    PolicyKeeper keeper() throws IOException {
        PolicyKeeper reading = keeper;
        if (reading == null) {
            reading = fresh();
            keeper = reading;
        }
        return reading;
    }

    /** Another keeper of the same installation. */
    PolicyKeeper fresh() throws IOException {
        long size = trail().publish();
        return PolicyKeeper.read(
                policy(), trail().reader(), size, documents, suite(), judges, clock);
    }

    Path policy() {
        return folder.resolve("policy");
    }

    /** The next process. */
    Deployment restart() {
        close();
        return this;
    }

    void write(Entry entry) throws IOException {
        trail().append(List.of(entry)).join();
    }

    void pass(Duration time) {
        clock.set(clock.instant().plus(time));
    }

    Submitted hand(Statement statement, String... signers) throws IOException {
        return hand(signed(statement, signers));
    }

    Submitted hand(Note note) throws IOException {
        return keeper().submit(note.bytes(), trail());
    }

    static Note signed(Statement statement, String... signers) {
        Note note = PolicyKeeper.sign(statement, key(signers[0]));
        for (String signer : signers) {
            note = PolicyKeeper.sign(note, key(signer));
        }
        return note;
    }

    Statement draft(String document) throws IOException {
        return ready(
                keeper().draftPolicy("policy.yaml", document, Optional.empty(), Optional.empty()));
    }

    /** A weakening with all that it needs. */
    Statement draft(String document, String reason, Duration lasting) throws IOException {
        return ready(
                keeper().draftPolicy(
                                "policy.yaml",
                                document,
                                Optional.of(reason),
                                Optional.of(lasting)));
    }

    Statement draftTrust(String principals) throws IOException {
        return ready(keeper().draftTrust("trust.yaml", list(principals), Optional.of("people")));
    }

    static Statement ready(Draft draft) {
        return assertInstanceOf(Draft.Ready.class, draft, draft::toString).statement();
    }

    /** Trust and a first policy. */
    Deployment begun(String document) throws IOException {
        activated(hand(draftTrust(USUAL), "ann"));
        activated(hand(draft(document), "ann"));
        return this;
    }

    Deployment sealed(String document) throws IOException {
        begun(document);
        activated(hand(ready(keeper().draftSeal()), "ann"));
        return this;
    }

    static InForce activated(Submitted submitted) {
        return assertInstanceOf(Submitted.Activated.class, submitted, submitted::toString).now();
    }

    static String rejected(Submitted submitted) {
        Submitted.Rejected rejected =
                assertInstanceOf(Submitted.Rejected.class, submitted, submitted::toString);
        return rejected.problems().getFirst().code();
    }

    InForce inForce() throws IOException {
        return keeper().inForce();
    }

    InForce.Active active() throws IOException {
        InForce now = inForce();
        return assertInstanceOf(InForce.Active.class, now, now::toString);
    }

    /** The posture in force; 11 where everything is refused. */
    int posture() throws IOException {
        return inForce() instanceof InForce.Active active
                ? active.charter().policy().posture().level()
                : 11;
    }

    String refusesAll() throws IOException {
        InForce now = inForce();
        return assertInstanceOf(InForce.RefuseAll.class, now, now::toString)
                .problems()
                .getFirst()
                .code();
    }

    @Override
    public void close() {
        if (trail != null) {
            Objects.requireNonNull(trail).close();
        }
        trail = null;
        keeper = null;
    }
}
