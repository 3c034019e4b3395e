package io.demur.store;

import static io.demur.store.Tables.ASKED_PAIR;
import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.EXPIRES;
import static io.demur.store.Tables.LATER;
import static io.demur.store.Tables.MICROS;
import static io.demur.store.Tables.REFUSED_ATTEMPT;
import static io.demur.store.Tables.REQUEST_PRINT;
import static io.demur.store.Tables.SAID;
import static io.demur.store.Tables.SUBJECT_ID;

import org.jooq.DSLContext;
import org.jooq.Record;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Which pairs of a refused and a later request were put to a judge. Each is asked of once, whatever
 * breaks on the way, and all gateways of a store together ask no more in a day than may be, nor
 * more for one subject than its share; those that ask at the same moment may each go over it by
 * one. Safe for use by several threads and processes; none of the threads virtual.
 */
public final class AskedPairs {

    private static final Duration DAY = Duration.ofDays(1);

    private static final String SAME = "same";
    private static final String OTHER = "other";

    private final Store store;
    private final InstantSource clock;

    public AskedPairs(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * How many pairs may be asked of in 24 hours.
     *
     * @param perDayMax all together, more than 0
     * @param ofOneMax those whose later request is the same subject's, more than 0
     */
    public record Allowance(int perDayMax, int ofOneMax) {

        /** A quarter of them at most is one subject's, rounded up. */
        private static final int SHARES = 4;

        public Allowance {
            if (perDayMax < 1 || ofOneMax < 1) {
                throw new IllegalArgumentException(
                        "`%d` questions a day, `%d` of one, are not more than 0"
                                .formatted(perDayMax, ofOneMax));
            }
        }

        /** So many, of which nobody takes more than a quarter, rounded up. */
        public static Allowance shared(int perDayMax) {
            return new Allowance(perDayMax, Math.ceilDiv(perDayMax, SHARES));
        }
    }

    /** What is known of a pair. */
    public sealed interface Known {

        /** Nobody has asked, and who is told so asks now. */
        record Fresh() implements Known {}

        /** Nobody has asked, and nobody may today. */
        record Spent() implements Known {}

        /** The same, because whoever sent the later request has had a share of the day. */
        record Shared() implements Known {}

        /** Nothing is left of the later request: it was erased, or its time is over. */
        record Gone() implements Known {}

        /** Somebody has asked, and there is no answer: not yet, or none that will come. */
        record Open(Instant since) implements Known {}

        /** It was asked, and answered. */
        record Said(boolean same) implements Known {}
    }

    /**
     * Takes note that a pair is asked of, where that is to be done.
     *
     * @param later attempt of the later request
     * @param refused attempt of the refused one
     * @param most how many may be
     */
    public Known begin(String later, String refused, Allowance most) throws StoreFailed {
        long now = Micros.of(clock.instant());
        return store.change(
                db -> {
                    Optional<Known> known = known(db, later, refused);
                    if (known.isPresent()) {
                        return known.get();
                    }
                    long since = now - DAY.toNanos() / 1_000;
                    if (db.fetchCount(ASKED_PAIR, MICROS.gt(since)) >= most.perDayMax()) {
                        return new Known.Spent();
                    }
                    Optional<Record> print =
                            db.selectFrom(REQUEST_PRINT)
                                    .where(ATTEMPT.eq(later))
                                    .fetchOptional()
                                    .filter(it -> Subjects.lock(db, it.get(SUBJECT_ID), false));
                    if (print.isEmpty()) {
                        return new Known.Gone();
                    }
                    String subject = print.get().get(SUBJECT_ID);
                    if (db.fetchCount(ASKED_PAIR, SUBJECT_ID.eq(subject), MICROS.gt(since))
                            >= most.ofOneMax()) {
                        return new Known.Shared();
                    }
                    int added =
                            db.insertInto(ASKED_PAIR)
                                    .set(LATER, later)
                                    .set(REFUSED_ATTEMPT, refused)
                                    .set(SUBJECT_ID, subject)
                                    .set(MICROS, now)
                                    .set(EXPIRES, print.get().get(EXPIRES))
                                    .onConflictDoNothing()
                                    .execute();
                    return added > 0 ? new Known.Fresh() : new Known.Open(Micros.at(now));
                });
    }

    private static Optional<Known> known(DSLContext db, String later, String refused) {
        return db.selectFrom(ASKED_PAIR)
                .where(LATER.eq(later), REFUSED_ATTEMPT.eq(refused))
                .fetchOptional(AskedPairs::known);
    }

    private static Known known(Record row) {
        String said = row.get(SAID);
        return said == null
                ? new Known.Open(Micros.at(row.get(MICROS)))
                : new Known.Said(said.equals(SAME));
    }

    /** Takes note of what was answered. */
    public void said(String later, String refused, boolean same) throws StoreFailed {
        store.<Integer>change(
                db ->
                        db.update(ASKED_PAIR)
                                .set(SAID, same ? SAME : OTHER)
                                .where(LATER.eq(later), REFUSED_ATTEMPT.eq(refused))
                                .execute());
    }

    /** Forgets those whose time is over. */
    static int forget(DSLContext db, Instant now) {
        return db.deleteFrom(ASKED_PAIR).where(EXPIRES.le(Micros.of(now))).execute();
    }

    /** Forgets all of a subject. */
    static void forget(DSLContext db, String subject) {
        db.deleteFrom(ASKED_PAIR).where(SUBJECT_ID.eq(subject)).execute();
    }
}
