package io.demur.gateway;

import io.demur.core.access.AccessKey;
import io.demur.core.access.KeyText;
import io.demur.core.access.Limits;
import io.demur.core.access.Meter;
import io.demur.core.access.Principal;
import io.demur.core.access.Roster;
import io.demur.core.access.Scope;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Settings;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.harm.linear.LinearAnswerJudge;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.memory.Bounds;
import io.demur.core.memory.MemoryKey;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Posture;
import io.demur.core.rehearsal.Rehearsal;
import io.demur.desk.Appeals;
import io.demur.desk.Lot;
import io.demur.desk.Queue;
import io.demur.desk.Reports;
import io.demur.desk.Samples;
import io.demur.desk.Sampling;
import io.demur.desk.Service;
import io.demur.desk.Thumbs;
import io.demur.gateway.appeal.Links;
import io.demur.gateway.appeal.Redress;
import io.demur.gateway.appeal.Reopening;
import io.demur.gateway.casework.CaseWords;
import io.demur.gateway.casework.Casework;
import io.demur.gateway.casework.Sampler;
import io.demur.gateway.hold.Waitlist;
import io.demur.gateway.incident.RouteArounds;
import io.demur.gateway.judge.Judgements;
import io.demur.gateway.judge.Judges;
import io.demur.gateway.judge.TraceShelf;
import io.demur.gateway.keep.StoredBodies;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.rehearsal.WithRehearsal;
import io.demur.gateway.review.JudgeReader;
import io.demur.gateway.review.Reviews;
import io.demur.gateway.upstream.Upstream;
import io.demur.log.LogReader;
import io.demur.record.Trail;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Commitment;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Kept;
import io.demur.record.keys.KeyRing;
import io.demur.record.keys.ReportersKey;
import io.demur.record.policy.InForce;
import io.demur.store.Bodies;
import io.demur.store.Cases;
import io.demur.store.Erasure;
import io.demur.store.HeldRequests;
import io.demur.store.Incidents;
import io.demur.store.Past;
import io.demur.store.Petitions;
import io.demur.store.Projection;
import io.demur.store.RequestPrints;
import io.demur.store.ReviewHistory;
import io.demur.store.Store;
import io.demur.store.StoreSettings;
import io.demur.store.Subjects;
import io.vertx.core.Vertx;

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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A gateway with all that it stands on, in a folder: real log, real store, the rehearsal model. */
public final class House implements AutoCloseable {

    /** What a principal may ask who may not ask much. */
    final Trail trail;

    final String key;
    final String limitedKey;

    final Gateway gateway;
    final HeldRequests held;
    final Cases cases;
    final Bodies bodies;

    /** Keys of two people whose work it is to look at what waits. */
    final List<String> reviewKeys = new ArrayList<>();

    final Incidents incidentCases;
    final RequestPrints requestPrints;
    private final RouteArounds incidents;
    final String principal;
    final InstantSource clock;
    private final Ids ids;
    final Erasure erasure;
    final Appeals appeals;
    final Reports reports;
    private final Reopening reopening;
    final Queue queue;
    final Lot lot;
    final Store store;
    private final ExecutorService keeping;
    private final Offload offload;

    House(Path folder) throws Exception {
        this(folder, Map.of());
    }

    House(Path folder, Map<String, Upstream> more) throws Exception {
        this(folder, more, UnaryOperator.identity(), GatewaySettings.USUAL);
    }

    /**
     * Builds one for other people's clients.
     *
     * @param more models beside the rehearsal model, by name
     */
    public House(Path folder, Map<String, Upstream> more, Refusals.Form form, Posture posture)
            throws Exception {
        this(folder, more, UnaryOperator.identity(), Ground.settings(form), charter(posture));
    }

    /** One that something is wrong with. */
    House(
            Path folder,
            Map<String, Upstream> more,
            UnaryOperator<Foundations> wrong,
            GatewaySettings settings)
            throws Exception {
        this(folder, more, wrong, settings, charter());
    }

    House(
            Path folder,
            Map<String, Upstream> more,
            UnaryOperator<Foundations> wrong,
            GatewaySettings settings,
            Charter charter)
            throws Exception {
        this(folder, Ground.begun(folder), more, wrong, settings, charter);
    }

    /** One on keys and a log that are there. */
    House(
            Path folder,
            Ground ground,
            Map<String, Upstream> more,
            UnaryOperator<Foundations> wrong,
            GatewaySettings settings,
            Charter charter)
            throws Exception {
        clock = ground.clock();
        SecureRandom random = new SecureRandom();
        KeyRing ring = ground.ring();
        trail = ground.trail();
        store = Store.open(StoreSettings.file(folder.resolve("store.db")));
        Subjects subjects = new Subjects(store, ring.bodies(), ring.pseudonyms(), random, clock);
        erasure = new Erasure(store, this::write, clock);
        ids = new Ids(clock, random);
        principal = subjects.pseudonym("test");
        String limited = subjects.pseudonym("limited");
        KeyText text = KeyText.random(random);
        KeyText other = KeyText.random(random);
        key = text.text();
        limitedKey = other.text();
        List<Principal> people =
                new ArrayList<>(
                        List.of(
                                People.who(principal, Limits.NONE),
                                People.who(limited, People.TWO_A_MINUTE)));
        List<AccessKey> keys =
                new ArrayList<>(
                        List.of(
                                People.key(text, principal, Scope.ASKING),
                                People.key(other, limited, Scope.ASKING)));
        for (String name : List.of("anna", "bert")) {
            KeyText reviewing = KeyText.random(random);
            reviewKeys.add(reviewing.text());
            people.add(People.who(subjects.pseudonym(name), Limits.NONE));
            keys.add(People.key(reviewing, subjects.pseudonym(name), People.REVIEWING));
        }
        Roster roster = new Roster(1, people, List.of(), keys);
        keeping = Executors.newFixedThreadPool(4);
        offload = new Offload("test", 1, 16);
        InForce.Active policy =
                new InForce.Active(charter, "0".repeat(64), 1, Optional.empty(), true);
        held = new HeldRequests(store, clock);
        bodies = new Bodies(store, subjects, random, clock);
        Judgements judgements =
                new Judgements(
                        Judges.quickAlone(),
                        MemoryKey.of(new byte[32]),
                        Bounds.USUAL,
                        TraceShelf.NONE,
                        offload,
                        offload);
        Petitions petitions = new Petitions(store, clock);
        cases = new Cases(store, clock);
        Past past =
                new Past(
                        store,
                        new Projection(store, trail.origin(), EntryCodec::read, clock),
                        new Past.Published() {
                            @Override
                            public LogReader log() {
                                return trail.reader();
                            }

                            @Override
                            public long size() throws IOException {
                                return trail.publish();
                            }
                        },
                        Duration.ZERO);
        appeals = new Appeals(petitions, cases, bodies, past, Service.USUAL, clock);
        reports =
                new Reports(
                        petitions,
                        cases,
                        bodies,
                        subjects,
                        past,
                        () -> ReportersKey.of(folder.resolve("keys")),
                        ids,
                        Service.USUAL,
                        clock);
        reopening =
                Reopening.begin(
                        petitions,
                        judgements,
                        Bounds.USUAL.window(),
                        Duration.ofMillis(100),
                        clock);
        Redress redress =
                new Redress(
                        new Redress.Desk(appeals, reports, new Thumbs(petitions, past, clock)),
                        new Links(ring.pseudonyms()),
                        new Redress.Known(judgements::earlier, who -> Optional.of("Ada Third")),
                        keeping);
        lot = new Lot(ring.pseudonyms().getFirst());
        // whose second looks are drawn by lot is for the queue's own tests
        queue = new Queue(cases, ring.pseudonyms().getFirst(), clock, 0, Queue.WEARING_MAX);
        incidentCases = new Incidents(store, clock);
        requestPrints = new RequestPrints(store, subjects, random, clock, ids.next("run"));
        incidents =
                new RouteArounds(
                        new RouteArounds.Shelves(requestPrints, incidentCases, keeping),
                        ring.pseudonyms().getFirst(),
                        MemoryKey.of(new byte[32]),
                        Optional.empty(),
                        Optional.empty(),
                        clock,
                        new RouteArounds.Pace(
                                Duration.ofMillis(100), Duration.ofMinutes(1), Duration.ofDays(7)),
                        charter::settings);
        Foundations foundations =
                new Foundations(
                                trail,
                                ids,
                                () -> policy,
                                roster::authenticate,
                                Optional::empty,
                                new Meter(100),
                                new WithRehearsal(new Named(more), Rehearsal.shipped(), clock),
                                judgements,
                                new Reviews(
                                        new JudgeReader(
                                                LinearAnswerJudge.shipped(), LinearHarm.shipped()),
                                        Optional.empty()),
                                new StoredBodies(bodies, keeping),
                                new StopReasonDetector(LinearJudge.shipped()),
                                clock)
                        .with(new Waitlist(held, ring.pseudonyms().getFirst(), keeping))
                        .with(redress)
                        .with(
                                new Casework(
                                        queue,
                                        new CaseWords(
                                                bodies,
                                                new ReviewHistory(store, trail.origin()),
                                                this::write),
                                        keeping))
                        .with(incidents);
        gateway = Gateway.start(Vertx.vertx(), settings.withPort(0), wrong.apply(foundations));
    }

    static Charter charter() {
        return charter(Policy.defaultPosture());
    }

    private static Charter charter(Posture posture) {
        return Ground.charter(Policy.at(posture), Ground.local(), Settings.USUAL);
    }

    /** An attempt in some protocol, of which nothing is kept. */
    Attempt attempt(String protocol) {
        return new Attempt(
                Instant.now(),
                ids.next("att"),
                principal,
                principal,
                Optional.empty(),
                Optional.empty(),
                protocol,
                "m",
                "local-unaligned",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Kept(
                        Kept.Mode.HASH_ONLY,
                        1,
                        Commitment.to(new byte[32], new byte[1]),
                        Optional.empty()));
    }

    /** Draws every answer for somebody to look at. */
    Sampler sampler() {
        Sampling all = new Sampling(lot, () -> new Settings.Review(1, 1, 1, Settings.Review.BLOCK));
        return new Sampler(new Samples(cases, lot, ids, all, clock), offload);
    }

    /** Puts an entry on disk. */
    void write(Entry entry) throws IOException {
        try {
            trail.append(List.of(entry)).get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IOException(e);
        }
    }

    /** Where it listens. */
    public int port() {
        return gateway.port();
    }

    /** A key that may ask as much as it likes. */
    public String key() {
        return key;
    }

    /** A key that may ask twice a minute. */
    public String limitedKey() {
        return limitedKey;
    }

    /** All entries that are published by now. */
    public List<Entry> entries() throws Exception {
        long size = trail.publish();
        List<Entry> entries = new ArrayList<>();
        trail.reader()
                .entries(0, size, size, (index, bytes) -> entries.add(EntryCodec.read(bytes)));
        return entries;
    }

    /** Those of a kind. */
    <T extends Entry> List<T> entries(Class<T> kind) throws Exception {
        return entries().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void close() {
        gateway.close();
        reopening.close();
        incidents.close();
        keeping.shutdown();
        offload.close();
        store.close();
        trail.close();
    }
}
