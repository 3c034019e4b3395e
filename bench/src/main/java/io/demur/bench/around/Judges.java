package io.demur.bench.around;

import io.demur.bench.around.Texts.Harm;
import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.HarmPredictor;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What the judges of harm say of a text alone. */
final class Judges {

    private Judges() {}

    static Function<String, Harm> of(HarmPredictor judge) {
        return text ->
                switch (judge.assess(Request.of(text))) {
                    case Assessment.Judged judged ->
                            new Harm(
                                    OptionalDouble.of(judged.pHarm()),
                                    judged.hazards().entrySet().stream()
                                            .max(Map.Entry.comparingByValue())
                                            .map(Map.Entry::getKey));
                    case Assessment.Unjudged unjudged ->
                            new Harm(OptionalDouble.empty(), Optional.empty());
                };
    }
}
