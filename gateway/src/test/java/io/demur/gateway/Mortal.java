package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.charter.Charter;
import io.demur.desk.Choice;
import io.demur.desk.Ledger;
import io.demur.desk.Queue;
import io.demur.desk.Recount;
import io.demur.gateway.casework.Sampler;
import io.demur.gateway.gate.Trails;
import io.demur.gateway.upstream.Upstream;
import io.demur.log.Fsck;
import io.demur.log.LogReader;
import io.demur.log.tile.FolderSource;
import io.demur.record.Completeness;
import io.demur.record.MortalTrail;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.keys.KeyRing;
import io.demur.store.LedgerRows;
import io.demur.store.LedgerRows.Axis;
import io.demur.store.LedgerRows.Window;
import io.demur.store.Projection;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.State;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/** One life of a gateway on files that outlive it: it ends when it is killed, or is let go. */
final class Mortal implements AutoCloseable {

    /** So much later is the next life: whoever had taken anything is known to be gone. */
    private static final Duration BETWEEN = Duration.ofMinutes(3);

    private static final Window ALWAYS =
            new Window(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));

    /** What a gateway is like, in each of its lives. */
    record Kind(
            Charter charter,
            Map<String, Upstream> models,
            UnaryOperator<Foundations> staged,
            boolean sampled) {}

    final House house;
    private final Path folder;
    private final KeyRing ring;
    private final Death death;
    private boolean closed;
    private final Latecomer sampler = new Latecomer();

    /**
     * Begins one.
     *
     * @param lives how many there were before it
     */
    Mortal(Path folder, Kind kind, int lives, Death death) throws Exception {
        this.folder = folder;
        this.death = death;
        MortalDatabase.mortal("jdbc:sqlite:" + folder.resolve("store.db"), death);
        InstantSource clock = Clock.offset(Clock.systemUTC(), BETWEEN.multipliedBy(lives));
        ring = KeyRing.open(folder.resolve("keys"), clock, new SecureRandom());
        house =
                new House(
                        folder,
                        new Ground(
                                ring,
                                MortalTrail.open(
                                        Trails.log(folder, ring, Duration.ofHours(1)),
                                        Trails.start(),
                                        clock,
                                        this::step),
                                clock),
                        kind.models(),
                        on -> kind.staged().apply(on.with(sampler.beside(on.running()))),
                        GatewaySettings.USUAL,
                        kind.charter());
        if (kind.sampled()) {
            Sampler drawing = house.sampler();
            drawing.makeUp(house.trail.reader(), house.trail.publish());
            sampler.comes(drawing);
        }
        projection().takeAway(house.trail.reader(), house.trail.publish(), entry -> true);
        death.arm();
    }

    private void step(String what) {
        death.writing.lock();
        try {
            death.step(what);
        } finally {
            death.writing.unlock();
        }
    }

    private Projection projection() {
        return new Projection(house.store, house.trail.origin(), EntryCodec::read, house.clock);
    }

    /** What is asked over a socket, with the key of a caller. */
    Answering.Reply ask(String method, String path, String body) throws Exception {
        Answering.Reply reply = new Answering(house).ask(house.key, method, path, body);
        death.alive(); // what came after that nobody got
        return reply;
    }

    /** A request for an answer, which there is. */
    Answering.Reply chat(String model, String text) throws Exception {
        Answering.Reply reply = ask("POST", "/v1/chat/completions", Spoken.chat(model, text));
        assertEquals(200, reply.status(), reply::text);
        return reply;
    }

    /** Waits for what is done behind replies. */
    void until(Callable<Boolean> done) throws Exception {
        for (int i = 0; i < 2_000 && !done.call(); i++) {
            death.alive();
            Thread.sleep(5);
        }
        death.alive();
        assertTrue(done.call());
    }

    /** Writes what waits for the log, as a gateway does every second. */
    void publish() throws Exception {
        int unused = house.held.publish(house::write);
    }

    /** Has the tables follow the log. */
    void follow() throws Exception {
        var unused = projection().catchUp(house.trail.reader(), house.trail.publish());
    }

    /** Some cases, those that were opened first first. */
    List<ReviewCase> cases(ReviewCase.Kind kind) throws Exception {
        return house.cases.all(EnumSet.of(kind), EnumSet.allOf(State.class), 99);
    }

    /** Those that somebody has yet to decide, as a reviewer sees them. */
    List<ReviewCase> waiting(ReviewCase.Kind kind) throws Exception {
        return house.queue.list(Queue.Filter.WAITING, 99).stream()
                .filter(it -> it.kind() == kind)
                .toList();
    }

    /** What a reviewer does about a case, who looks first whether they have done it already. */
    void decide(String id, String who, Choice choice) throws Exception {
        ReviewCase it = house.queue.find(id);
        if (it.said().stream().noneMatch(said -> said.reviewer().equals(who))) {
            ReviewCase mine = house.queue.claim(id, who);
            var unused = house.queue.decide(id, Optional.of(mine.version()), who, choice);
        }
        publish();
    }

    /**
     * Lets it go, and sees to it that its log and its tables tell the same, whole.
     *
     * @return all entries
     */
    List<Entry> verified() throws Exception {
        death.disarm();
        publish();
        assertEquals(0, house.held.pending());
        follow();
        Projection projection = projection();
        long size = house.trail.publish();
        assertEquals(List.of(), projection.check(house.trail.reader(), size).first());
        Recount recount = new Recount(ALWAYS);
        house.trail.reader().entries(0, size, size, recount);
        Ledger ledger =
                Ledger.read(
                        new LedgerRows(house.store, house.trail.origin()),
                        ALWAYS,
                        EnumSet.complementOf(EnumSet.of(Axis.TOTAL)));
        assertEquals(List.of(), recount.differences(ledger));
        close();
        LogReader reader = new LogReader(new FolderSource(folder.resolve("log")));
        var head = reader.checkpoint(ring.logKeys()).head();
        Fsck.Report sound = Fsck.check(reader.source(), head);
        assertTrue(sound.isSound(), sound::toString);
        Completeness.Report complete = Completeness.check(reader, head.size(), false);
        assertTrue(complete.complete(), complete::toString);
        assertEquals(0, complete.open());
        List<Entry> entries = new ArrayList<>();
        reader.entries(
                0, head.size(), head.size(), (at, bytes) -> entries.add(EntryCodec.read(bytes)));
        return entries;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            house.close();
        } catch (UncheckedIOException | IllegalStateException e) {
            if (!death.happened()) {
                throw e;
            }
        }
    }
}
