package io.demur.store;

import static io.demur.store.Tables.*;

import org.jooq.Field;
import org.jooq.impl.DSL;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What principals use, by project and UTC day. It is counted in memory and written from time to
 * time, each time the whole of what this run of a program has counted: so writing twice counts
 * once, and what a crash loses is at most what was counted since the last time. The outcomes in the
 * log have it all.
 *
 * <p>Safe for use by several threads; runs of other processes have rows of their own.
 */
public final class Spending {

    /** For how long nothing was counted of a day that is over, by a clock that nobody sets. */
    private static final Duration IDLE = Duration.ofDays(2);

    /** Where it stands when something was counted last, behind requests, tokens in and out. */
    private static final int LAST = 3;

    private final Store store;
    private final String run;
    private final LongSupplier nanos;
    private final Map<Whose, long[]> counted = new HashMap<>();
    private final Set<Whose> changed = new HashSet<>();

    /**
     * The counting of one run.
     *
     * @param run an id that no other run has
     */
    public Spending(Store store, String run) {
        this(store, run, System::nanoTime);
    }

    /**
     * The same.
     *
     * @param nanos a clock that only goes forward
     */
    Spending(Store store, String run, LongSupplier nanos) {
        this.store = store;
        this.run = run;
        this.nanos = nanos;
    }

    private record Whose(String principal, String project, long day) {}

    /**
     * What somebody used in a day.
     *
     * @param project nothing for what was asked without one
     */
    public record Line(
            String principal,
            Optional<String> project,
            LocalDate day,
            long requests,
            long tokensIn,
            long tokensOut) {}

    /** Counts a request that is over. In memory: this can be called from anywhere. */
    public void add(
            String principal, Optional<String> project, Instant at, long tokensIn, long tokensOut) {
        Whose whose = new Whose(principal, project.orElse(""), day(at));
        synchronized (counted) {
            long[] sums = counted.computeIfAbsent(whose, it -> new long[LAST + 1]);
            sums[0]++;
            sums[1] += Math.max(0, tokensIn);
            sums[2] += Math.max(0, tokensOut);
            sums[LAST] = nanos.getAsLong();
            changed.add(whose);
        }
    }

    /** Writes what was counted since the last time, and forgets days that are over. */
    public void flush(Instant now) throws StoreFailed {
        Map<Whose, long[]> due = new HashMap<>();
        synchronized (counted) {
            changed.forEach(
                    it -> due.put(it, counted.getOrDefault(it, new long[LAST + 1]).clone()));
            changed.clear();
        }
        if (due.isEmpty()) {
            return;
        }
        try {
            store.change(
                    db -> {
                        due.forEach(
                                (whose, sums) ->
                                        db.insertInto(SPENDING)
                                                .set(PRINCIPAL, whose.principal())
                                                .set(PROJECT, whose.project())
                                                .set(DAY, whose.day())
                                                .set(RUN, run)
                                                .set(REQUESTS, sums[0])
                                                .set(TOKENS_IN, sums[1])
                                                .set(TOKENS_OUT, sums[2])
                                                .onConflict(PRINCIPAL, PROJECT, DAY, RUN)
                                                .doUpdate()
                                                .set(REQUESTS, sums[0])
                                                .set(TOKENS_IN, sums[1])
                                                .set(TOKENS_OUT, sums[2])
                                                .execute());
                        return due.size();
                    });
        } catch (StoreFailed | RuntimeException e) {
            synchronized (counted) {
                changed.addAll(due.keySet());
            }
            throw e;
        }
        long today = day(now);
        long idleSince = nanos.getAsLong() - IDLE.toNanos();
        synchronized (counted) {
            // yesterday's last requests may still be on their way, and a clock that is ahead may be
            // put right: what is counted from nothing again would replace what was written
            counted.entrySet()
                    .removeIf(
                            it ->
                                    it.getKey().day() < today - 1
                                            && it.getValue()[LAST] - idleSince < 0
                                            && !changed.contains(it.getKey()));
        }
    }

    /** How many tokens each principal used on a day other than in this run, as far as written. */
    public Map<String, Long> elsewhere(LocalDate day) throws StoreFailed {
        return elsewhere(day, PRINCIPAL);
    }

    /** How many were used for each project, likewise. */
    public Map<String, Long> elsewhereForProjects(LocalDate day) throws StoreFailed {
        Map<String, Long> found = elsewhere(day, PROJECT);
        found.remove("");
        return found;
    }

    private Map<String, Long> elsewhere(LocalDate day, Field<String> by) throws StoreFailed {
        var sum = DSL.sum(TOKENS_IN.plus(TOKENS_OUT));
        return store.read(
                db -> {
                    Map<String, Long> found = new HashMap<>();
                    db.select(by, sum)
                            .from(SPENDING)
                            .where(DAY.eq(day.toEpochDay()), RUN.ne(run))
                            .groupBy(by)
                            .forEach(row -> found.put(row.value1(), whole(row.value2())));
                    return found;
                });
    }

    /** What was used from one day to another, both included, as far as written. */
    public List<Line> lines(LocalDate from, LocalDate to) throws StoreFailed {
        return lines(store, from, to);
    }

    /** The same for who counts nothing. */
    public static List<Line> lines(Store store, LocalDate from, LocalDate to) throws StoreFailed {
        var requests = DSL.sum(REQUESTS);
        var in = DSL.sum(TOKENS_IN);
        var out = DSL.sum(TOKENS_OUT);
        return store.read(
                db -> {
                    List<Line> lines = new ArrayList<>();
                    db.select(PRINCIPAL, PROJECT, DAY, requests, in, out)
                            .from(SPENDING)
                            .where(DAY.between(from.toEpochDay(), to.toEpochDay()))
                            .groupBy(PRINCIPAL, PROJECT, DAY)
                            .orderBy(DAY, PRINCIPAL, PROJECT)
                            .forEach(
                                    row ->
                                            lines.add(
                                                    new Line(
                                                            row.value1(),
                                                            Optional.of(row.value2())
                                                                    .filter(it -> !it.isEmpty()),
                                                            LocalDate.ofEpochDay(row.value3()),
                                                            whole(row.value4()),
                                                            whole(row.value5()),
                                                            whole(row.value6()))));
                    return lines;
                });
    }

    private static long whole(BigDecimal sum) {
        return sum.longValueExact();
    }

    private static long day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC).toEpochDay();
    }
}
