package io.demur.eval.search;

import io.demur.stats.Interval;
import io.demur.stats.McNemar;
import io.demur.stats.Newcombe;
import io.demur.stats.PairedCounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was found of a pattern, on requests that were asked with it and without it, and that had no
 * say in its being suspected.
 *
 * @param pattern what was put in and taken away
 * @param counts refusals without it (first) and with it (second), request by request; of a
 *     combination, without that part of which it needs less
 * @param p one-sided, of the hypothesis that it does not raise refusals
 * @param adjusted the same, allowing for all that were suspected
 * @param examples probes that were refused with it and answered without
 */
public record Finding(
        Pattern pattern, PairedCounts counts, double p, double adjusted, List<Probe> examples) {

    public Finding {
        examples = List.copyOf(examples);
    }

    /** What the probes say, not yet adjusted; nothing where none has both sides decided. */
    static Optional<Finding> of(Pattern pattern, List<Probe> probes, Calls calls) {
        List<Probe> examples = new ArrayList<>();
        long[][] counts = new long[pattern.calls() - 1][4];
        for (Probe probe : probes) {
            Optional<Answer> with = calls.of(probe.with());
            boolean needed = with.equals(Optional.of(Answer.REFUSED));
            for (int part = 0; part < probe.without().size(); part++) {
                Optional<Answer> without = calls.of(probe.without().get(part));
                if (with.filter(Answer::decided).isPresent()
                        && without.filter(Answer::decided).isPresent()) {
                    int before = without.get() == Answer.REFUSED ? 0 : 2;
                    counts[part][before + (with.get() == Answer.REFUSED ? 0 : 1)]++;
                }
                needed &= without.equals(Optional.of(Answer.ANSWERED));
            }
            if (needed) {
                examples.add(probe);
            }
        }
        Optional<Finding> weakest = Optional.empty();
        for (long[] part : counts) {
            if (part[0] + part[1] + part[2] + part[3] == 0) {
                return Optional.empty();
            }
            PairedCounts paired = new PairedCounts(part[0], part[1], part[2], part[3]);
            double p = McNemar.rise(paired);
            if (weakest.isEmpty() || p > weakest.get().p()) {
                weakest = Optional.of(new Finding(pattern, paired, p, p, examples));
            }
        }
        return weakest;
    }

    /** The same with its p value as it counts among others. */
    Finding adjusted(double p) {
        return new Finding(pattern, counts, this.p, p, examples);
    }

    /** How much oftener is refused with the pattern than without. */
    public Interval difference() {
        return Newcombe.paired(counts);
    }

    /** Refusals with it. */
    public long with() {
        return counts.both() + counts.second();
    }

    /** Refusals without it. */
    public long without() {
        return counts.both() + counts.first();
    }
}
