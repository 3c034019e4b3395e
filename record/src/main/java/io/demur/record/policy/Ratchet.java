package io.demur.record.policy;

import io.demur.core.Problem;
import io.demur.core.charter.Direction;
import io.demur.core.charter.Settings;
import io.demur.record.policy.Statement.PolicyStatement;
import io.demur.record.policy.Statement.RollbackStatement;
import io.demur.record.policy.Statement.SealStatement;
import io.demur.record.policy.Statement.TrustStatement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules by which a policy may change. The same rules say what may be written into the log and
 * what is believed of it afterwards.
 *
 * <p>A stronger or equal policy needs an author. A weaker one, one that expires, and a change of
 * trust need an author and another who approves, a reason, and the delay from the entry that shows
 * them approved. Until the deployment is sealed an author is enough for all of it.
 */
final class Ratchet {

    /** How long after its activation a policy can be rolled back. */
    static final Duration BACK = Duration.ofHours(24);

    private static final String ANEW = "draft it anew over what is in force, and have it signed";

    private final Readings readings;

    Ratchet(Readings readings) {
        this.readings = readings;
    }

    /**
     * Whether what the log says was done bears scrutiny. An expiry is no longer asked for where two
     * have signed that there is none: over a policy whose file was lost it was not needed, and
     * putting the file back must not end all belief.
     */
    Admission borne(Chain chain, Statement statement, Set<String> signed, Instant at, String file) {
        return rule(chain, statement, signed, at, file, /* endless= */ true);
    }

    /**
     * Rules on one statement.
     *
     * @param chain what has happened
     * @param signed who signed it, of those whose signatures count
     * @param at when
     * @param file as messages name it
     */
    Admission rule(Chain chain, Statement statement, Set<String> signed, Instant at, String file) {
        return rule(chain, statement, signed, at, file, /* endless= */ false);
    }

    private Admission rule(
            Chain chain,
            Statement statement,
            Set<String> signed,
            Instant at,
            String file,
            boolean endless) {
        if (!chain.broken().isEmpty()) {
            return new Admission.No(chain.broken());
        }
        Optional<Trust> counting = counting(chain, statement, file);
        if (counting.isEmpty()) {
            return no(
                    PolicyProblem.TRUST,
                    file,
                    "nobody's signature counts yet",
                    "hand in a list of principals first: `demur policy init`");
        }
        Trust trust = counting.get();
        Set<String> authors = trust.having(Principal.Role.AUTHOR);
        authors.retainAll(signed);
        if (authors.isEmpty()) {
            return no(
                    PolicyProblem.SIGNATURE,
                    file,
                    "no author has signed it; %s".formatted(who(signed)),
                    "have it signed by %s"
                            .formatted(String.join(" or ", trust.having(Principal.Role.AUTHOR))));
        }
        long serial = chain.serialOf(statement instanceof TrustStatement);
        if (statement.serial() != serial) {
            return no(
                    PolicyProblem.OUTDATED,
                    file,
                    "its serial is %d, and the next one is %d"
                            .formatted(statement.serial(), serial),
                    ANEW);
        }
        return switch (statement) {
            case PolicyStatement it -> policy(chain, it, trust, signed, at, file, endless);
            case TrustStatement it -> trust(chain, it, trust, signed, at, file);
            case RollbackStatement it -> rollback(chain, it, at, file);
            case SealStatement it -> seal(chain, it, trust, at, file);
        };
    }

    /** Whose signatures count for a statement: of the first trust statement, those it names. */
    Optional<Trust> counting(Chain chain, Statement statement, String file) {
        if (chain.trust().isEmpty() && statement instanceof TrustStatement first) {
            return readings.trust(file, first.document(), new ArrayList<>());
        }
        return chain.trust();
    }

    private static String who(Set<String> signed) {
        return signed.isEmpty()
                ? "nobody has whose signature counts"
                : "signed by %s".formatted(String.join(", ", signed));
    }

    /** No program of ours writes that: where somebody did, one person's word is not enough. */
    static Problem sealedOverNothing(String file) {
        return PolicyProblem.SEAL.in(
                file,
                "the log says that the set-up phase ended before any policy was in force",
                "begin with another folder of data (`demur init`), and keep this one as evidence");
    }

    private Admission policy(
            Chain chain,
            PolicyStatement statement,
            Trust trust,
            Set<String> signed,
            Instant at,
            String file,
            boolean endless) {
        Optional<Version> base = chain.effective(at);
        if (!statement.replaces().equals(base.map(Version::digest))) {
            return otherBase(statement.replaces(), base.map(Version::digest), file);
        }
        if (statement.expires().isPresent()) {
            if (!at.isBefore(statement.expires().get())) {
                return no(
                        PolicyProblem.OUTDATED,
                        file,
                        "it expired at %s".formatted(statement.expires().get()),
                        ANEW);
            }
            if (base.isEmpty()) {
                return no(
                        PolicyProblem.WEAKER,
                        file,
                        "the first policy cannot expire: nothing was in force before it",
                        "sign it without an expiry");
            }
        }
        if (!chain.sealed()) {
            return new Admission.Now();
        }
        if (base.isEmpty()) {
            return Admission.No.because(sealedOverNothing(file));
        }
        Version before = base.get();
        Optional<Problem> wide = readings.tooWide(before, statement, file);
        if (wide.isPresent()) {
            return Admission.No.because(wide.get());
        }
        boolean weaker = readings.direction(before, statement, file) == Direction.WEAKER;
        if (!weaker && statement.expires().isEmpty()) {
            return new Admission.Now();
        }
        boolean ends =
                statement.expires().isPresent() || endless || readings.isNothing(before, file);
        List<Problem> missing = missing(statement.reason(), ends, file);
        if (!missing.isEmpty()) {
            return new Admission.No(missing);
        }
        Settings.Changes changes = readings.changes(base, file);
        Optional<Problem> span =
                statement.expires().flatMap(it -> span(chain, statement, it, changes, at, file));
        if (span.isPresent()) {
            return Admission.No.because(span.get());
        }
        return twoPeople(chain, statement, trust, signed, at, changes.delay(), statement.expires());
    }

    /** What a weakening lacks. */
    static List<Problem> missing(Optional<String> reason, boolean expires, String file) {
        List<Problem> missing = new ArrayList<>();
        if (reason.isEmpty()) {
            missing.add(
                    PolicyProblem.WEAKER.in(
                            file,
                            "it weakens, and gives no reason",
                            "sign it with a reason, in words"));
        }
        if (!expires) {
            missing.add(
                    PolicyProblem.WEAKER.in(
                            file,
                            "it weakens, and says no time at which that ends",
                            "sign it with an expiry: how long it is to last"));
        }
        return missing;
    }

    private static Optional<Problem> span(
            Chain chain,
            PolicyStatement statement,
            Instant expires,
            Settings.Changes changes,
            Instant at,
            String file) {
        Instant from = chain.approved(statement.digest()).orElse(at).plus(changes.delay());
        if (!expires.isAfter(from)) {
            return Optional.of(
                    PolicyProblem.WEAKER.in(
                            file,
                            "it expires at %s, and can come into force at %s at the earliest"
                                    .formatted(expires, from),
                            ANEW));
        }
        return expires.isAfter(from.plus(changes.longest()))
                ? Optional.of(
                        PolicyProblem.WEAKER.in(
                                file,
                                ("it expires at %s; the policy in force lets no weakening last"
                                                + " beyond %s")
                                        .formatted(expires, from.plus(changes.longest())),
                                "sign it with an earlier expiry"))
                : Optional.empty();
    }

    private static Admission twoPeople(
            Chain chain,
            Statement statement,
            Trust trust,
            Set<String> signed,
            Instant at,
            Duration delay,
            Optional<Instant> expires) {
        if (!trust.pair(signed)) {
            Set<String> could = new TreeSet<>();
            for (Principal principal : trust.principals()) {
                Set<String> more = new TreeSet<>(signed);
                if (more.add(principal.name()) && trust.pair(more)) {
                    could.add(principal.name());
                }
            }
            return new Admission.Sign(signed, could);
        }
        Optional<Instant> approved = chain.approved(statement.digest());
        if (approved.isEmpty()) {
            return new Admission.Approve();
        }
        Instant from = approved.get().plus(delay);
        return at.isBefore(from)
                ? new Admission.Wait(from, expires.orElse(Instant.MAX))
                : new Admission.Now();
    }

    private Admission trust(
            Chain chain,
            TrustStatement statement,
            Trust trust,
            Set<String> signed,
            Instant at,
            String file) {
        if (!statement.replaces().equals(chain.trusted())) {
            return otherBase(statement.replaces(), chain.trusted(), file);
        }
        List<Problem> problems = new ArrayList<>();
        Optional<Trust> next = readings.trust(file, statement.document(), problems);
        if (next.isEmpty()) {
            return new Admission.No(problems);
        }
        if (!chain.sealed()) {
            return new Admission.Now();
        }
        if (!next.get().canWeaken()) {
            return no(
                    PolicyProblem.TRUST,
                    file,
                    "with these principals no list of principals could ever be changed again",
                    "name an author, and somebody else who approves");
        }
        List<Problem> missing = missing(statement.reason(), true, file);
        if (!missing.isEmpty()) {
            return new Admission.No(missing);
        }
        Duration delay = readings.changes(chain.effective(at), file).delay();
        return twoPeople(chain, statement, trust, signed, at, delay, Optional.empty());
    }

    private static Admission rollback(
            Chain chain, RollbackStatement statement, Instant at, String file) {
        Optional<Version> now = chain.effective(at);
        Optional<String> digest = now.map(Version::digest);
        if (!digest.equals(Optional.of(statement.from()))) {
            return otherBase(Optional.of(statement.from()), digest, file);
        }
        Optional<Version> to = chain.back(at);
        if (to.isEmpty()) {
            return no(
                    PolicyProblem.ROLLBACK,
                    file,
                    "there is nothing to go back to: a roll-back cannot be rolled back,"
                            .concat(" nor can an expiry, nor what was before the seal"),
                    "sign the policy that you want");
        }
        if (!to.get().digest().equals(statement.to())) {
            return otherBase(Optional.of(statement.to()), to.map(Version::digest), file);
        }
        if (at.isAfter(now.orElseThrow().since().plus(BACK))) {
            return no(
                    PolicyProblem.ROLLBACK,
                    file,
                    "the policy came into force at %s, more than 24 hours ago"
                            .formatted(now.orElseThrow().since()),
                    "sign the policy that you want");
        }
        return to.get().at(at).digest().equals(statement.to())
                ? new Admission.Now()
                : no(
                        PolicyProblem.ROLLBACK,
                        file,
                        "the policy before has expired",
                        "sign the policy that you want");
    }

    private Admission seal(
            Chain chain, SealStatement statement, Trust trust, Instant at, String file) {
        if (chain.sealed()) {
            return no(
                    PolicyProblem.SEAL,
                    file,
                    "the set-up phase is over already",
                    "there is nothing to do");
        }
        Optional<Version> now = chain.effective(at);
        if (!now.map(Version::digest).equals(Optional.of(statement.policy()))) {
            return otherBase(Optional.of(statement.policy()), now.map(Version::digest), file);
        }
        if (!chain.trusted().equals(Optional.of(statement.trust()))) {
            return otherBase(Optional.of(statement.trust()), chain.trusted(), file);
        }
        return flaw(now.orElseThrow(), trust, file)
                .<Admission>map(Admission.No::because)
                .orElseGet(Admission.Now::new);
    }

    /** Why this policy cannot be sealed in, if so. */
    Optional<Problem> flaw(Version now, Trust trust, String file) {
        if (!trust.canWeaken()) {
            return Optional.of(
                    PolicyProblem.SEAL.in(
                            file,
                            "after the seal a weakening takes an author and somebody else who"
                                    .concat(
                                            " approves, and the list of principals has no such"
                                                    + " two"),
                            "add a second person to the list, and hand it in"));
        }
        if (readings.isNothing(now, file)) {
            return Optional.of(
                    PolicyProblem.SEAL.in(
                            file,
                            "the policy in force is not believed",
                            "activate one that is, and seal then"));
        }
        return now.lapses().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        PolicyProblem.SEAL.in(
                                file,
                                "the policy in force expires, and what would hold then is from the"
                                        .concat(" set-up phase"),
                                "activate it without an expiry, and seal then"));
    }

    private static Admission otherBase(
            Optional<String> replaces, Optional<String> inForce, String file) {
        return no(
                PolicyProblem.OUTDATED,
                file,
                "it was made over %s, and %s is in force"
                        .formatted(
                                replaces.map("`%s`"::formatted).orElse("nothing"),
                                inForce.map("`%s`"::formatted).orElse("nothing")),
                ANEW);
    }

    private static Admission no(PolicyProblem problem, String file, String message, String fix) {
        return Admission.No.because(problem.in(file, message, fix));
    }
}
