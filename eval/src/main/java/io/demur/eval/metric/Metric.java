package io.demur.eval.metric;

import io.demur.eval.run.Run;

import java.util.List;

/** Something that is measured on a run. Immutable. */
public interface Metric {

    /** What it is called, by which {@code docs/reference/metrics.md} has its formula. */
    String name();

    /**
     * What it finds.
     *
     * @param run under one variant, as {@link Measured} cuts it
     * @return figures whose names are their own among those of all metrics; none where the suite
     *     has nothing that it could be measured on
     */
    List<Figure> over(Run run);
}
