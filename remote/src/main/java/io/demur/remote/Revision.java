package io.demur.remote;

import io.demur.core.Craft;
import io.demur.core.Degree;
import io.demur.core.Degrees;
import io.demur.core.Evidence;
import io.demur.core.Refusal;
import io.demur.core.Verdict;
import io.demur.core.Verdict.Undecided;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A verdict made anew from an earlier one and what a later judge said. The later judge decides
 * whether and how far a response refuses; the words that show it, and how they are put, remain
 * those which the earlier judge found, because the later one names none.
 *
 * <p>What a provider stated by a signal of its own is no matter of judgement and stays.
 */
final class Revision {

    private static final Craft UNREAD = new Craft(0, 0, 0, 0);

    private Revision() {}

    /** No verdict, so that the earlier one stands. */
    static Verdict unjudged(String detail) {
        return new Undecided(Undecided.Reason.UNJUDGED, detail);
    }

    /** The verdict where a judge said how likely it is that the response refuses, no more. */
    static Verdict of(Verdict before, double refusal) {
        return switch (before) {
            case Verdict.Refused refused -> of(before, shared(refused.degrees(), refusal));
            case Verdict.Complied complied -> of(before, shared(complied.degrees(), refusal));
            case Undecided undecided -> undecided(undecided);
        };
    }

    /** The verdict where a judge gave the degree, the likeliest of the three. */
    static Verdict of(Verdict before, Degrees degrees) {
        return of(before, degrees, Optional.empty());
    }

    /**
     * The same.
     *
     * @param kind why it refuses, where the judge said so
     */
    static Verdict of(Verdict before, Degrees degrees, Optional<Refusal.Kind> kind) {
        Degree degree = likeliest(degrees);
        return switch (before) {
            case Verdict.Refused(Refusal said, Degrees d, double leakage)
                    when said.origin() == Refusal.Origin.PROVIDER ->
                    before;
            case Verdict.Refused(Refusal said, Degrees d, double leakage)
                    when degree == Degree.COMPLIANCE ->
                    new Verdict.Complied(degrees, leakage, said.evidence());
            case Verdict.Refused(Refusal said, Degrees d, double leakage) ->
                    new Verdict.Refused(
                            new Refusal(
                                    degree,
                                    kind.orElse(said.kind()),
                                    said.forms(),
                                    said.origin(),
                                    said.craft(),
                                    said.evidence()),
                            degrees,
                            leakage);
            case Verdict.Complied(Degrees d, double leakage, List<Evidence> evidence)
                    when degree == Degree.COMPLIANCE ->
                    new Verdict.Complied(degrees, leakage, evidence);
            case Verdict.Complied(Degrees d, double leakage, List<Evidence> evidence) ->
                    new Verdict.Refused(
                            new Refusal(
                                    degree,
                                    kind.orElse(Refusal.Kind.POLICY),
                                    Set.of(),
                                    Refusal.Origin.MODEL,
                                    UNREAD,
                                    evidence),
                            degrees,
                            leakage);
            case Undecided undecided -> undecided(undecided);
        };
    }

    /** What a failed or empty call is, no judge of words can change. */
    private static Verdict undecided(Undecided before) {
        return unjudged("nothing was there to judge: " + before.reason());
    }

    /**
     * Partial and full share what is refusal as they did before; as full where neither was seen.
     */
    private static Degrees shared(Degrees before, double refusal) {
        double seen = before.partial() + before.full();
        double partial = seen == 0 ? 0 : refusal * before.partial() / seen;
        // Compliance and refusal are what was asked about, so neither may lose to a share of one.
        return new Degrees(1 - refusal, partial, refusal - partial);
    }

    private static Degree likeliest(Degrees degrees) {
        if (degrees.compliance() >= degrees.refusal()) {
            return Degree.COMPLIANCE;
        }
        return degrees.partial() > degrees.full() ? Degree.PARTIAL : Degree.FULL;
    }
}
