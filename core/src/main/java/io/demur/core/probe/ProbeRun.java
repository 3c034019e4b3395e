package io.demur.core.probe;

import io.demur.core.policy.Decision.Strength;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a policy did with each probe.
 *
 * @param done the decision, by the probe's id
 */
public record ProbeRun(Map<String, Strength> done) {

    /** One probe that was kept back more. {@code after} is ALLOW where it was not asked. */
    public record Flip(String probe, Strength before, Strength after) {}

    public ProbeRun {
        done = Map.copyOf(done);
    }

    /**
     * Probes on which a later run does less than this one, so that what was kept back (held,
     * refused or conditioned) no longer is as much; a probe that is missing there counts.
     */
    public List<Flip> flips(ProbeRun later) {
        List<Flip> flips = new ArrayList<>();
        new TreeMap<>(done)
                .forEach(
                        (id, before) -> {
                            Strength after = later.done.getOrDefault(id, Strength.ALLOW);
                            if (before.compareTo(Strength.CONDITION) >= 0
                                    && after.compareTo(before) < 0) {
                                flips.add(new Flip(id, before, after));
                            }
                        });
        return flips;
    }
}
