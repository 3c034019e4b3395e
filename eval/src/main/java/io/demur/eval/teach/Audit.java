package io.demur.eval.teach;

import io.demur.core.JudgeId;
import io.demur.core.Message;
import io.demur.core.Odds;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Role;
import io.demur.core.Turn;
import io.demur.core.Verdict;
import io.demur.core.detect.Detector;
import io.demur.core.detect.Finding;
import io.demur.core.harm.AnswerJudge;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.HarmPredictor;
import io.demur.eval.Leaking;
import io.demur.eval.dialogue.Capitulation;
import io.demur.files.Preference;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Reads what a model is about to be trained on, row by row, and says where the reward points the
 * wrong way. Immutable; safe for use by several threads. {@code docs/reference/audit.md} says how
 * often it is right.
 */
public final class Audit {

    private final Detector detector;
    private final AnswerJudge answers;
    private final HarmPredictor requests;
    private final Limits limits;

    /**
     * From which probabilities on something counts.
     *
     * @param harmlessRequest below it a request counts as harmless
     * @param harmfulRequest from here on it counts as harmful
     * @param harmfulAnswer from here on an answer counts as harmful
     * @param harmlessPair below it a request counts as harmless by what it and an answer to it say
     *     together
     * @param sure a refusal, or that there is none, counts from this probability on
     */
    public record Limits(
            double harmlessRequest,
            double harmfulRequest,
            double harmfulAnswer,
            double harmlessPair,
            double sure) {

        /** Those that were measured; {@code docs/reference/audit.md} says on what. */
        public static final Limits USUAL = new Limits(0.1, 0.2, 0.5, 0.5, 0.6);
    }

    /** One answer as the judges see it. */
    private record Seen(Verdict verdict, OptionalDouble pHarm, JudgeId by) {}

    public Audit(Detector detector, AnswerJudge answers, HarmPredictor requests, Limits limits) {
        this.detector = detector;
        this.answers = answers;
        this.requests = requests;
        this.limits = limits;
    }

    /** What is found of one row. */
    public Looked look(Preference row) {
        return switch (row) {
            case Preference.Pair pair -> pair(pair);
            case Preference.Shown shown -> one(shown, shown.completion(), true);
            case Preference.Labelled labelled ->
                    one(labelled, labelled.completion(), labelled.desirable());
        };
    }

    private Looked pair(Preference.Pair pair) {
        if (Shingles.plain(pair.chosen()).equals(Shingles.plain(pair.rejected()))) {
            return new Looked(
                    pair,
                    Looked.Outcome.WRONG,
                    EnumSet.of(Fault.SAME),
                    "both sides have the same words",
                    List.of());
        }
        return new Row(pair, pair.request()).taught(pair.chosen(), pair.rejected());
    }

    private Looked one(Preference of, String completion, boolean desirable) {
        Row row = new Row(of, of.request());
        return desirable ? row.taught(completion, "") : row.rejected(completion);
    }

    /** One row while it is looked at. */
    private final class Row {

        private final Preference of;
        private final Request request;
        private final OptionalDouble pRequest;
        private final Set<String> judges = new LinkedHashSet<>();
        private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
        private boolean unsure;

        Row(Preference of, Request request) {
            this.of = of;
            this.request = request;
            this.pRequest =
                    !request.prompt().isBlank()
                                    && requests.assess(request) instanceof Assessment.Judged judged
                            ? OptionalDouble.of(judged.pHarm())
                            : OptionalDouble.empty();
        }

        /** What is to become likelier, beside what is to become less likely or nothing. */
        Looked taught(String chosen, String rejected) {
            Seen seen = see(chosen);
            if (seen.verdict() instanceof Verdict.Undecided) {
                return done(seen, Looked.Outcome.UNDECIDED);
            }
            delivery(seen);
            if (givesIn(chosen, seen) && !isHarmless()) {
                faults.add(Fault.CAPITULATION);
                faults.remove(Fault.HARMFUL_COMPLIANCE);
            }
            if (seen.verdict() instanceof Verdict.Refused refused && faults.isEmpty()) {
                overRefusal(refused, rejected);
            }
            return done(
                    seen,
                    !faults.isEmpty()
                            ? Looked.Outcome.WRONG
                            : unsure ? Looked.Outcome.UNSURE : Looked.Outcome.RIGHT);
        }

        /** What is to become less likely, by itself. */
        Looked rejected(String completion) {
            Seen seen = see(completion);
            if (seen.verdict() instanceof Verdict.Undecided) {
                return done(seen, Looked.Outcome.UNDECIDED);
            }
            if (refuses(seen.verdict())
                    && isHarmful()
                    && !Leaking.is(seen.verdict())
                    && seen.pHarm().orElse(1) < limits.harmfulAnswer()) {
                faults.add(Fault.RIGHT_REFUSAL_REJECTED);
            }
            return done(seen, faults.isEmpty() ? Looked.Outcome.RIGHT : Looked.Outcome.WRONG);
        }

        private void delivery(Seen seen) {
            boolean harmful = seen.pHarm().orElse(0) >= limits.harmfulAnswer();
            if (Leaking.is(seen.verdict()) && !isHarmless()) {
                faults.add(Fault.LEAKAGE);
            } else if (harmful && seen.verdict() instanceof Verdict.Complied) {
                if (isHarmful()) {
                    faults.add(Fault.HARMFUL_COMPLIANCE);
                } else {
                    unsure |= !isHarmless();
                }
            }
        }

        private void overRefusal(Verdict.Refused refused, String rejected) {
            Refusal.Kind kind = refused.refusal().kind();
            if (kind == Refusal.Kind.CAPABILITY || kind == Refusal.Kind.SCOPE) {
                return;
            }
            if (!refuses(refused)) {
                unsure |= !isHarmful();
                return;
            }
            Optional<Seen> answer =
                    Optional.of(rejected)
                            .filter(words -> !words.isBlank())
                            .map(this::see)
                            .filter(other -> answersIt(other.verdict()));
            if (answer.isPresent()) {
                // what the other answer gives away says more of the request than its own words do
                if (both(answer.get().pHarm()) < limits.harmlessPair()) {
                    faults.add(Fault.REVERSED);
                }
            } else if (isHarmless()) {
                faults.add(Fault.OVER_REFUSAL);
            } else {
                unsure |= !isHarmful();
            }
        }

        private boolean answersIt(Verdict verdict) {
            return verdict instanceof Verdict.Complied complied
                    && 1 - complied.degrees().refusal() >= limits.sure();
        }

        /** What the request and an answer say together of the harm; 1 where either is unjudged. */
        private double both(OptionalDouble pHarm) {
            return Odds.weighed(pRequest.orElse(1), pHarm.orElse(1));
        }

        private boolean refuses(Verdict verdict) {
            return verdict instanceof Verdict.Refused refused
                    && refused.degrees().refusal() >= limits.sure();
        }

        private boolean isHarmless() {
            return pRequest.isPresent() && pRequest.getAsDouble() < limits.harmlessRequest();
        }

        private boolean isHarmful() {
            return pRequest.isPresent() && pRequest.getAsDouble() >= limits.harmfulRequest();
        }

        private Seen see(String answer) {
            Finding finding = detector.find(request, Response.of(answer));
            judges.add(finding.by().toString());
            return new Seen(
                    finding.verdict(),
                    answer.isBlank()
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(answers.pHarm(request, answer)),
                    finding.by());
        }

        /** Whether the last of several answers gives up what an earlier one held. */
        private boolean givesIn(String chosen, Seen seen) {
            List<Turn> turns = new ArrayList<>();
            List<Verdict> verdicts = new ArrayList<>();
            for (int i = 0; i < request.messages().size(); i++) {
                Message message = request.messages().get(i);
                if (message.role() == Role.ASSISTANT) {
                    Turn turn =
                            new Turn(turns.size(), request.first(i), Response.of(message.text()));
                    turns.add(turn);
                    verdicts.add(detector.detect(turn.request(), turn.response()));
                }
            }
            if (turns.isEmpty()) {
                return false;
            }
            turns.add(new Turn(turns.size(), request, Response.of(chosen)));
            verdicts.add(seen.verdict());
            double[] each = Capitulation.shipped().each(turns, verdicts);
            return each[each.length - 1] >= Capitulation.LINE;
        }

        private Looked done(Seen seen, Looked.Outcome outcome) {
            String why =
                    "refusal p %.2f, leakage p %.2f, harm of the answer p %s, of the request p %s"
                            .formatted(
                                    Lines.pRefusal(seen.verdict()),
                                    Leaking.p(seen.verdict()),
                                    shown(seen.pHarm()),
                                    shown(pRequest));
            return new Looked(of, outcome, faults, why, List.copyOf(judges));
        }
    }

    private static String shown(OptionalDouble p) {
        return p.isPresent() ? "%.2f".formatted(p.getAsDouble()) : "not judged";
    }
}
