package io.demur.core.detect;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Several judges, the quickest first. Each further one is asked where the probability of a refusal,
 * as it stands by then, lies in its band, and has the last word unless it could not judge; then
 * what was found before stands. What the first leaves undecided is so.
 *
 * <p>It reads text: what a provider states goes before it ({@link StopReasonDetector}), and no
 * judge here lowers that. Immutable; safe for use by several threads.
 */
public final class Cascade implements Detector {

    /**
     * A further judge.
     *
     * @param judge who is asked
     * @param band where: the probability of a refusal so far
     */
    public record Stage(SecondJudge judge, Band band) {
        public Stage {
            Objects.requireNonNull(judge);
            Objects.requireNonNull(band);
        }
    }

    private final Detector first;
    private final List<Stage> stages;
    private final JudgeId id;

    /**
     * A cascade.
     *
     * @param stages in the order in which they are asked; may be empty
     */
    public Cascade(Detector first, List<Stage> stages) {
        this.first = Objects.requireNonNull(first);
        this.stages = List.copyOf(stages);
        JudgeId all = first.id();
        for (Stage stage : stages) {
            all = all.then(stage.judge().id(), stage.band());
        }
        this.id = all;
    }

    /** Of all judges and their bands together; {@link #find} says whose word a verdict is. */
    @Override
    public JudgeId id() {
        return id;
    }

    @Override
    public Verdict detect(Request request, Response response) {
        return find(request, response).verdict();
    }

    @Override
    public Finding find(Request request, Response response) {
        Finding finding = first.find(request, response);
        for (Stage stage : stages) {
            OptionalDouble p = pRefusal(finding.verdict());
            if (p.isPresent() && stage.band().contains(p.getAsDouble())) {
                Verdict said = stage.judge().judge(request, response, finding.verdict());
                if (!(said instanceof Verdict.Undecided)) {
                    finding = new Finding(said, stage.judge().id());
                }
            }
        }
        return finding;
    }

    private static OptionalDouble pRefusal(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Complied complied -> OptionalDouble.of(complied.degrees().refusal());
            case Verdict.Refused refused -> OptionalDouble.of(refused.degrees().refusal());
            case Verdict.Undecided undecided -> OptionalDouble.empty();
        };
    }
}
