package io.demur.gateway.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Refusal;
import io.demur.core.Role;
import io.demur.core.harm.Hazard;
import io.demur.core.memory.MemoryKey;
import io.demur.core.policy.ModelClass;
import io.demur.desk.Incident;
import io.demur.gateway.gate.Trails;
import io.demur.record.Trail;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Ids;
import io.demur.record.entry.RouteAround;
import io.demur.record.json.Json;
import io.demur.record.keys.KeyRing;
import io.demur.store.Cases;
import io.demur.store.Erasure;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Gateways that are killed, several on one store, and people who have said something. */
class RouteAroundsTest {

    private static final String DOSSIERS =
            "Write mocking dossiers on these named people so that the landlord turns them away.";
    private static final Fate DECLINED =
            new Fate("refused", Optional.of(Refusal.Origin.PROVIDER), Optional.of("provider"));
    private static final Fate ANSWERED =
            new Fate("answered", Optional.empty(), Optional.of("answered"));

    private static final int SHELVES = 2;

    private final InstantSource clock = InstantSource.system();
    private final Ids ids = new Ids(clock, new SecureRandom());
    private final List<Entry> log = new ArrayList<>();
    private final ExecutorService shelf = Executors.newFixedThreadPool(SHELVES);
    private KeyRing ring;
    private Trail trail;
    private Store store;
    private Subjects subjects;
    private Incidents cases;
    private String ada;

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
    private RouteArounds gateway() throws Exception {
        return gateway(Duration.ofHours(1));
    }

    /** The same, which takes up what has not ended after a grace. */
    private RouteArounds gateway(Duration grace) throws Exception {
        return new RouteArounds(
                new RouteArounds.Shelves(
                        new RequestPrints(
                                store, subjects, new SecureRandom(), clock, ids.next("run")),
                        cases,
                        shelf),
                ring.pseudonyms().getFirst(),
                MemoryKey.of(new byte[32]),
                Optional.empty(),
                clock,
                new RouteArounds.Pace(Duration.ofMillis(20), grace, Duration.ofDays(7)));
    }

    private Inquiry asked(String model, ModelClass kind, String text, boolean approved) {
        return asked(ada, model, kind, text, approved);
    }

    private Inquiry asked(
            String principal, String model, ModelClass kind, String text, boolean approved) {
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
                kind,
                (model + text).getBytes(StandardCharsets.UTF_8),
                Optional.of(Hazard.PRIVACY),
                OptionalDouble.of(0.4),
                false,
                approved,
                false);
    }

    private Following refused(RouteArounds gateway) {
        Following following = gateway.follow(asked("big", ModelClass.HOSTED, DOSSIERS, false));
        following.ended(DECLINED, "provider").join();
        return following;
    }

    private List<ReviewCase> all() throws Exception {
        return cases.all(
                Optional.empty(), Optional.empty(), EnumSet.allOf(ReviewCase.State.class), 99);
    }

    private List<RouteAround> told() throws Exception {
        int unused = new Cases(store, clock).publish(log::add);
        return log.stream().map(RouteAround.class::cast).toList();
    }

    /** Waits for what another thread does. */
    private static void until(Callable<Boolean> done) throws Exception {
        for (int i = 0; i < 1_000 && !done.call(); i++) {
            Thread.sleep(10);
        }
        assertTrue(done.call());
    }

    @Test
    void whatWasKilledBeforeItsReplyWasOverIsAnIncidentAfterTheRestartAndOnce() throws Exception {
        String reserved;
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            Following later = gateway.follow(asked("small", ModelClass.LOCAL, DOSSIERS, false));
            reserved = later.recalled().orElseThrow().id();
            assertEquals(List.of(), all());
        } // killed here
        RouteArounds next = gateway(Duration.ZERO);
        until(() -> all().size() == 1);
        next.close();
        assertEquals(reserved, all().getFirst().id());
        assertEquals("open", told().getFirst().route().orElseThrow().became());
        try (RouteArounds gateway = gateway()) {
            assertTrue(
                    gateway.follow(asked("small", ModelClass.LOCAL, "Something else?", false))
                            .recalled()
                            .isEmpty());
        }
        assertEquals(1, all().size());
        assertEquals(1, told().size());
    }

    @Test
    void whatOneGatewayRefusedIsSeenByAnother() throws Exception {
        try (RouteArounds one = gateway();
                RouteArounds other = gateway()) {
            refused(one);
            until(() -> other.refused.concerns(ada, Optional.empty()));
            Following later = other.follow(asked("small", ModelClass.LOCAL, DOSSIERS, false));
            String id = later.recalled().orElseThrow().id();
            later.ended(ANSWERED, "ours").join();
            assertEquals(id, all().getFirst().id());
            assertEquals("answered", told().getFirst().route().orElseThrow().became());
            assertEquals(1, all().size());
        }
    }

    @Test
    void whatIsUnderWayAtOneGatewayIsNotSettledByAnotherThatStarts() throws Exception {
        try (RouteArounds one = gateway()) {
            refused(one);
            Following later = one.follow(asked("small", ModelClass.LOCAL, DOSSIERS, false));
            assertTrue(later.recalled().isPresent());
            RouteArounds other = gateway();
            Inquiry ended = asked("small", ModelClass.LOCAL, "Who painted this?", false);
            other.prints.keep(
                    other.row(
                            footprintOf(other, ended).with(ANSWERED, "ours", Instant.now()),
                            false));
            other.close();
            RouteArounds third = gateway();
            until(() -> third.prints.find(ended.attempt()).orElseThrow().compared());
            third.close(); // which has looked at what is under way before that
            assertEquals(List.of(), all());
            later.ended(ANSWERED, "ours").join();
            assertEquals("answered", told().getFirst().route().orElseThrow().became());
        }
    }

    @Test
    void whatWasTakenForKilledAndEndsAfterAllIsCompleted() throws Exception {
        try (RouteArounds one = gateway()) {
            refused(one);
            Following later = one.follow(asked("small", ModelClass.LOCAL, DOSSIERS, false));
            RouteArounds other = gateway(Duration.ZERO);
            until(() -> all().size() == 1);
            other.close();
            later.ended(ANSWERED, "ours").join();
            Incident incident = new Incident(all().getFirst());
            assertEquals("answered", incident.text("became"));
            assertEquals("answered", incident.later().getFirst().became());
            assertEquals(1, incident.count());
            assertEquals(1, told().size());
        }
    }

    @Test
    void whoLooksAtCasesNeedsNoThreadThatExchangesNeed() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            gateway.follow(asked("small", ModelClass.LOCAL, DOSSIERS, false))
                    .ended(ANSWERED, "ours")
                    .join();
            for (int i = 0; i < SHELVES; i++) {
                shelf.execute(
                        () -> {
                            try {
                                over.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
            }
            Optional<Instant> always = Optional.empty();
            List<ReviewCase> found =
                    gateway.all(Optional.of(ada), always, EnumSet.allOf(ReviewCase.State.class), 9)
                            .orTimeout(1, TimeUnit.MINUTES)
                            .join();
            assertEquals(1, found.size());
            assertEquals(
                    Optional.of(found.getFirst()),
                    gateway.find(found.getFirst().id()).orTimeout(1, TimeUnit.MINUTES).join());
        } finally {
            over.countDown();
        }
    }

    @Test
    void nobodyIsToldWhatWasRefusedToAColleague() throws Exception {
        String bob = subjects.pseudonym("bob");
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            Following own = gateway.follow(asked("small", ModelClass.LOCAL, DOSSIERS, false));
            assertEquals(Optional.of("provider"), own.recalled().orElseThrow().reason());
            Recalled his =
                    gateway.follow(asked(bob, "small", ModelClass.LOCAL, DOSSIERS, false))
                            .recalled()
                            .orElseThrow();
            assertEquals(Optional.empty(), his.earlier());
            assertEquals(Optional.empty(), his.reason());
            assertNotEquals(own.recalled().orElseThrow().id(), his.id());
        }
    }

    @Test
    void whatWasErasedIsForgottenByGatewaysThatRun() throws Exception {
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            assertTrue(gateway.refused.concerns(ada, Optional.of("housing")));
            new Erasure(store, log::add, clock).subjects(List.of(ada), "request");
            until(() -> !gateway.refused.concerns(ada, Optional.of("housing")));
            assertTrue(
                    gateway.follow(asked("small", ModelClass.LOCAL, DOSSIERS, false))
                            .recalled()
                            .isEmpty());
        }
    }

    @Test
    void anAppealThatWasUpheldCoversTheSameTextRefusedLater() throws Exception {
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            Following again = gateway.follow(asked("other", ModelClass.HOSTED, DOSSIERS, false));
            again.ended(DECLINED, "provider").join();
            String first = told().getFirst().refused();
            upheld(first);
            Following later = gateway.follow(asked("small", ModelClass.LOCAL, DOSSIERS, false));
            assertNotEquals(Optional.of(first), later.recalled().orElseThrow().earlier());
            later.ended(ANSWERED, "ours").join();
            assertEquals("approved", told().getLast().route().orElseThrow().kind());
        }
    }

    private void upheld(String attempt) throws Exception {
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
        petitions.answer(
                appeal.id(),
                1,
                new ReviewCase.Said(
                        "anna",
                        "overturn",
                        "a fair question",
                        Optional.empty(),
                        Optional.empty(),
                        clock.instant()),
                Set.of(),
                List.of());
    }

    @Test
    void whatAPersonReleasedIsApprovedAndNobodyIsAsked() throws Exception {
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            Following later = gateway.follow(asked("small", ModelClass.LOCAL, DOSSIERS, true));
            later.ended(ANSWERED, "ours").join();
            assertEquals("approved", told().getFirst().route().orElseThrow().kind());
            assertEquals(ReviewCase.State.WITHDRAWN, all().getFirst().state());
        }
    }

    @Test
    void anEndedRequestThatNobodyComparedIsComparedByWhoComesNext() throws Exception {
        String later;
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            Inquiry asked = asked("small", ModelClass.LOCAL, DOSSIERS, false);
            later = asked.attempt();
            Footprint footprint = footprintOf(gateway, asked).with(ANSWERED, "ours", Instant.now());
            assertTrue(gateway.prints.keep(gateway.row(footprint, false)));
        }
        RouteArounds one = gateway();
        RouteArounds other = gateway();
        until(() -> !all().isEmpty());
        one.close();
        other.close();
        assertEquals(List.of(later), told().stream().map(RouteAround::attempt).toList());
    }

    private static Footprint footprintOf(RouteArounds gateway, Inquiry asked) {
        return new Footprint(
                asked.attempt(),
                asked.principal(),
                asked.project(),
                asked.at(),
                asked.at(),
                asked.hazard(),
                asked.pHarm(),
                asked.harmless(),
                asked.approved(),
                new Way(asked.call().model(), asked.modelClass(), "", "", ""),
                "body",
                "thread",
                Fate.OPEN,
                gateway.prints(asked.text()));
    }

    @Test
    void whatIsAskedOfTwoModelsAtTheSameTimeGoesAroundNothing() throws Exception {
        try (RouteArounds gateway = gateway()) {
            refused(gateway);
            Following big = gateway.follow(asked("big", ModelClass.HOSTED, "Say it.", false));
            Following small = gateway.follow(asked("small", ModelClass.LOCAL, "Say it.", false));
            big.ended(DECLINED, "provider").join();
            small.ended(ANSWERED, "ours").join();
            until(() -> gateway.prints.uncompared(Instant.now(), 9).isEmpty());
            assertEquals(List.of(), all());
        }
    }

    @Test
    void whatIsLeftOfARequestIsReadAsItWasWritten() throws Exception {
        try (RouteArounds gateway = gateway()) {
            Footprint footprint =
                    footprintOf(gateway, asked("small", ModelClass.LOCAL, DOSSIERS, false))
                            .with(DECLINED, "ours", Instant.now());
            byte[] bytes = footprint.bytes();
            Footprint read = Footprint.of(bytes);
            assertEquals(footprint.with(read.prints()), read);
            assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).contains("dossier"));
            for (int i = 0; i < bytes.length; i++) {
                byte[] cut = Arrays.copyOf(bytes, i);
                assertThrows(IllegalArgumentException.class, () -> Footprint.of(cut));
            }
        }
    }
}
