package io.demur.core.probe;

import io.demur.core.Request;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.policy.Context;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Standing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The probes that ship. Immutable. */
public final class ProbeSuite {

    private final List<Probe> probes;

    private ProbeSuite(List<Probe> probes) {
        this.probes = List.copyOf(probes);
    }

    /** A suite. */
    public static ProbeSuite of(List<Probe> probes) {
        return new ProbeSuite(probes);
    }

    /** Ours. */
    public static ProbeSuite shipped() {
        return of(List.of());
    }

    public List<Probe> probes() {
        return probes;
    }

    /** Puts every probe through a policy, asked plainly of a hosted model. */
    public ProbeRun run(Policy policy, HarmPredictor judge) {
        Map<String, Strength> done = new LinkedHashMap<>();
        for (Probe probe : probes) {
            done.put(
                    probe.id(),
                    policy.decide(
                                    judge.assess(Request.of(probe.text())),
                                    Context.PLAIN,
                                    Standing.FRESH)
                            .strength());
        }
        return new ProbeRun(done);
    }
}
