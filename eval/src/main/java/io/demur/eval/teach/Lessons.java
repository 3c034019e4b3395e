package io.demur.eval.teach;

import io.demur.core.FailureMode;
import io.demur.core.Labels;
import io.demur.core.Refusal;
import io.demur.core.Verdict;
import io.demur.eval.Leaking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes lessons of exchanges that went wrong, and counts what came of the others. Not safe for use
 * by several threads.
 *
 * <ul>
 *   <li>A refusal of a harmless request is set against a real answer to the same request, from
 *       another sample, another model or a person; where there is none, it stands alone.
 *   <li>A harmful answer, a leak and a giving in are set against a well-made refusal ({@link
 *       Refusals}).
 *   <li>Of the same request in two contexts, one of which makes it right, the answer of the one and
 *       the refusal of the other are set against each other, in both directions.
 * </ul>
 */
public final class Lessons {

    private final Lines lines;
    private final Refusals refusals;
    private final Contamination suites;
    private final Duplicates duplicates = new Duplicates();
    private final Map<Reason, Long> paired = new EnumMap<>(Reason.class);
    private final Map<Reason, Long> unpaired = new EnumMap<>(Reason.class);
    private final Map<LeftOut, Long> leftOut = new EnumMap<>(LeftOut.class);
    private final Openings openings = new Openings();
    private final List<Lesson> made = new ArrayList<>();
    private long composed;
    private long answers;
    private long right;

    /**
     * @param lines from where on judges are believed
     * @param suites what no lesson may be about
     */
    public Lessons(Lines lines, Refusals refusals, Contamination suites) {
        this.lines = lines;
        this.refusals = refusals;
        this.suites = suites;
    }

    /** Makes the lessons of all that was gathered, in its order, those of contexts last. */
    public List<Lesson> of(List<Answered> all) {
        Map<String, List<Answered>> same = new LinkedHashMap<>();
        all.forEach(each -> same.computeIfAbsent(each.key(), k -> new ArrayList<>()).add(each));
        for (Answered each : all) {
            answers++;
            lesson(each, same.getOrDefault(each.key(), List.of()));
        }
        contexts(all).forEach(this::take);
        return List.copyOf(made);
    }

    private void lesson(Answered answer, List<Answered> same) {
        Finding finding = finding(answer);
        switch (finding) {
            case Right nothing -> right++;
            case Aside aside -> count(leftOut, aside.why());
            case Wrong wrong -> {
                Optional<Said> chosen =
                        wrong.reason() == Reason.EXAGGERATED
                                ? answered(same)
                                : refusals.of(answer.request(), same);
                if (chosen.isEmpty() && wrong.reason() != Reason.EXAGGERATED) {
                    count(leftOut, LeftOut.NOT_COMPOSED);
                } else {
                    take(lesson(wrong, answer, chosen));
                }
            }
        }
    }

    private static Lesson lesson(Wrong wrong, Answered answer, Optional<Said> chosen) {
        return new Lesson(
                wrong.reason(),
                wrong.why(),
                answer.request(),
                chosen,
                answer.said(),
                answer.judges());
    }

    /** What one answer shows. */
    private sealed interface Finding {}

    private record Right() implements Finding {}

    private record Aside(LeftOut why) implements Finding {}

    private record Wrong(Reason reason, String why) implements Finding {}

    private Finding finding(Answered answer) {
        if (answer.verdict() instanceof Verdict.Undecided || answer.text().isBlank()) {
            return new Aside(LeftOut.UNDECIDED);
        }
        if (answer.request().messages().isEmpty()) {
            return new Aside(LeftOut.UNSURE);
        }
        Optional<Boolean> harmful = answer.harmful(lines);
        if (harmful.isEmpty()) {
            boolean clear =
                    answer.verdict() instanceof Verdict.Complied
                            && delivers(answer).equals(Optional.of(false));
            return clear ? new Right() : new Aside(LeftOut.UNSURE);
        }
        return harmful.get() ? ofHarmful(answer) : ofHarmless(answer);
    }

    private Finding ofHarmless(Answered answer) {
        if (!(answer.verdict() instanceof Verdict.Refused refused)) {
            return new Right();
        }
        Refusal.Kind kind = refused.refusal().kind();
        boolean other = kind == Refusal.Kind.CAPABILITY || kind == Refusal.Kind.SCOPE;
        if (other && answer.label().isEmpty()) {
            return new Aside(LeftOut.OTHER_KIND);
        }
        return lines.refuses(refused).isEmpty()
                ? new Aside(LeftOut.UNSURE)
                : new Wrong(Reason.EXAGGERATED, why("refuses", answer));
    }

    private Finding ofHarmful(Answered answer) {
        boolean leaks = answer.failures().contains(FailureMode.LEAKAGE);
        boolean complied = answer.verdict() instanceof Verdict.Complied;
        if (!leaks && !complied) {
            return new Right();
        }
        Optional<Boolean> delivers = delivers(answer);
        boolean sure =
                leaks
                        ? Leaking.p(answer.verdict()) >= lines.sure()
                        : lines.refuses(answer.verdict()).isPresent();
        if (delivers.equals(Optional.of(false)) && !leaks) {
            return new Right();
        }
        if (!sure || !delivers.equals(Optional.of(true))) {
            return new Aside(LeftOut.UNSURE);
        }
        if (leaks) {
            return new Wrong(Reason.LEAKAGE, why("refuses and gives it anyway", answer));
        }
        return answer.failures().contains(FailureMode.CAPITULATION)
                ? new Wrong(Reason.CAPITULATION, why("gives in", answer))
                : new Wrong(Reason.HARMFUL_COMPLIANCE, why("answers", answer));
    }

    /** Whether an answer delivers something harmful; empty where no judge is sure. */
    private Optional<Boolean> delivers(Answered answer) {
        if (answer.pHarm().isEmpty()) {
            return Optional.empty();
        }
        double p = answer.pHarm().getAsDouble();
        // where people say that the request is harmful, less is needed
        double from =
                answer.label().isPresent() ? Lines.UNSURE.harmfulAnswer() : lines.harmfulAnswer();
        return p >= from
                ? Optional.of(true)
                : p <= lines.harmlessAnswer() ? Optional.of(false) : Optional.empty();
    }

    private static String why(String does, Answered answer) {
        return "%s (refusal p %.2f, harm p %s) where the request is %s"
                .formatted(
                        does,
                        Lines.pRefusal(answer.verdict()),
                        answer.pHarm().isPresent()
                                ? "%.2f".formatted(answer.pHarm().getAsDouble())
                                : "not judged",
                        answer.known());
    }

    /** The answer that most surely answers, and harmlessly. */
    private Optional<Said> answered(List<Answered> same) {
        return same.stream()
                .filter(this::isHarmlessAnswer)
                .min(Comparator.comparingDouble(each -> Lines.pRefusal(each.verdict())))
                .map(Answered::said);
    }

    private boolean isHarmlessAnswer(Answered answer) {
        return lines.refuses(answer.verdict()).equals(Optional.of(false))
                && answer.pHarm().orElse(1) <= harmless(answer)
                && !answer.failures().contains(FailureMode.LEAKAGE)
                && !answer.failures().contains(FailureMode.CAPITULATION)
                && !answer.text().isBlank();
    }

    /** Up to where an answer counts as harmless: where people say that the request is, further. */
    private double harmless(Answered answer) {
        return answer.label().equals(Optional.of(Labels.Prompt.BENIGN))
                ? Lines.UNSURE.harmlessAnswer()
                : lines.harmlessAnswer();
    }

    /** What the same request in two contexts teaches. */
    private List<Lesson> contexts(List<Answered> all) {
        Map<String, List<Answered>> pairs = new LinkedHashMap<>();
        for (Answered each : all) {
            each.pair()
                    .map(pair -> pair + "\u0000" + Shingles.plain(each.request().prompt()))
                    .ifPresent(key -> pairs.computeIfAbsent(key, k -> new ArrayList<>()).add(each));
        }
        List<Lesson> lessons = new ArrayList<>();
        for (List<Answered> pair : pairs.values()) {
            List<Answered> right = labelled(pair, Labels.Prompt.BENIGN);
            List<Answered> wrong = labelled(pair, Labels.Prompt.HARMFUL);
            Optional<Said> answer = answered(right);
            if (right.isEmpty() || wrong.isEmpty() || answer.isEmpty()) {
                continue;
            }
            Answered without = wrong.getFirst();
            refusals.real(wrong)
                    .ifPresent(
                            refusal ->
                                    lessons.add(
                                            context(
                                                    "the context makes it right to answer",
                                                    right.getFirst(),
                                                    answer.get(),
                                                    refusal)));
            refusals.of(without.request(), wrong)
                    .ifPresent(
                            refusal ->
                                    lessons.add(
                                            context(
                                                    "without the context it is not",
                                                    without,
                                                    refusal,
                                                    answer.get())));
        }
        return lessons;
    }

    private static List<Answered> labelled(List<Answered> pair, Labels.Prompt label) {
        return pair.stream().filter(each -> each.label().equals(Optional.of(label))).toList();
    }

    private static Lesson context(String why, Answered of, Said chosen, Said rejected) {
        return new Lesson(
                Reason.CONTEXT, why, of.request(), Optional.of(chosen), rejected, of.judges());
    }

    private void take(Lesson lesson) {
        if (suites.holds(lesson.request())) {
            count(leftOut, LeftOut.IN_A_SUITE);
            return;
        }
        Optional<LeftOut> copy = duplicates.copy(lesson);
        if (copy.isPresent()) {
            count(leftOut, copy.get());
            return;
        }
        made.add(lesson);
        count(lesson.chosen().isPresent() ? paired : unpaired, lesson.reason());
        lesson.chosen().filter(chosen -> isRefusal(lesson, chosen)).ifPresent(this::opening);
    }

    private static boolean isRefusal(Lesson lesson, Said chosen) {
        return chosen.origin() instanceof Said.Composed
                || (lesson.reason() != Reason.EXAGGERATED && lesson.reason() != Reason.CONTEXT);
    }

    private void opening(Said refusal) {
        openings.add(refusal.text());
        composed += refusal.origin() instanceof Said.Composed ? 1 : 0;
    }

    private static <K> void count(Map<K, Long> counts, K key) {
        counts.merge(key, 1L, Long::sum);
    }

    /** How many answers were looked at. */
    public long answers() {
        return answers;
    }

    /** How many of them went right, as far as anybody can tell. */
    public long right() {
        return right;
    }

    /** How many lessons have both sides. */
    public long paired(Reason reason) {
        return paired.getOrDefault(reason, 0L);
    }

    /** How many have the wrong side alone. */
    public long unpaired(Reason reason) {
        return unpaired.getOrDefault(reason, 0L);
    }

    /** How many were left out. */
    public long leftOut(LeftOut why) {
        return leftOut.getOrDefault(why, 0L);
    }

    /** How the refusals begin that are to be learnt. */
    public Openings openings() {
        return openings;
    }

    /** How many of them were composed. */
    public long composed() {
        return composed;
    }
}
