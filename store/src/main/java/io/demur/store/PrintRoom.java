package io.demur.store;

import static io.demur.store.Tables.REQUEST_PRINT;
import static io.demur.store.Tables.WRITTEN;

import io.demur.store.RequestPrint.Kind;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

import java.util.Optional;

/**
 * How many prints are kept of one subject; the oldest make room. Each kind has its own: whoever
 * sends much makes nothing forgotten that was refused, and nor does whoever asks for it again and
 * again.
 *
 * @param refused of those that were refused
 * @param carried of those that were kept back only because another was refused
 * @param waiting of others that are to be compared
 * @param compared of others, of which only the last few are looked at again
 * @param page how many are read at once
 */
record PrintRoom(int refused, int carried, int waiting, int compared, int page) {

    static final PrintRoom USUAL = new PrintRoom(1_000, 1_000, 1_000, 64, 500);

    /** Of all that were refused, what memory has room for; of all others as many, and as many. */
    private static final int ALL_MAX = 100_000;

    private static final String SENT = "refused = " + Kind.SENT.kept();

    private static final String WERE_REFUSED = "refused = " + Kind.REFUSED.kept();

    /** Those that rest on another. */
    private static final String CARRIED =
            "refused IN (%d, %d)".formatted(Kind.CARRIED.kept(), Kind.REPEATED.kept());

    /** Forgets what one more of a kind leaves no room for. */
    void make(DSLContext db, String subject, Kind kind) {
        switch (kind) {
            case REFUSED -> make(db, subject, WERE_REFUSED, refused);
            case CARRIED, REPEATED -> make(db, subject, CARRIED, carried);
            case SENT -> {
                make(db, subject, SENT + " AND compared = 0", waiting);
                make(db, subject, SENT + " AND compared = 1", compared);
            }
        }
    }

    private static void make(DSLContext db, String subject, String which, int max) {
        String theirs = " FROM request_print WHERE subject = ? AND " + which;
        Optional<Long> beyond =
                Direct.first(
                        db,
                        "SELECT micros" + theirs + " ORDER BY micros DESC LIMIT 1 OFFSET ?",
                        row -> row.getLong(1),
                        subject,
                        max);
        if (beyond.isPresent()) {
            int gone =
                    Direct.change(
                            db, "DELETE" + theirs + " AND micros <= ?", subject, beyond.get());
            assert gone > 0;
        }
    }

    /** Forgets the oldest of too many, whosever they are; how many. */
    static int sweep(DSLContext db) {
        return sweep(db, WERE_REFUSED) + sweep(db, CARRIED) + sweep(db, SENT);
    }

    private static int sweep(DSLContext db, String of) {
        Condition which = DSL.condition(of);
        Long beyond =
                db.select(WRITTEN)
                        .from(REQUEST_PRINT)
                        .where(which)
                        .orderBy(WRITTEN.desc())
                        .offset(ALL_MAX)
                        .limit(1)
                        .fetchOne(WRITTEN);
        return beyond == null
                ? 0
                : db.deleteFrom(REQUEST_PRINT).where(which, WRITTEN.le(beyond)).execute();
    }
}
