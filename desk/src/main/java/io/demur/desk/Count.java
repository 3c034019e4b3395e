package io.demur.desk;

import io.demur.store.Ending;

import java.util.Locale;

/**
 * What the ledger counts of a line. {@code docs/reference/ledger.md} defines each, so that somebody
 * else can count it again.
 */
public enum Count {
    /** Exchanges, however they ended. */
    REQUESTS,
    ANSWERED,
    CONDITIONED,
    PARTIAL,
    HELD,
    DECLINED_BY_GATEWAY,
    DECLINED_BY_PROVIDER,
    DECLINED_BY_MODEL,
    FAILED,
    OPEN,
    /** Declined long enough ago to know what came next. */
    OBSERVED,
    /** Of those, after which nothing more was asked in that conversation. */
    ABANDONED,
    /** Of those, after which the same principal asked anything at all. */
    RETURNED,
    /** Appeals, however they stand. */
    APPEALED,
    UPHELD,
    DENIED,
    WITHDRAWN,
    /** Kept back, and the request came again elsewhere without anybody's leave. */
    ROUTED_AROUND,
    /** Of those, to another class of model. */
    LEFT,
    /** Of those, that look harmless, so that the refusal is in doubt. */
    LOOKED_HARMLESS,
    /** Kept back, and the request went another way by the policy's or a person's leave. */
    WENT_BY_LEAVE,
    UP_AFTER_REFUSAL,
    DOWN_AFTER_REFUSAL,
    UP_AFTER_ANSWER,
    DOWN_AFTER_ANSWER,
    /** Kept back, and a person has looked. */
    REVIEWED,
    NOT_LOOKED_AT,
    CONFIRMED,
    OVERTURNED,
    PREVENTED_GRAVE,
    PREVENTED_SERIOUS,
    PREVENTED_MINOR,
    /** Confirmed, and a reviewer found that nobody would have come to harm. */
    PREVENTED_NONE,
    /** Confirmed, and the reviewer has not said how severe it would have been. */
    PREVENTED_UNSAID,
    /** Whether this organisation should do what was asked, where a reviewer was asked that. */
    ACCEPTABLE,
    UNACCEPTABLE,
    /** Answered, and a person has looked. */
    ANSWERS_REVIEWED,
    /** Of those, that should not have been answered. */
    ANSWERS_WRONG;

    /** As it is written in files and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that counts exchanges that ended so. */
    static Count of(Ending ending) {
        return switch (ending) {
            case ANSWERED -> ANSWERED;
            case CONDITIONED -> CONDITIONED;
            case PARTIAL -> PARTIAL;
            case HELD -> HELD;
            case BY_GATEWAY -> DECLINED_BY_GATEWAY;
            case BY_PROVIDER -> DECLINED_BY_PROVIDER;
            case BY_MODEL -> DECLINED_BY_MODEL;
            case FAILED -> FAILED;
            case OPEN -> OPEN;
        };
    }
}
