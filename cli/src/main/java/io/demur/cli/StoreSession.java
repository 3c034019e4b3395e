package io.demur.cli;

import io.demur.desk.Appeals;
import io.demur.desk.Queue;
import io.demur.desk.Reports;
import io.demur.desk.Service;
import io.demur.gateway.casework.CaseWords;
import io.demur.gateway.drill.Watch;
import io.demur.gateway.notice.Notices;
import io.demur.gateway.notice.Standing;
import io.demur.gateway.practice.Proposal;
import io.demur.gateway.practice.Proposals;
import io.demur.log.Checkpoint;
import io.demur.log.LogReader;
import io.demur.log.LogRefused;
import io.demur.log.note.Malformed;
import io.demur.record.Trail;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Ids;
import io.demur.record.keys.KeyRing;
import io.demur.record.keys.ReportersKey;
import io.demur.store.AccessBook;
import io.demur.store.AccessHistory;
import io.demur.store.Bodies;
import io.demur.store.Cases;
import io.demur.store.DrillHistory;
import io.demur.store.EntryWriter;
import io.demur.store.Erasure;
import io.demur.store.Exchanged;
import io.demur.store.HeldRequests;
import io.demur.store.Holds;
import io.demur.store.Incidents;
import io.demur.store.Past;
import io.demur.store.Petitions;
import io.demur.store.Projection;
import io.demur.store.ReviewHistory;
import io.demur.store.Spending;
import io.demur.store.Store;
import io.demur.store.StoreFailed;
import io.demur.store.Subjects;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * An installation whose store is open. The log is opened for writing only once something is
 * written, so that what only looks works beside a process that has it.
 */
final class StoreSession implements AutoCloseable {

    /** A gateway signs a checkpoint every second. */
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(3);

    private final Installation installation;
    private final String program;
    private final KeyRing keys;
    private final Store store;
    private final Subjects subjects;
    private final Projection projection;
    private @Nullable Trail trail;

    private StoreSession(Installation installation, String program, KeyRing keys, Store store)
            throws IOException {
        this.installation = installation;
        this.program = program;
        this.keys = keys;
        this.store = store;
        InstantSource clock = InstantSource.system();
        this.subjects =
                new Subjects(store, keys.bodies(), keys.pseudonyms(), new SecureRandom(), clock);
        this.projection =
                new Projection(
                        store,
                        keys.origin().orElseThrow(() -> new IOException("no key of the log")),
                        EntryCodec::read,
                        clock);
    }

    /**
     * Opens the store and brings it up to the log.
     *
     * @param program named in the log where something is written
     */
    static StoreSession open(Installation installation, String program)
            throws IOException, StoreFailed, Malformed {
        StoreSession session = openBehind(installation, program);
        try {
            session.projection.catchUp(session.published(), session.size());
            return session;
        } catch (IOException | StoreFailed | Malformed | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** The same, with the tables as they are: for what makes them anew or compares them. */
    static StoreSession openBehind(Installation installation, String program)
            throws IOException, StoreFailed {
        installation.reader();
        KeyRing keys = installation.keys();
        return new StoreSession(installation, program, keys, installation.store());
    }

    Subjects subjects() {
        return subjects;
    }

    Bodies bodies() {
        return new Bodies(store, subjects, new SecureRandom(), InstantSource.system());
    }

    Holds holds() {
        return new Holds(store, InstantSource.system());
    }

    HeldRequests held() {
        return new HeldRequests(store, InstantSource.system());
    }

    /** What was done about single exchanges. */
    Past past() throws IOException {
        return new Past(
                store,
                projection,
                new Past.Published() {
                    @Override
                    public LogReader log() throws IOException {
                        return published();
                    }

                    @Override
                    public long size() throws IOException, Malformed {
                        return StoreSession.this.size();
                    }
                });
    }

    /**
     * One exchange, by its attempt. What a gateway has written just now stands under no checkpoint
     * as yet, so that one that is not there is waited for a little.
     */
    Optional<Exchanged> exchange(String attempt) throws StoreFailed, IOException {
        long end = System.nanoTime() + SHOWN_WITHIN.toNanos();
        Optional<Exchanged> found = past().exchange(attempt);
        while (found.isEmpty() && Ids.isId("att", attempt) && System.nanoTime() - end < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return found;
            }
            found = past().exchange(attempt);
        }
        return found;
    }

    Appeals appeals() throws IOException {
        InstantSource clock = InstantSource.system();
        return new Appeals(
                new Petitions(store, clock),
                new Cases(store, clock),
                bodies(),
                past(),
                Service.USUAL,
                clock);
    }

    Reports reports() throws IOException {
        InstantSource clock = InstantSource.system();
        return new Reports(
                new Petitions(store, clock),
                new Cases(store, clock),
                bodies(),
                subjects,
                past(),
                () -> ReportersKey.of(installation.folder().keys()),
                new Ids(clock, new SecureRandom()),
                Service.USUAL,
                clock);
    }

    Cases cases() {
        return new Cases(store, InstantSource.system());
    }

    /** What people look at. */
    Queue queue() {
        return new Queue(cases(), keys.pseudonyms().getFirst(), InstantSource.system());
    }

    /** The words of cases; whoever has the log writes who has read them. */
    CaseWords words() throws IOException {
        return new CaseWords(bodies(), reviews(), entry -> held().write(entry, log()));
    }

    Incidents incidents() {
        return new Incidents(store, InstantSource.system());
    }

    Erasure erasure() {
        return new Erasure(store, log(), InstantSource.system());
    }

    AccessBook access() {
        return new AccessBook(store, subjects, new SecureRandom(), InstantSource.system());
    }

    AccessHistory accessHistory() {
        return new AccessHistory(store);
    }

    List<Spending.Line> spending(LocalDate from, LocalDate to) throws StoreFailed {
        return Spending.lines(store, from, to);
    }

    /** What the ledger is counted from. */
    Ledgers ledgers() throws IOException {
        String origin = keys.origin().orElseThrow(() -> new IOException("no key of the log"));
        return new Ledgers(store, origin, InstantSource.system());
    }

    /** What is known by drills, as far as the log has been published. */
    Watch drills() throws StoreFailed, IOException, Malformed {
        Watch watch = new Watch();
        new DrillHistory(
                        store,
                        keys.origin().orElseThrow(() -> new IOException("no key of the log")))
                .all(published(), projection.next(), size())
                .forEach(watch::take);
        return watch;
    }

    /** What went wrong and is worth to be asked again, as far as the log has been published. */
    List<Proposal> proposals() throws StoreFailed, IOException, Malformed {
        String origin = keys.origin().orElseThrow(() -> new IOException("no key of the log"));
        long next = projection.next();
        long size = size();
        return Proposals.of(
                new DrillHistory(store, origin).all(published(), next, size),
                reviews().all(published(), next, size));
    }

    ReviewHistory reviews() throws IOException {
        return new ReviewHistory(
                store, keys.origin().orElseThrow(() -> new IOException("no key of the log")));
    }

    /** How it stands with those who are told of alarms. */
    List<Standing> notices() {
        return Notices.kept(installation.folder().root());
    }

    Projection projection() {
        return projection;
    }

    /** Writes into the log, and returns once that is on disk. */
    EntryWriter log() {
        return new EntryWriter() {
            @Override
            public void open() throws IOException {
                trail();
            }

            @Override
            public void write(Entry entry) throws IOException {
                append(entry);
            }
        };
    }

    private Trail trail() throws IOException {
        if (trail == null) {
            try {
                trail = installation.open(keys, program);
            } catch (LogRefused e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        return trail;
    }

    private void append(Entry entry) throws IOException {
        try {
            trail().append(List.of(entry)).get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("the log took no entry: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before the log had taken the entry", e);
        }
    }

    /** Reads what the log has published. */
    LogReader published() throws IOException {
        return installation.reader();
    }

    /** How much of it that is. */
    long size() throws IOException, Malformed {
        Checkpoint checkpoint = installation.reader().checkpoint(installation.vkeys());
        return checkpoint.head().size();
    }

    @Override
    public void close() {
        try {
            if (trail != null) {
                trail.close();
            }
        } finally {
            store.close();
        }
    }
}
