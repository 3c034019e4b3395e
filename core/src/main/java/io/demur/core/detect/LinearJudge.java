package io.demur.core.detect;

import io.demur.core.Degree;
import io.demur.core.Degrees;
import io.demur.core.JudgeId;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.Verdict.Undecided.Reason;
import io.demur.core.detect.linear.Manner;
import io.demur.core.detect.linear.ModelFormat;
import io.demur.core.detect.linear.PromptWords;
import io.demur.core.detect.linear.RefusalModel;
import io.demur.core.detect.linear.Shipped;
import io.demur.core.detect.linear.Traces;

import java.util.Map;

/**
 * Judges refusals by what each sentence of a reply does. Every sentence is scored for the seven
 * {@linkplain io.demur.core.Act acts} from its words (those of the request masked) and its place;
 * the scores are pooled over the reply; from the pools come degree, kind, form, leakage and craft.
 * The evidence of a verdict is the sentences without which it would have been least sure.
 *
 * <p>Reads the text alone, not the stop reason: {@link StopReasonDetector} goes before it. Text
 * that has no words outside reasoning is undecided. Immutable; safe for use by several threads.
 */
public final class LinearJudge implements Detector {

    private static final String NAME = "refusal";

    private final RefusalModel model;
    private final JudgeId id;

    private LinearJudge(ModelFormat.Decoded decoded) {
        model = decoded.model();
        id = new JudgeId(NAME, model.version(), decoded.sha256());
    }

    /**
     * The judge that comes with this version. Its weights are loaded once, at the first call.
     *
     * @throws IllegalStateException if they are missing or damaged
     */
    public static LinearJudge shipped() {
        return Singleton.JUDGE;
    }

    /**
     * A judge from weights as the trainer wrote them.
     *
     * @throws IllegalStateException if they are damaged
     */
    public static LinearJudge of(byte[] weights) {
        return new LinearJudge(ModelFormat.decode(weights));
    }

    @Override
    public JudgeId id() {
        return id;
    }

    /**
     * The degree alone, at a fraction of the cost of a verdict. For a text without words, what the
     * judge would say knowing nothing.
     */
    public Degrees degrees(Request request, Response response) {
        return model.pass(response.text(), PromptWords.of(request)).degrees();
    }

    @Override
    public Verdict detect(Request request, Response response) {
        if (response.text().isBlank()) {
            return new Verdict.Undecided(Reason.EMPTY, "");
        }
        RefusalModel.Pass pass = model.pass(response.text(), PromptWords.of(request));
        if (pass.reading.count() == 0) {
            return new Verdict.Undecided(Reason.EMPTY, "no words outside reasoning");
        }
        if (!pass.reading.says()) {
            return new Verdict.Undecided(Reason.EMPTY, "signs or tags only, no words");
        }
        Degrees degrees = pass.degrees();
        Manner manner = Manner.of(pass.manners());
        if (degrees.refusal() < 0.5) {
            return new Verdict.Complied(
                    degrees, manner.leakage(), Traces.of(pass, Degree.COMPLIANCE));
        }
        Degree degree = degrees.full() >= degrees.partial() ? Degree.FULL : Degree.PARTIAL;
        return new Verdict.Refused(refusal(pass, manner, degree), degrees, manner.leakage());
    }

    /**
     * How a reply refuses, on another judge's word that it does: kind, forms, craft and evidence.
     *
     * @param degree how far it refuses; PARTIAL or FULL
     */
    public Refusal refusal(Request request, Response response, Degree degree) {
        RefusalModel.Pass pass = model.pass(response.text(), PromptWords.of(request));
        return refusal(pass, Manner.of(pass.manners()), degree);
    }

    /**
     * How probable each kind would be if the reply refused; they sum to one.
     *
     * @param request the conversation before the response
     * @param response what came back; one with words
     */
    public Map<Refusal.Kind, Double> kinds(Request request, Response response) {
        return Manner.kinds(model.pass(response.text(), PromptWords.of(request)).manners());
    }

    private static Refusal refusal(RefusalModel.Pass pass, Manner manner, Degree degree) {
        return new Refusal(
                degree,
                manner.kind(),
                manner.forms(),
                Refusal.Origin.MODEL,
                manner.craft(),
                Traces.of(pass, degree));
    }

    /** Made when first asked for. */
    private static final class Singleton {
        static final LinearJudge JUDGE = new LinearJudge(Shipped.refusal());
    }
}
