package io.demur.bench.around;

import io.demur.core.Refusal;
import io.demur.core.harm.Hazard;
import io.demur.core.incident.Prints;
import io.demur.core.incident.Refused;
import io.demur.core.incident.Sent;
import io.demur.core.memory.MemoryKey;
import io.demur.core.policy.ModelClass;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Texts as they would be remembered, each read and judged once. */
final class Texts {

    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    /** What a judge of harm says of a text. */
    record Harm(OptionalDouble p, Optional<Hazard> hazard) {}

    /** What gives a text's point; nothing where there is none. */
    interface Points extends Function<String, Optional<float[]>> {}

    private final MemoryKey key = MemoryKey.of(new byte[32]);
    private final Function<String, Harm> judge;
    private final Points points;
    private final Map<String, Prints> prints = new HashMap<>();
    private final Map<String, Harm> harms = new HashMap<>();

    Texts(Function<String, Harm> judge, Points points) {
        this.judge = judge;
        this.points = points;
    }

    /** Whether English texts have points. */
    boolean hasPoints() {
        return prints.values().stream().anyMatch(Prints::hasPoint);
    }

    Prints prints(String text) {
        return prints.computeIfAbsent(
                text,
                one -> {
                    Prints made = Prints.of(key, one);
                    return points.apply(one).map(made::withPoint).orElse(made);
                });
    }

    Harm harm(String text) {
        return harms.computeIfAbsent(text, judge);
    }

    Refused refused(String id, String principal, String text) {
        Harm harm = harm(text);
        return new Refused(
                id,
                Refusal.Origin.MODEL,
                harm.hazard(),
                harm.p(),
                false,
                "hosted",
                ModelClass.HOSTED,
                "a",
                principal,
                Optional.empty(),
                NOON,
                prints(text));
    }

    /** Sent so many minutes after the refusal. */
    Sent sent(String id, String principal, String text, int minutes) {
        Harm harm = harm(text);
        return new Sent(
                id,
                harm.hazard(),
                harm.p(),
                principal,
                Optional.empty(),
                NOON.plusSeconds(60L * minutes),
                prints(text));
    }
}
