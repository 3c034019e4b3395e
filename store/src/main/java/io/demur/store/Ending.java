package io.demur.store;

import static io.demur.store.Tables.DECISION;
import static io.demur.store.Tables.REFUSED_BY;
import static io.demur.store.Tables.RESULT;

import org.jooq.Field;
import org.jooq.impl.DSL;

/** What became of an exchange, in one word. */
public enum Ending {
    /** The answer, without conditions. */
    ANSWERED,
    /** The answer, under the policy's conditions. */
    CONDITIONED,
    /** The beginning of an answer, whose rest stayed back. */
    PARTIAL,
    /** A person is to look first. */
    HELD,
    /** A refusal of the gateway's. */
    BY_GATEWAY,
    /** A refusal that a provider's interface says is one. */
    BY_PROVIDER,
    /** A refusal in a model's own words. */
    BY_MODEL,
    /** An error, or nothing that is known. */
    FAILED,
    /** No outcome as yet. */
    OPEN;

    /** Whether it was declined, by whomever. */
    public boolean isDeclined() {
        return this == BY_GATEWAY || this == BY_PROVIDER || this == BY_MODEL;
    }

    /** Whether any of the answer was kept from the caller. */
    public boolean isKeptBack() {
        return isDeclined() || this == HELD || this == PARTIAL;
    }

    /** Whether the caller got an answer. */
    public boolean isAnswered() {
        return this == ANSWERED || this == CONDITIONED;
    }

    /** That of a row of table {@code exchange}. */
    static Field<String> column() {
        return DSL.when(RESULT.isNull(), word(OPEN))
                .when(RESULT.eq("ALLOW").and(DECISION.eq("condition")), word(CONDITIONED))
                .when(RESULT.eq("ALLOW"), word(ANSWERED))
                .when(RESULT.eq("PARTIAL"), word(PARTIAL))
                .when(RESULT.eq("REVIEW"), word(HELD))
                .when(RESULT.eq("REFUSE_LOCAL"), word(BY_GATEWAY))
                .when(
                        RESULT.eq("REFUSE_UPSTREAM").and(REFUSED_BY.eq("PROVIDER")),
                        word(BY_PROVIDER))
                .when(RESULT.eq("REFUSE_UPSTREAM"), word(BY_MODEL))
                .otherwise(word(FAILED));
    }

    private static Field<String> word(Ending ending) {
        return DSL.inline(ending.name());
    }
}
