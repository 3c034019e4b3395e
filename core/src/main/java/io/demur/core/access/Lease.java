package io.demur.core.access;

import java.time.Instant;
import java.util.List;

/**
 * A request that was admitted, until it is over. Who has one settles or releases it, whatever
 * becomes of the request. Safe for use by several threads.
 */
public final class Lease {

    private final List<Account.Share> shares;

    Lease(List<Account.Share> shares) {
        this.shares = List.copyOf(shares);
    }

    /** It is over, and came to this many tokens. A second time says nothing. */
    public void settle(long tokensIn, long tokensOut, Instant now) {
        long used = used(tokensIn) + used(tokensOut);
        shares.forEach(share -> share.settle(used, now));
    }

    /** It is over, and no model was asked: no tokens, neither in the minute nor in the day. */
    public void release(Instant now) {
        shares.forEach(share -> share.settle(0, now));
    }

    /** Upstreams say what they like. */
    private static long used(long tokens) {
        return Math.clamp(tokens, 0, Limits.MOST);
    }
}
