package io.demur.cli;

import io.demur.core.access.Authentication;
import io.demur.core.access.Caller;
import io.demur.core.access.KeyText;
import io.demur.core.access.Limits;
import io.demur.core.access.Meter;
import io.demur.core.access.Scope;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.core.policy.Axes;
import io.demur.files.serve.ServeConfig;
import io.demur.gateway.Foundations;
import io.demur.gateway.appeal.Redress;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.hold.Waitlist;
import io.demur.gateway.incident.RouteArounds;
import io.demur.gateway.judge.Judgements;
import io.demur.gateway.judge.Judging;
import io.demur.gateway.judge.StoredTraces;
import io.demur.gateway.judge.TraceShelf;
import io.demur.gateway.keep.StoredBodies;
import io.demur.gateway.notice.Notices;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.probe.Prober;
import io.demur.gateway.profile.Profiles;
import io.demur.gateway.review.Reviewing;
import io.demur.gateway.running.Metrics;
import io.demur.gateway.running.Running;
import io.demur.gateway.upstream.Models;
import io.demur.gateway.upstream.ServedModels;
import io.demur.log.LogRefused;
import io.demur.log.note.Malformed;
import io.demur.record.Trail;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Ids;
import io.demur.record.keys.KeyRing;
import io.demur.record.policy.PolicyKeeper;
import io.demur.record.policy.Submitted;
import io.demur.store.AccessBook;
import io.demur.store.AccessHistory;
import io.demur.store.AccessWatch;
import io.demur.store.Bodies;
import io.demur.store.HeldRequests;
import io.demur.store.Projection;
import io.demur.store.Remembered;
import io.demur.store.ReviewHistory;
import io.demur.store.Spending;
import io.demur.store.Store;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;
import io.demur.store.Subjects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What a gateway of this installation stands on, from its folder up: keys, store, log, policy, who
 * has which key. Closed in the opposite order.
 */
final class Serving implements AutoCloseable {

    private static final int KEEPING_THREADS = 16;
    private static final int KEEPING_ROOM = 4_096;

    private final KeyRing keys;
    private final Store store;
    private final Trail trail;
    private final PolicyKeeper keeper;
    private final AccessBook book;
    private final Subjects subjects;
    private final AccessWatch watch;
    private final Spending spending;
    private final Bodies bodies;
    private final Remembered remembered;
    private final HeldRequests held;
    private final Ids ids;
    private final Meter meter = new Meter(100_000);

    /** One at a time, and few that wait: whoever signs does not do it by the hundred. */
    private final Offload ruling = new Offload("policy", 1, 8);

    /** One drill at a time, and beside it what is learned from all of them, once an hour. */
    private final Offload drilling = new Offload("drills", 2, 16);

    private final Metrics metrics = new Metrics();
    private Optional<Notices> notices = Optional.empty();
    private final ServedDesk desk;
    private Optional<ServedRedress> redress = Optional.empty();
    private Optional<RouteArounds> incidents = Optional.empty();
    private final ThreadPoolExecutor keeping =
            new ThreadPoolExecutor(
                    KEEPING_THREADS,
                    KEEPING_THREADS,
                    1,
                    TimeUnit.MINUTES,
                    new ArrayBlockingQueue<>(KEEPING_ROOM),
                    Thread.ofPlatform().name("demur-keeping-", 0).daemon().factory());
    private final InstantSource clock;

    private Serving(
            KeyRing keys,
            Store store,
            Trail trail,
            PolicyKeeper keeper,
            Subjects subjects,
            AccessBook book,
            InstantSource clock)
            throws StoreFailed {
        this.keys = keys;
        this.store = store;
        this.trail = trail;
        this.keeper = keeper;
        this.book = book;
        this.subjects = subjects;
        this.clock = clock;
        SecureRandom random = new SecureRandom();
        ids = new Ids(clock, random);
        bodies = new Bodies(store, subjects, random, clock);
        remembered = new Remembered(store, subjects, random, clock);
        spending = new Spending(store, ids.next("run"));
        held = new HeldRequests(store, clock);
        desk =
                new ServedDesk(
                        new ServedDesk.Stock(
                                trail, store, bodies, keys, ids, keeper, this::write, clock));
        watch =
                new AccessWatch(
                        book,
                        List.of(held),
                        spending,
                        meter,
                        this::write,
                        clock,
                        AccessWatch.Settings.USUAL);
    }

    /** Opens it all. Has the log for itself until it is closed. */
    static Serving open(Installation installation, InstantSource clock)
            throws IOException, LogRefused, Malformed, StoreFailed {
        KeyRing keys = installation.keys();
        Trail trail = installation.open(keys, "demur serve");
        Store store = null;
        boolean done = false;
        try {
            store = installation.store();
            SecureRandom random = new SecureRandom();
            Subjects subjects =
                    new Subjects(store, keys.bodies(), keys.pseudonyms(), random, clock);
            AccessBook book = new AccessBook(store, subjects, random, clock);
            // before anybody is let in: a store that was put back from an older copy still has keys
            // that were revoked since, and people who were erased
            new AccessHistory(store).takeAway();
            new Projection(store, trail.origin(), EntryCodec::read, clock)
                    .takeAway(trail.reader(), trail.publish(), Serving::takesAway);
            PolicyKeeper keeper = PolicySession.keeper(installation, clock);
            Serving serving = new Serving(keys, store, trail, keeper, subjects, book, clock);
            done = true;
            return serving;
        } finally {
            if (!done) {
                if (store != null) {
                    store.close();
                }
                trail.close();
            }
        }
    }

    /** Whether an entry may be one that changes who may what; cheaper than to read them all. */
    private static boolean takesAway(byte[] entry) {
        String text = new String(entry, StandardCharsets.ISO_8859_1);
        return text.contains("\"ACCESS_CHANGE\"")
                || text.contains("\"ERASE\"")
                || text.contains("\"REVIEW\"")
                || text.contains("\"APPEAL\"")
                || text.contains("\"REPORT\"")
                || text.contains("\"FEEDBACK\"")
                || text.contains("\"ROUTE_AROUND\"")
                || text.contains("\"%s\"".formatted(Trail.CRASH));
    }

    KeyRing keys() {
        return keys;
    }

    PolicyKeeper keeper() {
        return keeper;
    }

    /**
     * The key of somebody to begin with, where nobody has one.
     *
     * @return shown once; nothing where there are principals already
     */
    Optional<KeyText> firstKey() throws StoreFailed, StoreRefused, IOException {
        if (!book.principals().isEmpty()) {
            return Optional.empty();
        }
        AccessBook.By by = AccessBook.By.of("demur serve");
        // each counts once the log has it
        String principal = book.addPrincipal("local", Axes.OTHER, Limits.NONE, by);
        book.publish(this::write);
        KeyText key =
                book.createKey(principal, Optional.empty(), Scope.ASKING, Optional.empty(), by);
        book.publish(this::write);
        return Optional.of(key);
    }

    /**
     * Says who has a key, by the later of the clock and the log's last entry: a clock that goes
     * back revives no key that has expired or was replaced.
     */
    Authentication authenticate(String text, Instant now) {
        Instant last = trail.last();
        return watch.authenticate(text, now.isAfter(last) ? now : last);
    }

    /** What was refused before; read anew each time. */
    TraceShelf refusals() throws StoreFailed {
        return new StoredTraces(remembered, keeping);
    }

    Metrics metrics() {
        return metrics;
    }

    /** What a gateway needs. */
    Foundations foundations(
            Models models, Judging judging, Reviewing reviewing, Optional<String> keyless)
            throws StoreFailed {
        return new Foundations(
                        trail,
                        ids,
                        keeper::inForce,
                        this::authenticate,
                        () -> keyless.flatMap(this::without),
                        meter,
                        models,
                        judging,
                        reviewing,
                        new StoredBodies(bodies, keeping),
                        new StopReasonDetector(LinearJudge.shipped()),
                        clock)
                .with(new Waitlist(held, keys.pseudonyms().getFirst(), keeping))
                .with(desk.casework());
    }

    /** Where its callers answer back. */
    Redress redress(Installation installation, Judgements judgements) throws StoreFailed {
        ServedRedress.Stock stock =
                new ServedRedress.Stock(
                        trail,
                        store,
                        subjects,
                        bodies,
                        book,
                        keys,
                        installation.folder().keys(),
                        ids);
        ServedRedress served = new ServedRedress(stock, judgements, clock);
        redress = Optional.of(served);
        return served.redress();
    }

    /** Who sees what was refused and comes again. */
    RouteArounds incidents(ServeConfig config) throws StoreFailed {
        ServedIncidents served = new ServedIncidents(desk.stock(), subjects);
        incidents = Optional.of(served.begin(config.judge(), keeping));
        return incidents.orElseThrow();
    }

    /**
     * What those who run it ask of it.
     *
     * @param judging what the judges' threads do
     * @param lengthy what those do that judge long texts
     * @param lines whether each exchange is a line for the program's own logger
     */
    Running running(ServedModels served, Offload judging, Offload lengthy, boolean lines)
            throws IOException {
        return new Running(
                        Optional.of(this::rule),
                        watch::isStale,
                        watch::pending,
                        served::servers,
                        Map.of(
                                "judge", judging::counts,
                                "judge-long", lengthy::counts,
                                "policy", ruling::counts,
                                "samples", desk::drawing,
                                "drills", drilling::counts),
                        metrics,
                        new UseCounter(spending).and(desk.sampler()),
                        lines,
                        Version.number())
                .with(desk.ledger());
    }

    private CompletableFuture<Submitted> rule(byte[] note) {
        return ruling.submit(
                () -> {
                    try {
                        return keeper.submit(note, trail);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /** Who asks local models the probes that ship, under a name of its own. */
    Prober prober(ServedModels served, Profiles profiles, Offload offload)
            throws StoreFailed, StoreRefused {
        return new Prober(
                new Gate(trail, clock, metrics),
                new StoredBodies(bodies, keeping),
                new StopReasonDetector(LinearJudge.shipped()),
                ids,
                clock,
                new Prober.As(subjects.pseudonym("demur probes"), keeper::inForce),
                served::locals,
                profiles,
                offload,
                Prober.Pace.USUAL);
    }

    /** Who drills what is served, counting on from what the log has, and tells of alarms. */
    ServedDrills drills(Installation installation, ServeConfig config)
            throws StoreFailed, IOException, Malformed {
        Notices telling =
                new Notices(
                        ConfiguredAlarms.of(config, clock),
                        installation.folder().root(),
                        clock,
                        Notices.Pace.USUAL);
        notices = Optional.of(telling);
        metrics.notices(telling::standings);
        ServedRegressions regressions =
                new ServedRegressions(
                        new ReviewHistory(store, trail.origin()), bodies, this::write);
        return new ServedDrills(trail, store, subjects, ids, clock, drilling, telling, regressions);
    }

    private Optional<Caller> without(String principal) {
        return watch.isStale()
                ? Optional.empty()
                : watch.roster().without(principal, Optional.empty(), Scope.ASKING);
    }

    /** The pseudonym of a principal by the name that people know. */
    Optional<String> principal(String name) throws StoreFailed {
        return book.find(name);
    }

    private void write(Entry entry) throws IOException {
        try {
            trail.append(List.of(entry)).get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("the log took no entry: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before the log had taken the entry", e);
        }
    }

    @Override
    public void close() {
        notices.ifPresent(Notices::close);
        redress.ifPresent(ServedRedress::close);
        incidents.ifPresent(RouteArounds::close);
        watch.close();
        ruling.close();
        drilling.close();
        desk.close();
        keeping.shutdown();
        try {
            if (!keeping.awaitTermination(10, TimeUnit.SECONDS)) {
                keeping.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        store.close();
        trail.close();
    }
}
