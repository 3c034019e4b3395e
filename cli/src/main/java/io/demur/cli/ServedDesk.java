package io.demur.cli;

import io.demur.desk.Ledger;
import io.demur.desk.Lot;
import io.demur.desk.Queue;
import io.demur.desk.Samples;
import io.demur.desk.Sampling;
import io.demur.gateway.casework.CaseWords;
import io.demur.gateway.casework.Casework;
import io.demur.gateway.casework.Sampler;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.running.LedgerSource;
import io.demur.log.note.Malformed;
import io.demur.record.Trail;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Ids;
import io.demur.record.keys.KeyRing;
import io.demur.record.policy.PolicyKeeper;
import io.demur.store.Bodies;
import io.demur.store.Cases;
import io.demur.store.EntryWriter;
import io.demur.store.LedgerRows;
import io.demur.store.Projection;
import io.demur.store.ReviewHistory;
import io.demur.store.Store;
import io.demur.store.StoreFailed;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What people ask of a gateway's desk, on threads that no exchange needs. */
final class ServedDesk implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int ROOM = 256;

    private final Stock stock;
    private final InstantSource clock;

    /** What refusing costs is counted once at a time; nobody waits long for their turn. */
    private final Offload counting = new Offload("ledger", 1, 8);

    /** One at a time; what finds no room is not looked at. */
    private final Offload sampling = new Offload("samples", 1, 256);

    /** For people, so that no exchange waits because somebody looks through a long queue. */
    private final ThreadPoolExecutor casework =
            new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    1,
                    TimeUnit.MINUTES,
                    new ArrayBlockingQueue<>(ROOM),
                    Thread.ofPlatform().name("demur-casework-", 0).daemon().factory());

    /** What it stands on; none of it is its own to close. */
    record Stock(
            Trail trail,
            Store store,
            Bodies bodies,
            KeyRing keys,
            Ids ids,
            PolicyKeeper keeper,
            EntryWriter log,
            InstantSource clock) {}

    ServedDesk(Stock stock) {
        this.stock = stock;
        clock = stock.clock();
    }

    Stock stock() {
        return stock;
    }

    /** What people look at. */
    Casework casework() {
        return new Casework(
                new Queue(
                        new Cases(stock.store(), clock),
                        stock.keys().pseudonyms().getFirst(),
                        clock),
                new CaseWords(
                        stock.bodies(),
                        new ReviewHistory(stock.store(), stock.trail().origin()),
                        stock.log()),
                casework);
    }

    /** Draws answers for people to look at, those first that a kill took. */
    Sampler sampler() throws IOException {
        Lot lot = new Lot(stock.keys().pseudonyms().getFirst());
        Sampler sampler =
                new Sampler(
                        new Samples(
                                new Cases(stock.store(), clock),
                                lot,
                                stock.ids(),
                                new Sampling(
                                        lot, () -> stock.keeper().inForce().settings().review()),
                                clock),
                        sampling);
        sampler.makeUp(stock.trail().reader(), stock.trail().publish());
        return sampler;
    }

    /** What the threads that draw do. */
    Offload.Counts drawing() {
        return sampling.counts();
    }

    /** What refusing costs: brought up to the log each time that somebody asks. */
    LedgerSource ledger() {
        Trail trail = stock.trail();
        Projection projection =
                new Projection(stock.store(), trail.origin(), EntryCodec::read, clock);
        LedgerRows rows = new LedgerRows(stock.store(), trail.origin());
        return (window, axis) ->
                counting.submit(
                        () -> {
                            try {
                                projection.catchUp(trail.reader(), trail.publish());
                                return Ledger.read(rows, window, Set.of(axis));
                            } catch (IOException | StoreFailed | Malformed e) {
                                throw new CompletionException(e);
                            }
                        });
    }

    @Override
    public void close() {
        sampling.close();
        counting.close();
        casework.shutdown();
        try {
            if (!casework.awaitTermination(10, TimeUnit.SECONDS)) {
                casework.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
