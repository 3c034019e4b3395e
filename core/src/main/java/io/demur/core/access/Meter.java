package io.demur.core.access;

import io.demur.core.access.Admission.Admitted;
import io.demur.core.access.Admission.Exceeded;
import io.demur.core.access.Admission.Limit;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Keeps count of what principals ask, and what is asked for projects, and says whether it is within
 * the limits of both.
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
    private final Accounts principals;
    private final Accounts projects;

    /**
     * Nobody has asked yet.
     *
     * @param principalsMax of how many it keeps count, and of how many projects, at about 1 kB each
     */
    public Meter(int principalsMax) {
        if (principalsMax < 1) {
            throw new IllegalArgumentException("a meter counts at least one principal");
        }
        this.principalsMax = principalsMax;
        principals = new Accounts(principalsMax);
        projects = new Accounts(principalsMax);
    }

    /**
     * Admits a request, or says which limit it would exceed, of the principal or else of the
     * project.
     *
     * @param estimate of the tokens that it comes to, asked and answered
     */
    public Admission admit(Caller caller, long estimate, Instant now) {
        if (estimate < 0) {
            throw new IllegalArgumentException("an estimate is 0 or more");
        }
        // held while both are asked, so that neither is forgotten or taken from in between
        synchronized (principals) {
            Account own = principals.of(caller.principal(), now);
            if (own == null) {
                return full();
            }
            Optional<Exceeded> exceeded = own.exceeded(caller.limits(), estimate, now);
            if (exceeded.isPresent()) {
                return exceeded.get();
            }
            if (caller.project().isEmpty()) {
                return new Admitted(new Lease(List.of(own.take(estimate, now))));
            }
            String project = caller.project().get();
            Account shared = projects.of(project, now);
            if (shared == null) {
                return full();
            }
            exceeded = shared.exceeded(caller.projectLimits(), estimate, now);
            if (exceeded.isPresent()) {
                return exceeded.get().of(project);
            }
            return new Admitted(
                    new Lease(List.of(own.take(estimate, now), shared.take(estimate, now))));
        }
    }

    private Exceeded full() {
        return new Exceeded(Limit.PRINCIPALS, principalsMax, Optional.empty());
    }

    /**
     * Says how many tokens a principal has used today other than through this meter: before it was
     * made, or through others that share the budget. What was said before is replaced.
     */
    public void elsewhere(String principal, LocalDate day, long tokens, Instant now) {
        elsewhere(principals, principal, day, tokens, now);
    }

    /** The same of a project. */
    public void elsewhereOfProject(String project, LocalDate day, long tokens, Instant now) {
        elsewhere(projects, project, day, tokens, now);
    }

    private void elsewhere(
            Accounts accounts, String name, LocalDate day, long tokens, Instant now) {
        synchronized (principals) {
            Account account = accounts.of(name, now);
            if (account != null) {
                account.elsewhere(day, tokens);
            }
        }
    }

    /** How many principals are kept count of. */
    public int principals() {
        synchronized (principals) {
            return principals.size();
        }
    }
}
