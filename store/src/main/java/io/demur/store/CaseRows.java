package io.demur.store;

import static io.demur.store.Tables.ABOUT;
import static io.demur.store.Tables.ACCEPTABLE;
import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.CASE_DECISION;
import static io.demur.store.Tables.CASE_LOOK;
import static io.demur.store.Tables.CLAIMANT;
import static io.demur.store.Tables.CLAIMED;
import static io.demur.store.Tables.CREATED;
import static io.demur.store.Tables.DECISION;
import static io.demur.store.Tables.DUE;
import static io.demur.store.Tables.HAZARD;
import static io.demur.store.Tables.ID;
import static io.demur.store.Tables.KIND;
import static io.demur.store.Tables.MICROS;
import static io.demur.store.Tables.MODEL;
import static io.demur.store.Tables.MODEL_CLASS;
import static io.demur.store.Tables.NR;
import static io.demur.store.Tables.PROJECT;
import static io.demur.store.Tables.REASON;
import static io.demur.store.Tables.REVIEWER;
import static io.demur.store.Tables.REVIEW_CASE;
import static io.demur.store.Tables.SEVERITY;
import static io.demur.store.Tables.STATE;
import static io.demur.store.Tables.SUBJECT_ID;
import static io.demur.store.Tables.VERSION;

import io.demur.core.harm.Severity;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.demur.record.json.NotCanonical;
import io.demur.store.ReviewCase.Claim;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.Said;
import io.demur.store.ReviewCase.State;

import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.impl.DSL;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cases as rows: a case in one table, and in another what was decided of it. */
final class CaseRows {

    /** Those in which somebody still has to decide. */
    static final Condition UNDECIDED = STATE.in(State.UNDECIDED.stream().map(Enum::name).toList());

    private CaseRows() {}

    /** Puts one in, unless one of its id is there. */
    static boolean insert(DSLContext db, ReviewCase opened) {
        return db.insertInto(REVIEW_CASE)
                        .set(ID, opened.id())
                        .set(KIND, opened.kind().name())
                        .set(ATTEMPT, opened.attempt().orElse(null))
                        .set(SUBJECT_ID, opened.subject().orElse(null))
                        .set(PROJECT, opened.project().orElse(null))
                        .set(HAZARD, opened.hazard().orElse(null))
                        .set(MODEL, opened.model().orElse(null))
                        .set(MODEL_CLASS, opened.modelClass().orElse(null))
                        .set(ABOUT, Canonical.text(opened.about()))
                        .set(CREATED, Micros.of(opened.created()))
                        .set(DUE, Micros.of(opened.due()))
                        .set(STATE, State.OPEN.name())
                        .set(VERSION, 1L)
                        .onConflict(ID)
                        .doNothing()
                        .execute()
                > 0;
    }

    /** Puts down what somebody decided, as the next of its case. */
    static void say(DSLContext db, String id, int nr, Said said) {
        db.insertInto(CASE_DECISION)
                .set(ID, id)
                .set(NR, (long) nr)
                .set(REVIEWER, said.reviewer())
                .set(DECISION, said.decision())
                .set(REASON, said.reason())
                .set(ACCEPTABLE, said.acceptable().map(Object::toString).orElse(null))
                .set(SEVERITY, said.severity().map(Enum::name).orElse(null))
                .set(MICROS, Micros.of(said.at()))
                .execute();
    }

    /** Puts down who sees a case, and when last. */
    static void look(DSLContext db, String id, String reviewer, Instant at) {
        db.insertInto(CASE_LOOK)
                .set(REVIEWER, reviewer)
                .set(ID, id)
                .set(MICROS, Micros.of(at))
                .onConflict(REVIEWER, ID)
                .doUpdate()
                .set(MICROS, Micros.of(at))
                .execute();
    }

    static Optional<ReviewCase> find(DSLContext db, String id) {
        return all(db, ID.eq(id), 1).stream().findFirst();
    }

    /** Those of which something holds, the one that is due first first. */
    static List<ReviewCase> all(DSLContext db, Condition which, int max) {
        return all(db, which, max, DUE, ID);
    }

    /** The same, the newest first. */
    static List<ReviewCase> newest(DSLContext db, Condition which, int max) {
        return all(db, which, max, CREATED.desc(), ID.desc());
    }

    private static List<ReviewCase> all(
            DSLContext db, Condition which, int max, OrderField<?>... order) {
        List<Record> rows =
                List.copyOf(
                        db.selectFrom(REVIEW_CASE).where(which).orderBy(order).limit(max).fetch());
        Condition theirs =
                rows.size() < max
                        ? ID.in(DSL.select(ID).from(REVIEW_CASE).where(which))
                        : ID.in(rows.stream().map(row -> row.get(ID)).toList());
        Map<String, List<Said>> said =
                rows.isEmpty()
                        ? Map.of()
                        : db.selectFrom(CASE_DECISION)
                                .where(theirs)
                                .orderBy(ID, NR)
                                .fetchGroups(ID, CaseRows::said);
        return rows.stream()
                .map(row -> of(row, said.getOrDefault(row.get(ID), List.of())))
                .toList();
    }

    private static Said said(Record row) {
        return new Said(
                row.get(REVIEWER),
                row.get(DECISION),
                row.get(REASON),
                Optional.ofNullable(row.get(ACCEPTABLE)).map(Boolean::valueOf),
                Optional.ofNullable(row.get(SEVERITY)).map(Severity::valueOf),
                Micros.at(row.get(MICROS)));
    }

    private static ReviewCase of(Record row, List<Said> said) {
        Optional<Claim> claim =
                Optional.ofNullable(row.get(CLAIMANT))
                        .map(it -> new Claim(it, Micros.at(row.get(CLAIMED))));
        return new ReviewCase(
                row.get(ID),
                Kind.valueOf(row.get(KIND)),
                Optional.ofNullable(row.get(ATTEMPT)),
                Optional.ofNullable(row.get(SUBJECT_ID)),
                Optional.ofNullable(row.get(PROJECT)),
                Optional.ofNullable(row.get(HAZARD)),
                Optional.ofNullable(row.get(MODEL)),
                Optional.ofNullable(row.get(MODEL_CLASS)),
                json(row.get(ABOUT)),
                Micros.at(row.get(CREATED)),
                Micros.at(row.get(DUE)),
                State.valueOf(row.get(STATE)),
                row.get(VERSION),
                claim,
                said);
    }

    private static Json.Obj json(String text) {
        try {
            if (Canonical.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Json.Obj about) {
                return about;
            }
        } catch (NotCanonical e) {
            throw new IllegalStateException("a case is damaged: " + e.getMessage(), e);
        }
        throw new IllegalStateException("a case is damaged: what it is about is no object");
    }
}
