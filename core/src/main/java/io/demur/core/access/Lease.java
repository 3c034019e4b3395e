package io.demur.core.access;

import java.time.Instant;

/**
 * A request that was admitted, until it is over. Who has one settles or releases it, whatever
 * becomes of the request. Safe for use by several threads.
 */
public final class Lease {

    private final Account account;
    private final Account.Share share;

    Lease(Account account, Account.Share share) {
        this.account = account;
        this.share = share;
    }

    /** It is over, and came to this many tokens. A second time says nothing. */
    public void settle(long tokensIn, long tokensOut, Instant now) {
        account.settle(share, used(tokensIn) + used(tokensOut), now);
    }

    /** It is over, and no model was asked: no tokens, neither in the minute nor in the day. */
    public void release(Instant now) {
        account.settle(share, 0, now);
    }

    /** Upstreams say what they like. */
    private static long used(long tokens) {
        return Math.clamp(tokens, 0, Limits.MOST);
    }
}
