package io.demur.bench.around;

import io.demur.core.StopReason;
import io.demur.core.access.AccessKey;
import io.demur.core.access.KeyText;
import io.demur.core.access.Limits;
import io.demur.core.access.Meter;
import io.demur.core.access.Principal;
import io.demur.core.access.Roster;
import io.demur.core.access.Scope;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Settings;
import io.demur.core.compose.Wording;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.harm.linear.LinearAnswerJudge;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.memory.Bounds;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Posture;
import io.demur.gateway.Foundations;
import io.demur.gateway.Gateway;
import io.demur.gateway.GatewaySettings;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.incident.Filling;
import io.demur.gateway.incident.RouteArounds;
import io.demur.gateway.judge.Judgements;
import io.demur.gateway.judge.Judges;
import io.demur.gateway.judge.TraceShelf;
import io.demur.gateway.keep.StoredBodies;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.review.JudgeReader;
import io.demur.gateway.review.Reviews;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.Models;
import io.demur.gateway.upstream.Upstream;
import io.demur.log.Log;
import io.demur.log.LogRefused;
import io.demur.log.LogSettings;
import io.demur.record.KeyCeremony;
import io.demur.record.Trail;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Start;
import io.demur.record.keys.KeyRing;
import io.demur.record.policy.InForce;
import io.demur.store.Bodies;
import io.demur.store.Incidents;
import io.demur.store.RequestPrints;
import io.demur.store.Store;
import io.demur.store.StoreSettings;
import io.demur.store.Subjects;
import io.demur.wire.chat.Event;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A gateway in this process, with log and store on a disk, that sees what comes again. Its model
 * answers at once and its policy keeps nothing back, so that what is left is the gateway.
 */
final class HotGateway implements AutoCloseable {

    private static final String ORIGIN = "demur.invalid/bench";
    private static final int KEEPING_THREADS = 16;
    private static final InstantSource CLOCK = InstantSource.system();

    final Ids ids;
    final Filling filling;
    private final Subjects subjects;
    private final Trail trail;
    private final Store store;
    private final ExecutorService keeping = Executors.newFixedThreadPool(KEEPING_THREADS);
    private final Offload judging = new Offload("bench", 1, 16);
    private final RouteArounds incidents;
    private final Gateway gateway;
    private final Map<String, String> keys;

    /**
     * Begins in an empty folder.
     *
     * @param callers who may ask, each with a project of the same name
     */
    HotGateway(Path folder, List<String> callers) throws Exception {
        SecureRandom random = new SecureRandom();
        KeyRing ring = KeyRing.make(folder.resolve("keys"), CLOCK, random);
        new KeyCeremony(ring, () -> open(folder, ring)).begin(ORIGIN);
        trail = open(folder, ring);
        store = Store.open(StoreSettings.file(folder.resolve("store.db")));
        subjects = new Subjects(store, ring.bodies(), ring.pseudonyms(), random, CLOCK);
        ids = new Ids(CLOCK, random);
        List<Principal> principals = new ArrayList<>();
        List<AccessKey> known = new ArrayList<>();
        Map<String, String> shown = new TreeMap<>();
        for (String caller : callers) {
            KeyText text = KeyText.random(random);
            shown.put(caller, text.text());
            principals.add(
                    new Principal(
                            subjects.pseudonym(caller),
                            "other",
                            Limits.NONE,
                            CLOCK.instant(),
                            Optional.empty()));
            known.add(
                    new AccessKey(
                            text.id(),
                            text.hash(),
                            subjects.pseudonym(caller),
                            Optional.empty(),
                            Scope.ASKING,
                            CLOCK.instant(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
        }
        keys = Map.copyOf(shown);
        Roster roster = new Roster(1, principals, List.of(), known);
        InForce.Active policy =
                new InForce.Active(charter(), "0".repeat(64), 1, Optional.empty(), true);
        RequestPrints prints = new RequestPrints(store, subjects, random, CLOCK, ids.next("run"));
        incidents =
                new RouteArounds(
                        new RouteArounds.Shelves(prints, new Incidents(store, CLOCK), keeping),
                        ring.pseudonyms().getFirst(),
                        Judgements.key(ring.pseudonyms().getFirst()),
                        Optional.empty(),
                        Optional.empty(),
                        CLOCK,
                        RouteArounds.Pace.USUAL,
                        () -> Settings.USUAL);
        filling = new Filling(incidents, prints);
        gateway =
                Gateway.start(
                        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true)),
                        GatewaySettings.USUAL.withPort(0),
                        new Foundations(
                                        trail,
                                        ids,
                                        () -> policy,
                                        roster::authenticate,
                                        Optional::empty,
                                        new Meter(100),
                                        new AtOnce(),
                                        new Judgements(
                                                Judges.quickAlone(),
                                                Judgements.key(ring.pseudonyms().getFirst()),
                                                Bounds.USUAL,
                                                TraceShelf.NONE,
                                                judging,
                                                judging),
                                        new Reviews(
                                                new JudgeReader(
                                                        LinearAnswerJudge.shipped(),
                                                        LinearHarm.shipped()),
                                                Optional.empty()),
                                        new StoredBodies(
                                                new Bodies(store, subjects, random, CLOCK),
                                                keeping),
                                        new StopReasonDetector(LinearJudge.shipped()),
                                        CLOCK)
                                .with(incidents));
    }

    private static Trail open(Path folder, KeyRing ring) throws IOException, LogRefused {
        LogSettings settings =
                new LogSettings(
                        folder.resolve("log"),
                        ring.signingKey(ORIGIN),
                        List.of(),
                        List.of(),
                        Duration.ofSeconds(1),
                        broken -> {});
        return Trail.open(
                Log.open(settings),
                new Start(CLOCK.instant(), "bench", "1", Optional.empty(), Optional.empty()),
                CLOCK);
    }

    private static Charter charter() {
        return new Charter(
                "bench",
                Policy.at(new Posture(1)),
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                new io.demur.core.charter.Models(Map.of(), ModelClass.HOSTED),
                Wording.NONE,
                Settings.USUAL,
                Optional.empty());
    }

    int port() {
        return gateway.port();
    }

    /** The key of a caller. */
    String key(String caller) {
        return Optional.ofNullable(keys.get(caller)).orElseThrow();
    }

    /** A caller as the store has them. */
    String pseudonym(String caller) throws Exception {
        return subjects.pseudonym(caller);
    }

    /** Two models that say the same, the moment that they are asked. */
    private static final class AtOnce implements Models {
        @Override
        public Optional<Upstream> of(String name, Charter charter) {
            return Optional.of(permit -> said(name, permit));
        }

        @Override
        public List<String> names() {
            return List.of("hosted", "other");
        }

        private static Answer said(String name, Permit permit) {
            var unused = permit.take(Instant.now(), name, ModelClass.HOSTED);
            return new Said(
                    new ArrayList<>(
                            List.of(
                                    new Event.Began("1", name),
                                    new Event.Text("Begin with the oldest, and write it down."),
                                    Event.Stop.of(new StopReason.End()))));
        }
    }

    private record Said(List<Event> left) implements Answer {
        @Override
        public List<Event> next() {
            return List.of(left.removeFirst());
        }

        @Override
        public String server() {
            return "at-once";
        }

        @Override
        public void cancel() {
            // it has said all already
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    @Override
    public void close() {
        gateway.close();
        incidents.close();
        keeping.shutdown();
        judging.close();
        store.close();
        trail.close();
    }
}
