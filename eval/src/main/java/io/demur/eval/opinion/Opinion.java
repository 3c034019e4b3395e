package io.demur.eval.opinion;

import io.demur.core.Labels;
import io.demur.core.Problem;
import io.demur.core.Refusal;
import io.demur.core.Verdict;
import io.demur.eval.run.Round;
import io.demur.eval.run.Run;
import io.demur.eval.run.Trial;
import io.demur.eval.run.Variant;
import io.demur.files.ProblemCode;
import io.demur.files.suite.CaseLabel;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody else than a run's judge says of its first answers.
 *
 * @param rater who
 * @param by their name: of a judge or of a file
 * @param said of which answers, and what; of the others nothing is known
 */
public record Opinion(Rater rater, String by, Map<Place, Labels.Answer> said) {

    public Opinion {
        Objects.requireNonNull(rater);
        Objects.requireNonNull(by);
        said = Map.copyOf(said);
    }

    /** What is said of a trial's first answer. */
    public Optional<Labels.Answer> of(Trial trial) {
        return Optional.ofNullable(said.get(Place.of(trial)));
    }

    /**
     * Whether an answer is one to have an opinion on: it was decided, and the model's own words
     * decide it, not a signal of its provider.
     */
    public static boolean isOpen(Round answer) {
        return switch (answer.verdict()) {
            case Verdict.Complied complied -> true;
            case Verdict.Refused refused ->
                    refused.refusal().origin() == Refusal.Origin.MODEL
                            && !answer.response().text().isBlank();
            case Verdict.Undecided undecided -> false;
        };
    }

    /**
     * People's labels of a run's answers.
     *
     * @param name of the file
     * @param problems gets what is wrong with it: cases that were not asked, labels that stand
     *     twice, and whatever the file's form has to be
     */
    public static Opinion people(String name, String text, Run run, List<Problem> problems) {
        Set<String> cases = new HashSet<>();
        run.suite().cases().forEach(each -> cases.add(each.id()));
        List<String> variants = run.plan().variants().stream().map(Variant::name).toList();
        Map<Place, Labels.Answer> said = new LinkedHashMap<>();
        for (CaseLabel label : CaseLabel.read(name, text, problems)) {
            String variant = label.variant().orElse(variants.getFirst());
            Place place = new Place(variant, label.epoch(), label.id());
            Optional<String> wrong = Optional.empty();
            if (!cases.contains(label.id())) {
                wrong = Optional.of("there is no case `%s` in this run".formatted(label.id()));
            } else if (!variants.contains(variant)
                    || (label.variant().isEmpty() && variants.size() > 1)) {
                wrong =
                        Optional.of(
                                "`variant` has to be one of `%s`"
                                        .formatted(String.join("`, `", variants)));
            } else if (label.epoch() > run.plan().epochs()) {
                wrong =
                        Optional.of(
                                "epoch `%d` where each case was asked %d times"
                                        .formatted(label.epoch(), run.plan().epochs()));
            } else if (said.put(place, label.label()) != null) {
                wrong = Optional.of("case `%s` is labelled twice".formatted(label.id()));
            }
            wrong.map(why -> Problem.at(label.where(), ProblemCode.RECORD_MALFORMED.code(), why))
                    .ifPresent(problems::add);
        }
        return new Opinion(Rater.PEOPLE, name, said);
    }
}
