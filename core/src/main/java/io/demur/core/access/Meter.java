package io.demur.core.access;

import io.demur.core.access.Admission.Exceeded;
import io.demur.core.access.Admission.Limit;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps count of what principals ask, and says whether they are within their limits.
 *
 * <p>How many tokens a request comes to is known only when it is over: what was estimated is set
 * aside for it, and made good when its lease is settled. So limits on tokens can be passed by what
 * was estimated too low, and then hold back what comes after. A request that is refused counts for
 * nothing.
 *
 * <p>The time is what callers say. Where it goes back by up to a minute it stands still; where it
 * goes back further, it was wrong before, and is believed. Memory is bounded: somebody who has
 * asked nothing lately makes room for others, but never somebody whose budget of today would be
 * forgotten. Safe for use by several threads; nothing waits.
 */
public final class Meter {

    private final int principalsMax;
    private final Map<String, Account> accounts = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Nobody has asked yet.
     *
     * @param principalsMax of how many it keeps count, at about 1 kB each
     */
    public Meter(int principalsMax) {
        if (principalsMax < 1) {
            throw new IllegalArgumentException("a meter counts at least one principal");
        }
        this.principalsMax = principalsMax;
    }

    /**
     * Admits a request, or says which limit it would exceed.
     *
     * @param estimate of the tokens that it comes to, asked and answered
     */
    public Admission admit(Caller caller, long estimate, Instant now) {
        if (estimate < 0) {
            throw new IllegalArgumentException("an estimate is 0 or more");
        }
        // held while it is asked too, so that it is not forgotten in between
        synchronized (accounts) {
            Account account = account(caller.principal(), now);
            if (account == null) {
                return new Exceeded(Limit.PRINCIPALS, principalsMax, Optional.empty());
            }
            return account.admit(caller.limits(), estimate, now);
        }
    }

    /**
     * Says how many tokens a principal has used today other than through this meter: before it was
     * made, or through others that share the budget. What was said before is replaced.
     */
    public void elsewhere(String principal, LocalDate day, long tokens, Instant now) {
        synchronized (accounts) {
            Account account = account(principal, now);
            if (account != null) {
                account.elsewhere(day, tokens);
            }
        }
    }

    /** How many principals are kept count of. */
    public int principals() {
        synchronized (accounts) {
            return accounts.size();
        }
    }

    private @Nullable Account account(String principal, Instant now) {
        Account found = accounts.get(principal);
        if (found != null) {
            return found;
        }
        if (accounts.size() >= principalsMax && !forgetOne(now)) {
            return null;
        }
        Account made = new Account();
        accounts.put(principal, made);
        return made;
    }

    /** Those asked about for longest come first. */
    private boolean forgetOne(Instant now) {
        for (Iterator<Account> each = accounts.values().iterator(); each.hasNext(); ) {
            if (each.next().isForgettable(now)) {
                each.remove();
                return true;
            }
        }
        return false;
    }
}
