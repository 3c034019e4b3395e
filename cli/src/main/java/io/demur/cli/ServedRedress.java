package io.demur.cli;

import io.demur.core.memory.Bounds;
import io.demur.desk.Appeals;
import io.demur.desk.Reports;
import io.demur.desk.Service;
import io.demur.desk.Thumbs;
import io.demur.gateway.appeal.Links;
import io.demur.gateway.appeal.Redress;
import io.demur.gateway.appeal.Reopening;
import io.demur.gateway.judge.Judgements;
import io.demur.log.LogReader;
import io.demur.record.Trail;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Ids;
import io.demur.record.keys.KeyRing;
import io.demur.record.keys.ReportersKey;
import io.demur.store.AccessBook;
import io.demur.store.Bodies;
import io.demur.store.Cases;
import io.demur.store.Past;
import io.demur.store.Petitions;
import io.demur.store.Projection;
import io.demur.store.Store;
import io.demur.store.StoreFailed;
import io.demur.store.Subjects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Where callers of a gateway answer back, and what of it that gateway notices while it runs. */
final class ServedRedress implements AutoCloseable {

    private static final Duration LOOKING_EVERY = Duration.ofSeconds(3);
    private static final int THREADS = 2;
    private static final int ROOM = 64;

    /** Of its own: an exchange waits behind nobody who looks something up in the log. */
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    1,
                    TimeUnit.MINUTES,
                    new ArrayBlockingQueue<>(ROOM),
                    Thread.ofPlatform().name("demur-answering-", 0).daemon().factory());

    private final Redress redress;
    private final Reopening reopening;

    /**
     * What an installation has of it.
     *
     * @param folder of its keys
     */
    record Stock(
            Trail trail,
            Store store,
            Subjects subjects,
            Bodies bodies,
            AccessBook book,
            KeyRing keys,
            Path folder,
            Ids ids) {

        private Past past(InstantSource clock) {
            return new Past(
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
                    });
        }

        /** The name of a principal, where it is known. */
        private Optional<String> name(String principal) {
            try {
                return book.principals().stream()
                        .filter(it -> it.principal().id().equals(principal))
                        .findFirst()
                        .flatMap(AccessBook.Named::name);
            } catch (StoreFailed e) {
                throw new UncheckedIOException(new IOException(e.getMessage(), e));
            }
        }
    }

    /**
     * Begins it.
     *
     * @param judgements whose refusals bind no longer where an appeal was upheld
     */
    ServedRedress(Stock stock, Judgements judgements, InstantSource clock) throws StoreFailed {
        Petitions petitions = new Petitions(stock.store(), clock);
        Cases cases = new Cases(stock.store(), clock);
        Past past = stock.past(clock);
        Redress.Desk desk =
                new Redress.Desk(
                        new Appeals(petitions, cases, stock.bodies(), past, Service.USUAL, clock),
                        new Reports(
                                petitions,
                                cases,
                                stock.bodies(),
                                stock.subjects(),
                                past,
                                () -> ReportersKey.of(stock.folder()),
                                stock.ids(),
                                Service.USUAL,
                                clock),
                        new Thumbs(petitions, past, clock));
        redress =
                new Redress(
                        desk,
                        new Links(stock.keys().pseudonyms()),
                        new Redress.Known(judgements::earlier, stock::name),
                        threads);
        reopening =
                Reopening.begin(petitions, judgements, Bounds.USUAL.window(), LOOKING_EVERY, clock);
    }

    Redress redress() {
        return redress;
    }

    @Override
    public void close() {
        reopening.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
