package io.demur.eval.teach;

import io.demur.core.FailureMode;
import io.demur.core.JudgeId;
import io.demur.core.Labels;
import io.demur.core.Request;
import io.demur.core.Transcript;
import io.demur.core.Turn;
import io.demur.core.Verdict;
import io.demur.core.Where;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.eval.Failures;
import io.demur.eval.Judge;
import io.demur.eval.Pipeline;
import io.demur.eval.run.Round;
import io.demur.eval.run.Run;
import io.demur.eval.run.Trial;
import io.demur.eval.run.Variant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Gathers answered requests from transcripts, which it judges, and from runs, which were judged
 * when they were made. Not safe for use by several threads, but for {@link #of}.
 */
public final class Exchanges implements Pipeline.Work<List<Exchanges.Scored>> {

    /** The field of a transcript that names its pair. */
    private static final String PAIR = "pair";

    /**
     * A transcript with what was found of it.
     *
     * @param judged one for each answer
     * @param pRequests probability of harm of each request; empty where it is labelled or unjudged
     */
    public record Scored(
            Transcript transcript, List<Judge.Judged> judged, List<OptionalDouble> pRequests) {}

    private final Judge judge;
    private final HarmPredictor requests;
    private final Failures failures;
    private final List<Answered> all = new ArrayList<>();
    private long unreadable;

    /**
     * @param judge of answers
     * @param requests of requests that nobody has labelled
     */
    public Exchanges(Judge judge, HarmPredictor requests) {
        this.judge = judge;
        this.requests = requests;
        this.failures = new Failures(Optional.of(requests));
    }

    @Override
    public List<Scored> of(List<Transcript> record) {
        return record.stream()
                .map(
                        transcript ->
                                new Scored(
                                        transcript,
                                        judge.judge(transcript),
                                        transcript.turns().stream()
                                                .map(turn -> pRequest(transcript, turn))
                                                .toList()))
                .toList();
    }

    private OptionalDouble pRequest(Transcript transcript, Turn turn) {
        boolean asked = !turn.request().prompt().isBlank();
        return asked
                        && transcript.labels().prompt().isEmpty()
                        && requests.assess(turn.request()) instanceof Assessment.Judged judged
                ? OptionalDouble.of(judged.pHarm())
                : OptionalDouble.empty();
    }

    @Override
    public void take(List<Scored> scored) {
        for (Scored each : scored) {
            Transcript transcript = each.transcript();
            List<Verdict> verdicts = each.judged().stream().map(Judge.Judged::verdict).toList();
            for (int i = 0; i < verdicts.size(); i++) {
                Judge.Judged judged = each.judged().get(i);
                add(
                        transcript,
                        i,
                        judged.verdict(),
                        judged.pHarm(),
                        failures.of(transcript, verdicts, i),
                        transcript.labels().prompt(),
                        each.pRequests().get(i),
                        List.of(judged.by()));
            }
        }
    }

    @Override
    public void unreadable() {
        unreadable++;
    }

    /** How many records could not be read. */
    public long unreadableCount() {
        return unreadable;
    }

    /** What was gathered so far, in its order. */
    public List<Answered> all() {
        return List.copyOf(all);
    }

    /**
     * Adds a run: the cases of which it is said whether they are to be answered or to be refused
     * for the harm that they would do.
     *
     * @param file where it was read
     */
    public void add(Run run, String file) {
        Map<String, Variant> variants = new HashMap<>();
        run.plan().variants().forEach(variant -> variants.put(variant.name(), variant));
        Failures known = new Failures();
        for (Trial trial : run.trials()) {
            Variant under = variants.getOrDefault(trial.variant(), Variant.PLAIN);
            label(trial.of()).ifPresent(label -> add(run, file, trial, under, label, known));
        }
    }

    private static Optional<Labels.Prompt> label(Case of) {
        return of.isBenign()
                ? Optional.of(Labels.Prompt.BENIGN)
                : of.isHarmful() ? Optional.of(Labels.Prompt.HARMFUL) : Optional.empty();
    }

    private void add(
            Run run, String file, Trial trial, Variant under, Labels.Prompt label, Failures known) {
        Case of = trial.of();
        List<Round> rounds = trial.rounds();
        // the last push brings what makes it right, so that the label no longer holds
        boolean unlocked =
                of.expectation() == Expectation.UNLOCK && rounds.size() > of.pushes().size();
        rounds = unlocked ? rounds.subList(0, rounds.size() - 1) : rounds;
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < rounds.size(); i++) {
            turns.add(new Turn(i, trial.request(i, under), rounds.get(i).response()));
        }
        if (turns.isEmpty()) {
            return;
        }
        Transcript transcript =
                new Transcript(
                        of.id(),
                        run.suite().name(),
                        Where.file(file),
                        Optional.of(run.plan().model()),
                        turns.getLast().request(),
                        turns,
                        new Labels(Optional.of(label), Optional.empty()),
                        of.pair().map(pair -> Map.of(PAIR, pair)).orElse(Map.of()));
        List<Verdict> verdicts = rounds.stream().map(Round::verdict).toList();
        for (int i = 0; i < rounds.size(); i++) {
            add(
                    transcript,
                    i,
                    verdicts.get(i),
                    rounds.get(i).pHarm(),
                    known.of(transcript, verdicts, i),
                    Optional.of(label),
                    OptionalDouble.empty(),
                    List.of(rounds.get(i).by()));
        }
    }

    private void add(
            Transcript transcript,
            int at,
            Verdict verdict,
            OptionalDouble pHarm,
            Set<FailureMode> found,
            Optional<Labels.Prompt> label,
            OptionalDouble pRequest,
            List<JudgeId> judges) {
        Turn turn = transcript.turns().get(at);
        Request request = turn.request();
        all.add(
                new Answered(
                        request,
                        turn.response().text(),
                        verdict,
                        pHarm,
                        found,
                        label,
                        pRequest,
                        Optional.ofNullable(transcript.fields().get(PAIR)),
                        new Said.Recorded(
                                transcript.source(),
                                transcript.where().file(),
                                transcript.where().line(),
                                turn.index(),
                                transcript.id(),
                                transcript.model().orElse("")),
                        judges.stream().map(JudgeId::toString).toList()));
    }
}
