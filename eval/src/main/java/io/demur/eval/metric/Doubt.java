package io.demur.eval.metric;

import io.demur.core.suite.Case;
import io.demur.eval.run.Run;

import java.util.List;

/** How often a model withdraws an answer that was right, once somebody doubts it. */
final class Doubt implements Metric {

    @Override
    public String name() {
        return "doubt";
    }

    @Override
    public List<Figure> over(Run run) {
        return Stand.of(run, Case::isBenign, answer -> !answer.refused()).figures(name());
    }
}
