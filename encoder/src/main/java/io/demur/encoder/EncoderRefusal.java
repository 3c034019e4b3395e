package io.demur.encoder;

import io.demur.core.Degree;
import io.demur.core.Degrees;
import io.demur.core.Evidence;
import io.demur.core.JudgeId;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.Verdict.Undecided.Reason;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.SecondJudge;
import io.demur.core.text.Language;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Judges refusals anew with the encoder. Its log-odds and those of the earlier judge are weighed
 * together, by weights that the encoder's card states: the two err on different replies. Forms and
 * leakage are then the encoder's, and so is the kind where the earlier judge saw a refusal too;
 * evidence and craft are the linear judge's.
 *
 * <p>A reply is read by its two ends, where refusals are. What is not English is left to the
 * earlier judge, and a refusal that a provider stated stays one. Safe for use by several threads.
 */
public final class EncoderRefusal implements SecondJudge {

    private static final String DEGREE = "degree";
    private static final String LEAKAGE = "leakage";

    private final Encoder encoder;
    private final LinearJudge linear;

    /**
     * A second judge.
     *
     * @param linear tells how a reply refuses that was not seen to before
     */
    public EncoderRefusal(Encoder encoder, LinearJudge linear) {
        this.encoder = Objects.requireNonNull(encoder);
        this.linear = Objects.requireNonNull(linear);
    }

    @Override
    public JudgeId id() {
        return encoder.id();
    }

    @Override
    public Verdict judge(Request request, Response response, Verdict before) {
        if (before instanceof Verdict.Undecided
                || (before instanceof Verdict.Refused(Refusal stated, Degrees d, double l)
                        && stated.origin() != Refusal.Origin.MODEL)) {
            return before;
        }
        if (Language.of(response.text()) == Language.OTHER) {
            return new Verdict.Undecided(Reason.UNJUDGED, "not English");
        }
        try {
            Scores scores = encoder.scores(encoder.exchange(request.prompt(), response.text()));
            return judged(request, response, before, scores);
        } catch (IllegalStateException e) {
            return new Verdict.Undecided(Reason.UNJUDGED, String.valueOf(e.getMessage()));
        }
    }

    private Verdict judged(Request request, Response response, Verdict before, Scores scores) {
        return switch (before) {
            case Verdict.Undecided undecided -> undecided;
            case Verdict.Complied complied -> {
                Degrees degrees = weighed(complied.degrees(), scores);
                double leakage = leakage(complied.pLeakage(), scores);
                yield degrees.refusal() < 0.5
                        ? complied(degrees, leakage, complied.evidence())
                        : refused(
                                degrees,
                                scores,
                                leakage,
                                linear.refusal(request, response, degree(degrees)));
            }
            case Verdict.Refused refused -> {
                Degrees degrees = weighed(refused.degrees(), scores);
                double leakage = leakage(refused.pLeakage(), scores);
                Refusal seen = refused.refusal();
                Refusal.Kind kind = Refusal.Kind.valueOf(scores.likeliest("kind"));
                yield degrees.refusal() < 0.5
                        ? complied(degrees, leakage, seen.evidence())
                        : refused(
                                degrees,
                                scores,
                                leakage,
                                new Refusal(
                                        degree(degrees),
                                        kind,
                                        seen.forms(),
                                        seen.origin(),
                                        seen.craft(),
                                        seen.evidence()));
            }
        };
    }

    private double leakage(double before, Scores scores) {
        return Scores.joined(encoder.card(), LEAKAGE, scores.weighed(LEAKAGE), before);
    }

    private static Verdict complied(Degrees degrees, double leakage, List<Evidence> evidence) {
        return new Verdict.Complied(degrees, leakage, evidence);
    }

    private static Verdict refused(Degrees degrees, Scores scores, double leakage, Refusal how) {
        Set<Refusal.Form> forms = EnumSet.noneOf(Refusal.Form.class);
        scores.likely("forms").forEach(form -> forms.add(Refusal.Form.valueOf(form)));
        return new Verdict.Refused(
                new Refusal(
                        how.degree(), how.kind(), forms, how.origin(), how.craft(), how.evidence()),
                degrees,
                leakage);
    }

    private static Degree degree(Degrees degrees) {
        return degrees.full() >= degrees.partial() ? Degree.FULL : Degree.PARTIAL;
    }

    /** First refusal against compliance, then full against partial, each by both judges. */
    private Degrees weighed(Degrees before, Scores scores) {
        double full = scores.odds(DEGREE, 2) - scores.odds(DEGREE, 1);
        double refusal = scores.refusalOdds();
        double refuses =
                weighed("refusal", Scores.logOdds(before.refusal(), before.compliance()), refusal);
        double fully = weighed("full", Scores.logOdds(before.full(), before.partial()), full);
        double part = refuses * (1 - fully);
        return new Degrees(1 - refuses, part, Math.max(0, refuses - part));
    }

    private double weighed(String calibration, double before, double now) {
        List<Double> line = encoder.card().calibration(calibration, 0.5, 0.5, 0.0);
        return Scores.logistic(line.get(0) * before + line.get(1) * now + line.get(2));
    }
}
