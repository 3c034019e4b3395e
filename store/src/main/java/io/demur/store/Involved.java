package io.demur.store;

import static io.demur.store.Tables.ATTEMPT;
import static io.demur.store.Tables.CASE_DECISION;
import static io.demur.store.Tables.CASE_ID;
import static io.demur.store.Tables.ENTRY_TEXT;
import static io.demur.store.Tables.EXCHANGE;
import static io.demur.store.Tables.HELD_REQUEST;
import static io.demur.store.Tables.ID;
import static io.demur.store.Tables.PEOPLE;
import static io.demur.store.Tables.PRINCIPAL;
import static io.demur.store.Tables.REQUEST_PRINT;
import static io.demur.store.Tables.REVIEWER;
import static io.demur.store.Tables.REVIEW_CASE;
import static io.demur.store.Tables.TYPE;

import io.demur.record.entry.Review;

import org.jooq.DSLContext;
import org.jooq.impl.DSL;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who has had part in an exchange, by what the tables know, the log's rows among them.
 *
 * @param asked whose it is, as a pseudonym
 * @param decided who has decided about it: as a case of its own, as what was held, or as the
 *     refusal that an incident says was gone around
 */
public record Involved(Optional<String> asked, Set<String> decided) {

    public Involved {
        decided = Set.copyOf(decided);
    }

    static Involved of(DSLContext db, String attempt) {
        return new Involved(
                db.select(PRINCIPAL)
                        .from(EXCHANGE)
                        .where(ATTEMPT.eq(attempt))
                        .fetchOptional(PRINCIPAL),
                decided(db, attempt));
    }

    private static Set<String> decided(DSLContext db, String attempt) {
        Set<String> cases = cases(db, attempt);
        Set<String> decided =
                new HashSet<>(
                        db.select(REVIEWER)
                                .from(CASE_DECISION)
                                .where(ID.in(cases))
                                .fetch(REVIEWER));
        decided.addAll(
                db.select(REVIEWER)
                        .from(HELD_REQUEST)
                        .where(ATTEMPT.eq(attempt), REVIEWER.isNotNull())
                        .fetch(REVIEWER));
        // what was decided before these tables were put back is in the log alone
        for (String text :
                db.select(ENTRY_TEXT)
                        .from(PEOPLE)
                        .where(TYPE.eq("REVIEW"), ATTEMPT.eq(attempt).or(ID.in(cases)))
                        .fetch(ENTRY_TEXT)) {
            if (PeopleHistory.read(text) instanceof Review review) {
                decided.add(review.reviewer());
            }
        }
        return decided;
    }

    /** Those about it, and the incidents that it is part of, as the refused one or a later one. */
    private static Set<String> cases(DSLContext db, String attempt) {
        return new HashSet<>(
                db.select(ID)
                        .from(REVIEW_CASE)
                        .where(ATTEMPT.eq(attempt))
                        .union(
                                DSL.select(CASE_ID)
                                        .from(REQUEST_PRINT)
                                        .where(ATTEMPT.eq(attempt), CASE_ID.isNotNull()))
                        .union(
                                DSL.select(ID)
                                        .from(PEOPLE)
                                        .where(
                                                TYPE.eq("ROUTE_AROUND"),
                                                ATTEMPT.eq(attempt),
                                                ID.isNotNull()))
                        .fetch(ID));
    }
}
