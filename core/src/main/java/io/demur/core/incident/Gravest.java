package io.demur.core.incident;

import io.demur.core.Refusal;
import io.demur.core.harm.Hazard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Of what a request is like, few that stand for all: so no refusal hides a graver one, and nobody
 * makes it long to look at them by having much refused.
 */
final class Gravest {

    private Gravest() {}

    /** Refusals of which one stands for the others. */
    private record Alike(Refusal.Origin by, Optional<Hazard> category, boolean own) {}

    /**
     * The one that it is most like, and of each that differs in who refused it, for what, or to
     * whom, the most harmful.
     */
    static List<Resemblance> of(Optional<Resemblance> first, List<Resemblance> found, Sent sent) {
        Map<Alike, Resemblance> gravest = new LinkedHashMap<>();
        for (Resemblance each : found) {
            Refused refused = each.refused();
            boolean own = refused.principal().equals(sent.principal());
            gravest.merge(
                    new Alike(refused.by(), refused.category(), own),
                    each,
                    (one, other) -> pHarm(other) >= pHarm(one) ? other : one);
        }
        return Stream.concat(
                        first.stream(),
                        gravest.values().stream()
                                .filter(it -> first.filter(one -> isSame(one, it)).isEmpty()))
                .toList();
    }

    private static boolean isSame(Resemblance one, Resemblance other) {
        return one.refused().attempt().equals(other.refused().attempt());
    }

    private static double pHarm(Resemblance like) {
        return like.refused().pHarm().orElse(0);
    }
}
