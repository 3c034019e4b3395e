package io.demur.store;

import static io.demur.store.Bench.att;
import static io.demur.store.Printed.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.store.AskedPairs.Allowance;
import io.demur.store.AskedPairs.Known;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What holds of pairs that are asked of, whatever database they are in. */
abstract class AskedPairsContract {

    private static final int MANY = 100;

    private final Database database;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    AskedPairsContract(Database database) {
        this.database = database;
    }

    private static AskedPairs of(Bench bench) {
        return new AskedPairs(bench.store, () -> bench.now);
    }

    private static Known begin(Bench bench, int later, int refused, int max) throws Exception {
        return begin(bench, later, refused, max, max);
    }

    private static Known begin(Bench bench, int later, int refused, int max, int ofOne)
            throws Exception {
        return of(bench).begin(att(later), att(refused), new Allowance(max, ofOne));
    }

    @Test
    void eachPairIsAskedOfOnceAndWhatWasSaidIsKnownAfterARestart() throws Exception {
        StoreSettings settings = database.fresh(folder);
        Epoch epoch = new Epoch();
        try (Bench bench = new Bench(settings, epoch)) {
            String ada = bench.subjects.pseudonym("ada");
            Printed.of(bench, "a").keep(print(bench, 2, ada, false, false));
            assertEquals(new Known.Fresh(), begin(bench, 2, 1, MANY));
            assertEquals(new Known.Open(bench.now), begin(bench, 2, 1, MANY));
            assertEquals(new Known.Fresh(), begin(bench, 2, 3, MANY));
            of(bench).said(att(2), att(3), false);
            of(bench).said(att(2), att(1), true);
        }
        try (Bench bench = new Bench(settings, epoch)) {
            assertEquals(new Known.Said(true), begin(bench, 2, 1, MANY));
            assertEquals(new Known.Said(false), begin(bench, 2, 3, MANY));
        }
    }

    @Test
    void noMoreAreAskedOfInADayThanMayBe() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            RequestPrints prints = Printed.of(bench, "a");
            String ada = bench.subjects.pseudonym("ada");
            for (int later = 2; later < 6; later++) {
                prints.keep(print(bench, later, ada, false, false));
            }
            assertEquals(new Known.Fresh(), begin(bench, 2, 1, 2));
            bench.later(Duration.ofHours(12));
            assertEquals(new Known.Fresh(), begin(bench, 3, 1, 2));
            assertEquals(new Known.Spent(), begin(bench, 4, 1, 2));
            assertEquals(
                    new Known.Open(bench.now.minus(Duration.ofHours(12))), begin(bench, 2, 1, 2));
            bench.later(Duration.ofHours(12));
            assertEquals(new Known.Fresh(), begin(bench, 4, 1, 2));
            assertEquals(new Known.Spent(), begin(bench, 5, 1, 2));
        }
    }

    @Test
    void nobodyTakesMoreThanAShareOfTheDay() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            RequestPrints prints = Printed.of(bench, "a");
            String ada = bench.subjects.pseudonym("ada");
            String bob = bench.subjects.pseudonym("bob");
            for (int later = 2; later < 5; later++) {
                prints.keep(print(bench, later, ada, false, false));
            }
            prints.keep(print(bench, 5, bob, false, false));
            assertEquals(new Known.Fresh(), begin(bench, 2, 1, MANY, 2));
            bench.later(Duration.ofHours(12));
            assertEquals(new Known.Fresh(), begin(bench, 3, 1, MANY, 2));
            assertEquals(new Known.Shared(), begin(bench, 4, 1, MANY, 2));
            assertEquals(new Known.Fresh(), begin(bench, 5, 1, MANY, 2));
            bench.later(Duration.ofHours(12));
            assertEquals(new Known.Fresh(), begin(bench, 4, 1, MANY, 2));
        }
    }

    @Test
    void aShareIsAQuarterOfTheDayAndNeverNothing() {
        assertEquals(new Allowance(500, 125), Allowance.shared(500));
        assertEquals(new Allowance(9, 3), Allowance.shared(9));
        assertEquals(new Allowance(1, 1), Allowance.shared(1));
    }

    @Test
    void itGoesWithTheSubjectAndWhenItsTimeIsOver() throws Exception {
        try (Bench bench = new Bench(database.fresh(folder))) {
            RequestPrints prints = Printed.of(bench, "a");
            String ada = bench.subjects.pseudonym("ada");
            String bob = bench.subjects.pseudonym("bob");
            prints.keep(print(bench, 2, ada, false, false));
            prints.keep(print(bench, 3, bob, false, false));
            assertEquals(new Known.Fresh(), begin(bench, 2, 1, MANY));
            assertEquals(new Known.Fresh(), begin(bench, 3, 1, MANY));
            bench.erasure.subjects(List.of(ada), "request");
            assertEquals(new Known.Gone(), begin(bench, 2, 1, MANY));
            assertEquals(new Known.Open(bench.now), begin(bench, 3, 1, MANY));
            bench.later(Duration.ofDays(8));
            int swept = prints.sweep();
            assertEquals(1, swept);
            assertEquals(new Known.Gone(), begin(bench, 3, 1, MANY));
        }
    }
}
