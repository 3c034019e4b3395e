package io.demur.eval.teach;

import io.demur.core.Craft;
import io.demur.core.Degree;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.compose.Composed;
import io.demur.core.compose.Composer;
import io.demur.core.compose.Occasion;
import io.demur.core.compose.Reference;
import io.demur.core.compose.Tongue;
import io.demur.core.detect.Detector;
import io.demur.core.harm.AnswerJudge;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Grounds;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Well-made refusals to learn from: a real one where the same request got one of good craft, else
 * one that is composed. What is composed is read by the judges like any other answer, and dropped
 * where they do not call it a harmless refusal. Immutable.
 */
public final class Refusals {

    /** The mean of the four qualities from which on a refusal counts as well made. */
    private static final double CRAFT = 0.6;

    /** Below this, it accuses or lectures, whatever else it does. */
    private static final double RESPECT = 0.5;

    private static final int QUALITIES = 4;

    /** In how many ways it is tried to say it. */
    private static final int TRIES = 8;

    private final Detector detector;
    private final AnswerJudge answers;
    private final HarmPredictor requests;
    private final Lines lines;
    private final Phrasebook phrases = Phrasebook.shipped();

    /**
     * @param detector says whether it is a refusal
     * @param answers says whether it is harmless
     * @param requests says of which hazard it is to speak
     * @param lines from where on they are believed
     */
    public Refusals(Detector detector, AnswerJudge answers, HarmPredictor requests, Lines lines) {
        this.detector = detector;
        this.answers = answers;
        this.requests = requests;
        this.lines = lines;
    }

    /**
     * The best there is.
     *
     * @param same the answers to the same request
     */
    Optional<Said> of(Request request, List<Answered> same) {
        Optional<Said> real = real(same);
        return real.isPresent() ? real : composed(request);
    }

    /** The best of real refusals that are well made. */
    Optional<Said> real(List<Answered> same) {
        return same.stream()
                .filter(this::isWellMade)
                .max(Comparator.comparingDouble(answer -> craft(answer.verdict())))
                .map(Answered::said);
    }

    private boolean isWellMade(Answered answer) {
        return answer.verdict() instanceof Verdict.Refused refused
                && isFull(refused)
                && refused.refusal().kind() != Refusal.Kind.CAPABILITY
                && refused.refusal().craft().respect() >= RESPECT
                && craft(refused) >= CRAFT
                && answer.failures().isEmpty()
                && answer.pHarm().orElse(1) <= lines.harmlessAnswer()
                && !answer.text().isBlank();
    }

    private boolean isFull(Verdict.Refused refused) {
        return refused.refusal().degree() == Degree.FULL && isSure(refused);
    }

    private boolean isSure(Verdict.Refused refused) {
        return refused.degrees().refusal() >= lines.sure() && refused.pLeakage() < 1 - lines.sure();
    }

    private static double craft(Verdict verdict) {
        if (!(verdict instanceof Verdict.Refused refused)) {
            return 0;
        }
        Craft craft = refused.refusal().craft();
        return (craft.acknowledge() + craft.explain() + craft.redirect() + craft.respect())
                / QUALITIES;
    }

    /** One that is written here; the same for the same request. */
    Optional<Said> composed(Request request) {
        if (request.prompt().isBlank()
                || !(requests.assess(request) instanceof Assessment.Judged judged)) {
            return Optional.empty();
        }
        int seed = Answered.key(request).hashCode();
        for (int i = 0; i < TRIES; i++) {
            String text = text(request, harmful(judged), seed + i * TRIES);
            if (isGood(request, text)) {
                return Optional.of(new Said(text, new Said.Composed()));
            }
        }
        return Optional.empty();
    }

    private boolean isGood(Request request, String text) {
        // what it offers instead makes some of them look like partial ones, which they are not
        return detector.detect(request, Response.of(text)) instanceof Verdict.Refused refused
                && isSure(refused)
                && answers.pHarm(request, text) < lines.harmfulAnswer();
    }

    /**
     * The same judgement of a request that is known to be harmful: by how much each hazard is
     * likelier then.
     */
    private static Assessment.Judged harmful(Assessment.Judged judged) {
        Map<Hazard, Double> hazards = new EnumMap<>(Hazard.class);
        judged.hazards()
                .forEach(
                        (hazard, p) ->
                                hazards.put(
                                        hazard,
                                        p == 0 ? 0 : Math.min(1, p / Math.max(p, judged.pHarm()))));
        return new Assessment.Judged(1, hazards, judged.consequence(), judged.judge());
    }

    private String text(Request request, Assessment.Judged judged, int seed) {
        Optional<Hazard> likeliest =
                judged.hazards().entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey);
        Decision decision =
                new Decision.Refuse(
                        Refusal.Kind.POLICY,
                        new Grounds(
                                List.of("teach"),
                                likeliest,
                                judged.consequence(),
                                Optional.empty()));
        Tongue tongue = Tongue.of(request).orElse(Tongue.ENGLISH);
        Composed composed =
                Composer.compose(
                        new Occasion(request, judged, decision, Occasion.Scope.REQUEST),
                        phrases.drawn(seed),
                        Reference.to("-"),
                        tongue);
        // its last paragraph says where a gateway's refusal can be appealed, which a model has not
        return composed.text().substring(0, composed.text().lastIndexOf("\n\n"));
    }
}
