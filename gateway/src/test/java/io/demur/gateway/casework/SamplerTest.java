package io.demur.gateway.casework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.charter.Settings.Review;
import io.demur.desk.Lot;
import io.demur.desk.Samples;
import io.demur.desk.Sampling;
import io.demur.desk.Sampling.Drawn;
import io.demur.gateway.gate.Trails;
import io.demur.gateway.offload.Offload;
import io.demur.record.Trail;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Commitment;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Outcome;
import io.demur.record.keys.KeyRing;
import io.demur.store.CaseChoice;
import io.demur.store.Cases;
import io.demur.store.HeldRequests;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;
import io.demur.store.Store;
import io.demur.store.StoreSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a start makes up for, on a real log: what a kill took of the samples, and nothing else. */
class SamplerTest {

    private static final String CHAT = "openai.chat";
    private static final String SUBJECT = "sub_" + "0".repeat(32);

    private Instant now = Instant.parse("2026-03-02T09:00:00Z");
    private final InstantSource clock = () -> now;
    private final Ids ids = new Ids(clock, new SecureRandom());

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private KeyRing ring;

    @SuppressWarnings("NullAway.Init")
    private Lot lot;

    @SuppressWarnings("NullAway.Init")
    private Store store;

    @SuppressWarnings("NullAway.Init")
    private Cases cases;

    @SuppressWarnings("NullAway.Init")
    private Trail trail;

    @BeforeEach
    void start(@TempDir Path place) throws Exception {
        folder = Files.createDirectory(place.resolve("first"));
        ring = KeyRing.make(folder.resolve("keys"), clock, new SecureRandom());
        Trails.begun(folder, ring).close();
        lot = new Lot(ring.pseudonyms().getFirst());
        store = Store.open(StoreSettings.file(place.resolve("store.db")));
        cases = new Cases(store, clock);
        now = Instant.now(); // the ceremony has a clock of its own
        trail = begun(folder);
    }

    @AfterEach
    void stop() {
        trail.close();
        store.close();
    }

    @Test
    void nothingIsMadeUpForBehindACleanStop() throws Exception {
        Samples samples = samples(100);
        for (int i = 0; i < 1_000; i++) {
            answered(samples, false);
        }
        trail.close();
        trail = begun(folder);
        makeUp(100);
        assertEquals(Set.of(), sampled());
    }

    @Test
    void afterAKillExactlyWhatWasLostIsOpened() throws Exception {
        Samples samples = samples(100);
        Set<String> drawn = new TreeSet<>();
        for (int i = 0; i < 1_000; i++) {
            answered(samples, i < 900).ifPresent(drawn::add);
        }
        Set<String> opened = sampled();
        assertTrue(drawn.containsAll(opened) && opened.size() < drawn.size(), drawn::toString);
        kill();
        makeUp(100);
        assertEquals(drawn, sampled());
        kill();
        makeUp(100);
        assertEquals(drawn, sampled());
    }

    @Test
    void aDayThatHadItsSamplesGetsNoMoreOnTheNext() throws Exception {
        Samples samples = samples(4);
        for (int i = 0; i < 1_000; i++) {
            answered(samples, true);
        }
        Set<String> opened = sampled();
        assertEquals(4, opened.size());
        now = now.plus(Duration.ofDays(1));
        kill();
        makeUp(4);
        assertEquals(opened, sampled());
    }

    @Test
    void anAnswerThatTookLongIsMadeUpForToo() throws Exception {
        Attempt slow = attempt(CHAT);
        write(List.of(slow));
        writeMany();
        write(List.of(allowed(slow)));
        kill();
        makeUp(Review.BLOCK, 1);
        assertEquals(Set.of(slow.id()), sampled());
    }

    @Test
    void whatWaitedLongBeforeTheKillIsMadeUpForToo() throws Exception {
        Attempt waits = attempt(CHAT);
        write(List.of(waits, allowed(waits)));
        writeMany();
        kill();
        makeUp(Review.BLOCK, 1);
        assertEquals(Set.of(waits.id()), sampled());
    }

    @Test
    void whatAPersonHasDecidedIsNotOpenedAgainHoweverOftenItIsMadeUpFor() throws Exception {
        Attempt lost = attempt(CHAT);
        write(List.of(lost, allowed(lost)));
        kill();
        makeUp(Review.BLOCK, 1);
        ReviewCase opened = cases.about(lost.id()).getFirst();
        ReviewCase decided =
                cases.decide(
                        new CaseChoice(
                                opened.id(),
                                opened.version(),
                                "anna",
                                "confirm",
                                "fair",
                                Optional.empty(),
                                Optional.empty(),
                                State.DECIDED,
                                HeldRequests.VALID),
                        List.of());
        kill();
        makeUp(Review.BLOCK, 1);
        assertEquals(List.of(decided), cases.about(lost.id()));
    }

    /** More entries than any queue has room for, of what nobody looks at. */
    private void writeMany() throws Exception {
        for (int i = 0; i < 30; i++) {
            List<Entry> drills = new ArrayList<>();
            for (int j = 0; j < 40; j++) {
                Attempt drill = attempt("demur.drill");
                drills.add(drill);
                drills.add(allowed(drill));
            }
            write(drills);
        }
    }

    @Test
    void aDayIsCountedOnceThoughOutcomesOfTwoDaysAreToldMixed() {
        Sampling sampling = new Sampling(lot, () -> new Review(1, 1, 1, 4));
        Instant midnight = Instant.parse("2026-03-03T00:00:00Z");
        for (int i = 0; i < 20_000; i++) {
            var unused =
                    sampling.draw(
                            attempt(CHAT), i % 2 == 0 ? midnight : midnight.minusNanos(1_000));
        }
        assertEquals(12, sampling.most());
    }

    /**
     * An exchange that is answered.
     *
     * @param opening whether what is drawn has its case before the kill
     * @return its attempt, where it was drawn
     */
    private Optional<String> answered(Samples samples, boolean opening) throws Exception {
        Attempt attempt = attempt(CHAT);
        Outcome outcome = allowed(attempt);
        write(List.of(attempt, outcome));
        Drawn drawn = samples.sampling().draw(attempt, outcome.at());
        if (drawn != Drawn.SAMPLE) {
            return Optional.empty();
        }
        if (opening) {
            var unused = samples.open(drawn, attempt, outcome);
        }
        return Optional.of(attempt.id());
    }

    /** What lies on the disk is what the next process begins with. */
    private void kill() throws Exception {
        Path from = folder;
        Path to = from.resolveSibling(from.getFileName() + "-next");
        long published = trail.publish();
        assertTrue(published > 0);
        copy(from, to);
        trail.close();
        folder = to;
        trail = begun(to);
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (var files = Files.walk(from)) {
            all = files.sorted().toList();
        }
        for (Path each : all) {
            Files.copy(
                    each,
                    to.resolve(from.relativize(each).toString()),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private Trail begun(Path place) throws Exception {
        return Trail.open(Trails.log(place, ring, Duration.ofHours(1)), Trails.start(), clock);
    }

    private Samples samples(int perBlock) {
        return samples(perBlock, 0.05);
    }

    private Samples samples(int perBlock, double share) {
        Review review = new Review(share, share, share, perBlock);
        return new Samples(cases, lot, ids, new Sampling(lot, () -> review), clock);
    }

    private void makeUp(int perBlock) throws Exception {
        makeUp(perBlock, 0.05);
    }

    private void makeUp(int perBlock, double share) throws Exception {
        try (Offload offload = new Offload("samples", 1, 16)) {
            new Sampler(samples(perBlock, share), offload).makeUp(trail.reader(), trail.publish());
            CompletableFuture<Boolean> behind = offload.submit(() -> true);
            assertTrue(behind.get(1, TimeUnit.MINUTES));
            assertEquals(0, offload.counts().failed());
        }
    }

    /** The attempts whose answers somebody is to look at. */
    private Set<String> sampled() throws Exception {
        Set<String> attempts = new TreeSet<>();
        for (ReviewCase each :
                cases.all(EnumSet.allOf(Kind.class), EnumSet.allOf(State.class), 9_999)) {
            assertEquals(Kind.SAMPLE, each.kind());
            assertTrue(attempts.add(each.attempt().orElseThrow()), "twice");
        }
        return attempts;
    }

    private void write(List<Entry> entries) throws Exception {
        trail.append(entries).get(1, TimeUnit.MINUTES);
    }

    private Outcome allowed(Attempt attempt) {
        return Outcome.bare(now, attempt.id(), Outcome.Result.ALLOW, "answered");
    }

    private Attempt attempt(String protocol) {
        return new Attempt(
                now,
                ids.next("att"),
                SUBJECT,
                SUBJECT,
                Optional.empty(),
                Optional.empty(),
                protocol,
                "m",
                "local",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Kept(
                        Kept.Mode.HASH_ONLY,
                        1,
                        Commitment.to(new byte[32], new byte[1]),
                        Optional.empty()));
    }
}
