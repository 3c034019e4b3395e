package io.demur.store;

import static io.demur.store.Tables.CLAIMANT;
import static io.demur.store.Tables.EXPIRES;
import static io.demur.store.Tables.HELD_REQUEST;
import static io.demur.store.Tables.ID;
import static io.demur.store.Tables.KIND;
import static io.demur.store.Tables.REVIEW_CASE;
import static io.demur.store.Tables.STATE;
import static io.demur.store.Tables.VERSION;

import io.demur.record.json.Json;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.Said;
import io.demur.store.ReviewCase.State;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Held requests as cases of the queue. Their rows are made when somebody looks for them, so that
 * whoever holds a request has nothing to do with the queue.
 */
final class HeldCases {

    private static final Condition HOLDS = KIND.eq(Kind.HOLD.name());
    private static final Condition UNDECIDED = STATE.in(State.OPEN.name(), State.SECOND.name());

    private static final Field<String> OF_CASE =
            DSL.field(DSL.name("review_case", "attempt"), String.class);
    private static final Field<String> OF_REQUEST =
            DSL.field(DSL.name("held_request", "attempt"), String.class);

    private HeldCases() {}

    /** The case of a held request, as its REVIEW entries name it. */
    static String id(String attempt) {
        return "case_" + attempt.substring(attempt.indexOf('_') + 1);
    }

    /** Whether a case is missing, or one is there that nobody has to decide any more. */
    static boolean behind(DSLContext db, long now) {
        return db.fetchExists(db.selectFrom(HELD_REQUEST).where(missing(now)))
                || db.fetchExists(db.selectFrom(REVIEW_CASE).where(over(now)));
    }

    /** Makes what is missing, and lets go of what is over. */
    static int gather(DSLContext db, long now, Duration service) {
        int changed = 0;
        for (HeldRequest held :
                db.selectFrom(HELD_REQUEST)
                        .where(missing(now))
                        .fetch(row -> HeldRequests.request(row, now))) {
            changed += insert(db, held, held.created().plus(service)) ? 1 : 0;
        }
        return changed
                + db.update(REVIEW_CASE)
                        .set(STATE, State.WITHDRAWN.name())
                        .set(VERSION, VERSION.plus(1))
                        .setNull(CLAIMANT)
                        .where(over(now))
                        .execute();
    }

    /** A person has decided of a held request, wherever they did. */
    static void decided(DSLContext db, HeldRequest held, Said said) {
        String id = id(held.attempt());
        boolean made = insert(db, held, held.expires());
        assert made || !id.isEmpty();
        int nr = CaseRows.find(db, id).map(it -> it.said().size()).orElse(0);
        CaseRows.say(db, id, nr, said);
        int changed =
                db.update(REVIEW_CASE)
                        .set(STATE, State.DECIDED.name())
                        .set(VERSION, VERSION.plus(1))
                        .setNull(CLAIMANT)
                        .where(ID.eq(id))
                        .execute();
        assert changed == 1;
    }

    private static boolean insert(DSLContext db, HeldRequest held, Instant due) {
        Json rules =
                new Json.Arr(held.rules().stream().map(it -> (Json) new Json.Str(it)).toList());
        return CaseRows.insert(
                db,
                ReviewCase.opened(
                        id(held.attempt()),
                        Kind.HOLD,
                        Optional.of(held.attempt()),
                        Optional.of(held.principal()),
                        held.project(),
                        held.hazard().map(it -> it.toLowerCase(Locale.ROOT)),
                        Optional.of(held.model()),
                        Optional.empty(),
                        new Json.Obj(
                                new TreeMap<>(
                                        Map.of(
                                                "protocol",
                                                new Json.Str(held.protocol()),
                                                "rules",
                                                rules))),
                        held.created(),
                        due));
    }

    private static Condition missing(long now) {
        return waits(now)
                .andNotExists(
                        DSL.selectOne().from(REVIEW_CASE).where(HOLDS, OF_CASE.eq(OF_REQUEST)));
    }

    private static Condition over(long now) {
        return HOLDS.and(UNDECIDED)
                .andNotExists(
                        DSL.selectOne()
                                .from(HELD_REQUEST)
                                .where(OF_REQUEST.eq(OF_CASE), waits(now)));
    }

    private static Condition waits(long now) {
        return STATE.in(List.of(HeldRequest.State.WAITING.name())).and(EXPIRES.gt(now));
    }
}
