package io.demur.gateway.review;

import io.demur.core.JudgeId;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Models;
import io.demur.core.charter.Settings;
import io.demur.core.compose.Wording;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Consequence.Reach;
import io.demur.core.harm.Consequence.Reversibility;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Context;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Posture;
import io.demur.core.policy.Standing;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.gate.Finding;
import io.demur.gateway.gate.Findings;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.gate.Trails;
import io.demur.record.Trail;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Operation;

import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What requests were let through by. */
final class Standards {

    static final JudgeId JUDGE = new JudgeId("request", 1, "0".repeat(64));

    private static final Gate GATE = gate();

    private Standards() {}

    private static Gate gate() {
        try {
            Trail trail = Trails.begun(Files.createTempDirectory("demur-review"));
            return new Gate(trail, InstantSource.system());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A harmless request. */
    static Decided harmless(Settings.Windows windows) {
        return decided(5, windows, 0.001, Map.of());
    }

    /** One that is answered under a condition. */
    static Decided conditioned(Settings.Windows windows, Hazard hazard) {
        return decided(5, windows, 0.8, Map.of(hazard, 0.9));
    }

    static Decided decided(
            int posture, Settings.Windows windows, double p, Map<Hazard, Double> hazards) {
        return decided(posture, windows, List.of(finding(p, hazards)));
    }

    /** What is found of one reading. */
    static Finding finding(double p, Map<Hazard, Double> hazards) {
        Consequence consequence =
                p < 0.05
                        ? Consequence.NONE
                        : new Consequence(
                                List.of("workers"),
                                "It would cost workers.",
                                Severity.SERIOUS,
                                Reversibility.PARTLY,
                                Reach.MANY,
                                true);
        return new Finding(new Assessment.Judged(p, hazards, consequence, JUDGE), Standing.FRESH);
    }

    /** A request of several readings. */
    static Decided decided(int posture, Settings.Windows windows, List<Finding> readings) {
        return GATE.decide(
                "att_1",
                new Operation(Operation.Kind.LOAD, "m", Fields.NONE),
                charter(posture, windows),
                Context.PLAIN,
                new Findings(readings, Optional.empty()));
    }

    private static Charter charter(int posture, Settings.Windows windows) {
        Settings usual = Settings.USUAL;
        return new Charter(
                "test",
                Policies.at(posture),
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                new Models(Map.of(), ModelClass.HOSTED),
                Wording.NONE,
                new Settings(
                        List.of(),
                        usual.band(),
                        windows,
                        usual.retention(),
                        usual.witnesses(),
                        usual.drills(),
                        usual.changes(),
                        usual.incidents(),
                        usual.review()),
                Optional.empty());
    }

    /** Expanding one takes a while. */
    private static final class Policies {
        private static final Policy USUAL = Policy.at(Policy.defaultPosture());
        private static final Policy STRICT = Policy.at(new Posture(8));

        static Policy at(int posture) {
            return posture == 8 ? STRICT : USUAL;
        }
    }
}
