package io.demur.store;

import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.CASE_DECISION;
import static io.demur.store.Tables.CLAIMANT;
import static io.demur.store.Tables.DECIDED;
import static io.demur.store.Tables.DECISION;
import static io.demur.store.Tables.EXCHANGE;
import static io.demur.store.Tables.EXPIRES;
import static io.demur.store.Tables.HELD_REQUEST;
import static io.demur.store.Tables.ID;
import static io.demur.store.Tables.KIND;
import static io.demur.store.Tables.MICROS;
import static io.demur.store.Tables.REASON;
import static io.demur.store.Tables.REVIEWER;
import static io.demur.store.Tables.REVIEW_CASE;
import static io.demur.store.Tables.RULES;
import static io.demur.store.Tables.STATE;
import static io.demur.store.Tables.UNTIL;
import static io.demur.store.Tables.VERSION;

import io.demur.record.entry.Review;
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
import java.util.Set;
import java.util.TreeMap;

/**
 * Held requests as cases of the queue. Their rows are made when somebody looks for them, so that
 * whoever holds a request has nothing to do with the queue.
 */
final class HeldCases {

    private static final Condition HOLDS = KIND.eq(Kind.HOLD.name());

    private static final Field<String> OF_CASE =
            DSL.field(DSL.name("review_case", "attempt"), String.class);
    private static final Field<String> OF_REQUEST =
            DSL.field(DSL.name("held_request", "attempt"), String.class);
    private static final Set<HeldRequest.State> REOPENED =
            Set.of(HeldRequest.State.WAITING, HeldRequest.State.REFUSED);

    /** How a decision names the held request that a person has refused. */
    private static final String REFUSED_FOR = "refused:";

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

    /**
     * An appeal was upheld: where a person was to look first, or had refused it, that request is
     * released once the log has it.
     *
     * @param attempt what was appealed against
     */
    static void reopen(
            DSLContext db, PendingEntries entries, String attempt, CaseChoice choice, Instant at)
            throws StoreRefused {
        Optional<HeldRequest> held =
                HeldRequests.find(db, held(db, attempt), Micros.of(at))
                        .filter(it -> REOPENED.contains(it.state()));
        if (held.isEmpty()) {
            return;
        }
        HeldRequest there = held.get();
        int released =
                db.update(HELD_REQUEST)
                        .set(STATE, HeldRequest.State.RELEASING.name())
                        .set(DECIDED, Micros.of(at))
                        .set(REVIEWER, choice.reviewer())
                        .set(REASON, choice.reason())
                        .set(UNTIL, Micros.of(at.plus(choice.valid())))
                        .where(ATTEMPT.eq(there.attempt()), STATE.eq(there.state().name()))
                        .execute();
        if (released == 0) {
            throw new StoreRefused("`%s` was decided just now".formatted(there.attempt()));
        }
        Review review =
                new Review(
                        at,
                        id(there.attempt()),
                        there.attempt(),
                        choice.reviewer(),
                        "release",
                        choice.reason(),
                        false);
        // by the appeal's id: nothing of it holds before the log has all of it
        entries.add(db, choice.id() + "-released", review);
        decided(
                db,
                there,
                new Said(
                        choice.reviewer(),
                        "release",
                        choice.reason(),
                        Optional.empty(),
                        Optional.empty(),
                        at));
    }

    /** The request that a person has looked at: the attempt, or what it was refused for. */
    private static String held(DSLContext db, String attempt) {
        return db
                .select(RULES)
                .from(EXCHANGE)
                .where(ATTEMPT.eq(attempt), RULES.isNotNull())
                .fetchOptional(RULES)
                .stream()
                .flatMap(String::lines)
                .filter(rule -> rule.startsWith(REFUSED_FOR))
                .map(rule -> rule.substring(REFUSED_FOR.length()))
                .findFirst()
                .orElse(attempt);
    }

    /** Whether something else was decided behind what a person has refused, as by an appeal. */
    static boolean isOvertaken(DSLContext db, Review refusal) {
        return db.fetchExists(
                db.selectFrom(CASE_DECISION)
                        .where(
                                ID.eq(id(refusal.attempt())),
                                DECISION.eq(refusal.decision()),
                                REVIEWER.eq(refusal.reviewer()),
                                REASON.eq(refusal.reason()),
                                MICROS.lt(
                                        DSL.field(
                                                DSL.select(DECIDED)
                                                        .from(HELD_REQUEST)
                                                        .where(ATTEMPT.eq(refusal.attempt()))))));
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
        return HOLDS.and(CaseRows.UNDECIDED)
                .andNotExists(
                        DSL.selectOne()
                                .from(HELD_REQUEST)
                                .where(OF_REQUEST.eq(OF_CASE), waits(now)));
    }

    private static Condition waits(long now) {
        return STATE.in(List.of(HeldRequest.State.WAITING.name())).and(EXPIRES.gt(now));
    }
}
