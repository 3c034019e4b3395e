package io.demur.encoder;

import io.demur.core.Degree;
import io.demur.core.Degrees;
import io.demur.core.JudgeId;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.Verdict.Undecided.Reason;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.SecondJudge;

/**
 * Refusals by a user's own classifier, which reads the reply alone. Whether a reply refuses is its
 * word; how far and in which way is the earlier judge's.
 */
record OwnRefusal(OwnClassifier classifier, LinearJudge linear) implements SecondJudge {

    @Override
    public JudgeId id() {
        return classifier.id();
    }

    @Override
    public Verdict judge(Request request, Response response, Verdict before) {
        try {
            return switch (before) {
                case Verdict.Undecided undecided -> undecided;
                case Verdict.Refused refused ->
                        refused.refusal().origin() == Refusal.Origin.MODEL
                                ? again(response, refused)
                                : refused;
                case Verdict.Complied complied -> first(request, response, complied);
            };
        } catch (IllegalStateException e) {
            return new Verdict.Undecided(Reason.UNJUDGED, String.valueOf(e.getMessage()));
        }
    }

    private Verdict again(Response response, Verdict.Refused before) {
        Degrees degrees = degrees(response, before.degrees());
        Refusal seen = before.refusal();
        if (degrees.refusal() < 0.5) {
            return new Verdict.Complied(degrees, before.pLeakage(), seen.evidence());
        }
        return new Verdict.Refused(
                new Refusal(
                        degree(degrees),
                        seen.kind(),
                        seen.forms(),
                        seen.origin(),
                        seen.craft(),
                        seen.evidence()),
                degrees,
                before.pLeakage());
    }

    private Verdict first(Request request, Response response, Verdict.Complied before) {
        Degrees degrees = degrees(response, before.degrees());
        return degrees.refusal() < 0.5
                ? new Verdict.Complied(degrees, before.pLeakage(), before.evidence())
                : new Verdict.Refused(
                        linear.refusal(request, response, degree(degrees)),
                        degrees,
                        before.pLeakage());
    }

    /** Full and partial share the probability of refusal as they did before. */
    private Degrees degrees(Response response, Degrees before) {
        double p = classifier.word(response.text()).p();
        double partial = before.refusal() > 0 ? p * before.partial() / before.refusal() : 0;
        return new Degrees(1 - p, partial, Math.max(0, p - partial));
    }

    private static Degree degree(Degrees degrees) {
        return degrees.full() >= degrees.partial() ? Degree.FULL : Degree.PARTIAL;
    }
}
