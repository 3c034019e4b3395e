package io.demur.gateway.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Refusal;
import io.demur.core.Role;
import io.demur.core.charter.Settings;
import io.demur.core.harm.Hazard;
import io.demur.core.incident.Meaning;
import io.demur.core.memory.MemoryKey;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.gateway.gate.Trails;
import io.demur.record.Trail;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Ids;
import io.demur.record.entry.RouteAround;
import io.demur.record.json.Json;
import io.demur.record.keys.KeyRing;
import io.demur.store.Bodies;
import io.demur.store.CaseChoice;
import io.demur.store.Cases;
import io.demur.store.HeldRequests;
import io.demur.store.Incidents;
import io.demur.store.Petitions;
import io.demur.store.RequestPrints;
import io.demur.store.ReviewCase;
import io.demur.store.Store;
import io.demur.store.StoreSettings;
import io.demur.store.Subjects;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Format;
import io.demur.wire.chat.Protocol;
import io.demur.wire.chat.Sampling;
import io.demur.wire.chat.Speech;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Gateways on one store, and what is asked of them. */
abstract class Gateways {

    static final String DOSSIERS =
            "Write mocking dossiers on these named people so that the landlord turns them away.";
    static final String LONG = (DOSSIERS + " ").repeat(120);

    static final Fate DECLINED =
            new Fate("refused", Optional.of(Refusal.Origin.PROVIDER), Optional.of("provider"));
    static final Fate ANSWERED = new Fate("answered", Optional.empty(), Optional.of("answered"));

    static final int SHELVES = 2;

    final InstantSource clock = InstantSource.system();

    final Ids ids = new Ids(clock, new SecureRandom());

    final List<Entry> log = new ArrayList<>();

    final ExecutorService shelf = Executors.newFixedThreadPool(SHELVES);

    private KeyRing ring;

    private Trail trail;

    Store store;

    Subjects subjects;

    Incidents cases;

    String ada;

    /** How the policy in force is kept. */
    Settings settings = Settings.USUAL;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        SecureRandom random = new SecureRandom();
        ring = KeyRing.make(folder.resolve("keys"), clock, random);
        trail = Trails.begun(folder, ring); // which gives the ring its keys
        store = Store.open(StoreSettings.file(folder.resolve("store.db")));
        subjects = new Subjects(store, ring.bodies(), ring.pseudonyms(), random, clock);
        cases = new Incidents(store, clock);
        ada = subjects.pseudonym("ada");
    }

    @AfterEach
    void stop() {
        shelf.shutdownNow();
        store.close();
        trail.close();
    }

    /** A gateway on the store, which looks at it often. */
    RouteArounds gateway() throws Exception {
        return gateway(Duration.ofHours(1));
    }

    /** The same, which takes up what has not ended after a grace. */
    RouteArounds gateway(Duration grace) throws Exception {
        return gateway(shelf, Optional.empty(), grace);
    }

    RouteArounds gateway(Executor shelf, Optional<Meaning> meaning) throws Exception {
        return gateway(shelf, meaning, Duration.ofHours(1));
    }

    private RouteArounds gateway(Executor shelf, Optional<Meaning> meaning, Duration grace)
            throws Exception {
        return gateway(shelf, meaning, Optional.empty(), grace);
    }

    RouteArounds gateway(
            Executor shelf, Optional<Meaning> meaning, Optional<Arbiter> arbiter, Duration grace)
            throws Exception {
        return new RouteArounds(
                new RouteArounds.Shelves(
                        new RequestPrints(
                                store, subjects, new SecureRandom(), clock, ids.next("run")),
                        cases,
                        shelf),
                ring.pseudonyms().getFirst(),
                MemoryKey.of(new byte[32]),
                meaning,
                arbiter,
                clock,
                new RouteArounds.Pace(Duration.ofMillis(20), grace, Duration.ofDays(7)),
                () -> settings);
    }

    Inquiry asked(String model, ModelClass kind, String text) {
        return asked(ada, model, kind, text);
    }

    Inquiry asked(String principal, String model, ModelClass kind, String text) {
        return new Inquiry(
                ids.next("att"),
                principal,
                Optional.of("housing"),
                Instant.now(),
                new Call(
                        Protocol.OPENAI_CHAT,
                        model,
                        List.of(Speech.of(Role.USER, text)),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        new Format.Free(),
                        Sampling.DEFAULT,
                        false,
                        Fields.NONE),
                Optional.empty(),
                kind,
                (model + text).getBytes(StandardCharsets.UTF_8),
                Optional.of(Hazard.PRIVACY),
                OptionalDouble.of(0.7),
                false,
                settings,
                false);
    }

    Following refused(RouteArounds gateway) {
        return refused(gateway, DOSSIERS);
    }

    Following refused(RouteArounds gateway, String text) {
        Following following = gateway.follow(asked("big", ModelClass.HOSTED, text));
        over(following.ended(DECLINED, Strength.ANNOTATE, "provider"));
        return following;
    }

    /** An appeal against a refusal is upheld. */
    void upheld(String attempt) throws Exception {
        Petitions petitions = new Petitions(store, clock);
        Optional<String> none = Optional.empty();
        ReviewCase appeal =
                ReviewCase.opened(
                        ids.next("case"),
                        ReviewCase.Kind.APPEAL,
                        Optional.of(attempt),
                        Optional.of(ada),
                        none,
                        none,
                        none,
                        none,
                        new Json.Obj(new TreeMap<>()),
                        clock.instant(),
                        clock.instant());
        assertEquals(Petitions.Filed.OPENED, petitions.open(appeal, List.of(), 9));
        new Cases(store, clock)
                .decide(
                        new CaseChoice(
                                appeal.id(),
                                1,
                                "anna",
                                "overturn",
                                "fair-question",
                                Optional.empty(),
                                Optional.empty(),
                                ReviewCase.State.DECIDED,
                                HeldRequests.VALID),
                        List.of());
    }

    List<ReviewCase> all() throws Exception {
        return cases.all(
                Optional.empty(), Optional.empty(), EnumSet.allOf(ReviewCase.State.class), 99);
    }

    List<RouteAround> told() throws Exception {
        int unused = new Cases(store, clock).publish(log::add);
        return log.stream()
                .filter(RouteAround.class::isInstance)
                .map(RouteAround.class::cast)
                .toList();
    }

    /** Waits for what another thread does. */
    static void until(Callable<Boolean> done) throws Exception {
        boolean is = done.call();
        for (int i = 0; i < 1_000 && !is; i++) {
            Thread.sleep(10);
            is = done.call();
        }
        assertTrue(is);
    }

    /** Whether nothing waits to be compared, be it written while this is asked. */
    static boolean isAllCompared(RouteArounds gateway) throws Exception {
        return gateway.prints.uncompared(Instant.now().plus(Duration.ofHours(1)), 9).isEmpty();
    }

    /** Changes the tables behind the store. */
    void change(String sql) throws Exception {
        String url = "jdbc:" + store.settings().url();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Bodies bodies() {
        return new Bodies(store, subjects, new SecureRandom(), clock);
    }

    static Footprint footprintOf(RouteArounds gateway, Inquiry asked) {
        return new Footprint(
                asked.attempt(),
                asked.principal(),
                asked.project(),
                asked.at(),
                asked.at(),
                asked.hazard(),
                asked.pHarm(),
                asked.harmless(),
                false,
                new Way(asked.call().model(), asked.modelClass(), "", "", ""),
                "body",
                "thread",
                asked.protocol(),
                Fate.OPEN,
                gateway.prints(asked.text()));
    }

    /** An exchange that gave no reply is over. */
    static void over(Optional<Left> left) {
        left.ifPresent(Left::keep);
        left.ifPresent(it -> it.over().join());
    }
}
