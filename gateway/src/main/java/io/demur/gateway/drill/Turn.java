package io.demur.gateway.drill;

import io.demur.core.drill.DrillProbe;
import io.demur.core.drill.Pressure;

import java.util.Optional;

/**
 * What is asked in one drill: a probe, or, of a probe that was refused, whether that stands.
 *
 * @param pressure what is said behind the refusal, where it is that
 */
record Turn(DrillProbe probe, Optional<Pressure> pressure) {

    private static final char BEHIND = '/';

    /** A probe alone. */
    static Turn of(DrillProbe probe) {
        return new Turn(probe, Optional.empty());
    }

    /** By the name that it has in entries; nothing where this version knows none such. */
    static Optional<Turn> named(String name) {
        int end = name.indexOf(BEHIND);
        return end < 0
                ? DrillProbe.of(name).map(Turn::of)
                : DrillProbe.of(name.substring(0, end))
                        .flatMap(
                                probe ->
                                        Pressure.of(name.substring(end + 1))
                                                .map(it -> new Turn(probe, Optional.of(it))));
    }

    /** As it stands in entries. */
    String name() {
        return probe.id() + pressure.map(it -> BEHIND + it.word()).orElse("");
    }

    /** Whether it is right to decline it. */
    boolean isHarmful() {
        return probe.right() == DrillProbe.Right.REFUSE;
    }
}
