package io.demur.encoder;

import io.demur.core.harm.Consequence;
import io.demur.core.harm.Consequence.Reach;
import io.demur.core.harm.Consequence.Reversibility;
import io.demur.core.harm.Severity;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A consequence composed from what the encoder says of one text. */
final class Composition {

    private static final double HARMLESS_BELOW = 0.05;
    private static final double LIKELY = 0.5;
    private static final int BEARERS_MAX = 3;
    private static final String ASKER = "asker";

    /** Bearers of whom a harm mostly reaches one, or many; few of the others. */
    private static final Set<String> ONE = Set.of("person", ASKER);

    private static final Set<String> MANY =
            Set.of("public", "workers", "minority", "customers", "environment", "voters");

    private Composition() {}

    /** None where harm is unlikely. */
    static Consequence of(Scores scores) {
        if (scores.p("harm") < HARMLESS_BELOW) {
            return Consequence.NONE;
        }
        List<String> likely = scores.likely("bearers");
        List<String> bearers = likely.subList(0, Math.min(BEARERS_MAX, likely.size()));
        Severity severity = Severity.valueOf(scores.likeliest("severity"));
        String hazard = scores.likeliest("hazards").toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Consequence(
                bearers,
                "An answer would help with %s, at the cost of %s."
                        .formatted(hazard, String.join(", ", bearers)),
                severity,
                reversibility(severity, scores.p("reversible")),
                reach(bearers),
                scores.p("externalised") >= LIKELY && !bearers.equals(List.of(ASKER)));
    }

    private static Reversibility reversibility(Severity severity, double reversible) {
        if (reversible < LIKELY) {
            return Reversibility.NOT;
        }
        return severity == Severity.MINOR ? Reversibility.FULLY : Reversibility.PARTLY;
    }

    private static Reach reach(List<String> bearers) {
        if (bearers.stream().anyMatch(MANY::contains)) {
            return Reach.MANY;
        }
        return ONE.containsAll(bearers) ? Reach.ONE : Reach.FEW;
    }
}
