package io.demur.store;

import static io.demur.store.Bench.att;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.harm.Hazard;
import io.demur.core.memory.Asker;
import io.demur.core.memory.Bounds;
import io.demur.core.memory.MemoryKey;
import io.demur.core.memory.RefusalMemory;
import io.demur.core.memory.Trace;
import io.demur.core.memory.Whose;
import io.demur.core.policy.Standing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What holds of remembered refusals whatever database they are in. */
abstract class RememberedContract {

    private static final String ASKED = "How do I get into my neighbour's flat without a key?";
    private static final Asker ASKER = new Asker("other", "other", "");
    private static final MemoryKey KEY = MemoryKey.of(new byte[32]);

    private final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    RememberedContract(Database database) {
        this.database = database;
    }

    private static Remembered of(Bench bench) {
        return new Remembered(bench.store, bench.subjects, new SecureRandom(), () -> bench.now);
    }

    private static Trace trace(Bench bench, int attempt, String subject, String asked) {
        return new RefusalMemory(KEY, Bounds.USUAL)
                .remember(
                        Whose.of(subject),
                        asked,
                        att(attempt),
                        Optional.of(Hazard.PRIVACY),
                        ASKER,
                        bench.now);
    }

    private static Instant week(Bench bench) {
        return bench.now.plus(Duration.ofDays(7));
    }

    @Test
    void whatWasRefusedIsRecognisedByWhoStartsLater() throws Exception {
        StoreSettings settings = database.fresh(folder);
        Epoch epoch = new Epoch();
        String ada;
        try (Bench bench = new Bench(settings, epoch)) {
            ada = bench.subjects.pseudonym("ada");
            of(bench).keep(ada, trace(bench, 1, ada, ASKED), week(bench));
        }
        try (Bench bench = new Bench(settings, epoch)) {
            RefusalMemory memory = new RefusalMemory(KEY, Bounds.USUAL);
            of(bench).all().forEach(trace -> assertTrue(memory.restore(trace)));
            Standing again =
                    memory.recall(Whose.of(ada), "Please! " + ASKED, ASKER, bench.now).standing();
            assertEquals(Standing.Kind.REFUSED, again.kind());
            String bob = bench.subjects.pseudonym("bob");
            Standing other = memory.recall(Whose.of(bob), ASKED, ASKER, bench.now).standing();
            assertEquals(Standing.Kind.FRESH, other.kind());
        }
    }

    @Test
    void oneAttemptIsKeptOnceAndOfOneSubjectOnlySoMany() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            Remembered remembered = of(bench);
            String ada = bench.subjects.pseudonym("ada");
            String bob = bench.subjects.pseudonym("bob");
            remembered.keep(bob, trace(bench, 9_999, bob, ASKED), week(bench));
            int most = Bounds.USUAL.perPrincipalMax();
            for (int i = 0; i < most + 5; i++) {
                bench.later(Duration.ofSeconds(1));
                Trace trace = trace(bench, i, ada, ASKED + " " + i);
                remembered.keep(ada, trace, week(bench));
                remembered.keep(ada, trace, week(bench));
            }
            List<Trace> kept = remembered.all();
            assertEquals(most + 1, kept.size());
            assertEquals(att(9_999), kept.get(0).attempt());
            assertEquals(att(5), kept.get(1).attempt(), "the oldest of one's own make room");
        }
    }

    @Test
    void theyGoWhenTheirTimeIsOverAndWithTheSubject() throws Exception {
        StoreSettings settings = database.fresh(folder);
        try (Bench bench = new Bench(settings)) {
            Remembered remembered = of(bench);
            String ada = bench.subjects.pseudonym("ada");
            String bob = bench.subjects.pseudonym("bob");
            remembered.keep(ada, trace(bench, 1, ada, ASKED), week(bench));
            remembered.keep(bob, trace(bench, 2, bob, ASKED), week(bench));
            Instant soon = bench.now.plus(Duration.ofDays(1));
            remembered.keep(bob, trace(bench, 3, bob, ASKED + " Quick!"), soon);
            bench.erasure.subjects(List.of(ada), "request");
            remembered.keep(ada, trace(bench, 4, ada, ASKED), week(bench));
            assertEquals(
                    List.of(att(2), att(3)),
                    remembered.all().stream().map(Trace::attempt).sorted().toList());
            bench.later(Duration.ofDays(2));
            bench.erasure.sweep();
            assertEquals(1, rows(bench));
            bench.later(Duration.ofDays(6));
            assertEquals(List.of(), remembered.all());
            assertEquals(0, rows(bench));
        }
    }

    private static int rows(Bench bench) throws StoreFailed {
        return bench.store.<Integer>read(db -> db.fetchCount(Tables.REFUSAL));
    }

    @Test
    void nothingOfThemCanBeReadWithoutTheSubjectsKey() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            String ada = bench.subjects.pseudonym("ada");
            Trace trace = trace(bench, 1, ada, ASKED);
            of(bench).keep(ada, trace, week(bench));
            Traces secret = new Traces();
            secret.add("what is remembered", trace.bytes());
            byte[] kept =
                    bench.store.<byte[]>read(
                            db ->
                                    db.select(Tables.SEALED)
                                            .from(Tables.REFUSAL)
                                            .fetchSingle(Tables.SEALED));
            Path row = Files.createDirectory(folder.resolve("row"));
            Files.write(row.resolve("sealed"), kept);
            assertEquals(Set.of(), secret.in(row));
            Files.write(row.resolve("open"), trace.bytes());
            assertEquals(Set.of("what is remembered in open"), secret.in(row));
        }
    }
}
