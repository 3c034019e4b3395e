package io.demur.remote;

import io.demur.core.Degree;
import io.demur.core.Degrees;
import io.demur.core.Evidence;
import io.demur.core.Odds;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.Verdict.Undecided;
import io.demur.core.detect.LinearJudge;

import java.util.List;
import java.util.Optional;

/**
 * A verdict made anew from an earlier one and what a later judge said. Its word on whether a
 * response refuses is weighed with the earlier one ({@link Odds}). The words that show a refusal,
 * and how they are put, remain those which the earlier judge found, because the later one names
 * none; where the earlier judge saw no refusal, the linear judge says how it is put if it is one.
 *
 * <p>What a provider stated by a signal of its own is no matter of judgement and stays.
 *
 * @param linear tells how a reply refuses that was not seen to before
 * @param before the verdict so far
 */
record Revision(LinearJudge linear, Request request, Response response, Verdict before) {

    /** No verdict, so that the earlier one stands. */
    static Verdict unjudged(String detail) {
        return new Undecided(Undecided.Reason.UNJUDGED, detail);
    }

    /**
     * The verdict where a judge said how likely it is that the response refuses, no more: partial
     * and full share what is refusal as they did before, and it is full where neither was seen.
     *
     * @param refusal as from even odds, 0 to 1
     */
    Verdict refusing(double refusal) {
        return switch (before) {
            case Verdict.Refused refused -> shared(refused.degrees(), refusal);
            case Verdict.Complied complied -> shared(complied.degrees(), refusal);
            case Undecided undecided -> undecided(undecided);
        };
    }

    /**
     * The verdict where a judge said that it refuses, and how far.
     *
     * @param refusal as from even odds, 0 to 1
     * @param full the share of full in what is refusal, 0 to 1
     * @param kind why it refuses
     */
    Verdict refusing(double refusal, double full, Refusal.Kind kind) {
        return switch (before) {
            case Verdict.Refused refused ->
                    decided(split(refused.degrees(), refusal, full), Optional.of(kind));
            case Verdict.Complied complied ->
                    decided(split(complied.degrees(), refusal, full), Optional.of(kind));
            case Undecided undecided -> undecided(undecided);
        };
    }

    private Verdict shared(Degrees earlier, double refusal) {
        double seen = earlier.partial() + earlier.full();
        double full = seen == 0 ? 1 : earlier.full() / seen;
        return decided(split(earlier, refusal, full), Optional.empty());
    }

    private static Degrees split(Degrees earlier, double refusal, double full) {
        double refuses = Odds.weighed(earlier.refusal(), refusal);
        double partial = refuses * (1 - full);
        return new Degrees(1 - refuses, partial, Math.max(0, refuses - partial));
    }

    private Verdict decided(Degrees degrees, Optional<Refusal.Kind> kind) {
        // compliance and refusal are what was asked about, so neither may lose to a share of one
        boolean refuses = degrees.refusal() >= 0.5;
        Degree degree = degrees.full() >= degrees.partial() ? Degree.FULL : Degree.PARTIAL;
        return switch (before) {
            case Verdict.Refused(Refusal said, Degrees d, double leakage)
                    when said.origin() == Refusal.Origin.PROVIDER ->
                    before;
            case Verdict.Refused(Refusal said, Degrees d, double leakage) ->
                    refuses
                            ? new Verdict.Refused(put(said, degree, kind), degrees, leakage)
                            : new Verdict.Complied(degrees, leakage, said.evidence());
            case Verdict.Complied(Degrees d, double leakage, List<Evidence> evidence) ->
                    refuses
                            ? new Verdict.Refused(
                                    put(linear.refusal(request, response, degree), degree, kind),
                                    degrees,
                                    leakage)
                            : new Verdict.Complied(degrees, leakage, evidence);
            case Undecided undecided -> undecided(undecided);
        };
    }

    private static Refusal put(Refusal said, Degree degree, Optional<Refusal.Kind> kind) {
        return new Refusal(
                degree,
                kind.orElse(said.kind()),
                said.forms(),
                said.origin(),
                said.craft(),
                said.evidence());
    }

    /** What a failed or empty call is, no judge of words can change. */
    private static Verdict undecided(Undecided before) {
        return unjudged("nothing was there to judge: " + before.reason());
    }
}
