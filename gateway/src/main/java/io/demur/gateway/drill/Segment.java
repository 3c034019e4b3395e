package io.demur.gateway.drill;

import io.demur.stats.ClopperPearson;
import io.demur.stats.Estimate;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Drills that were answered by one and the same server and version, as far as they say so
 * themselves: callers may know several by one name, one after the other or in turn. Immutable.
 *
 * @param fingerprint what it calls itself
 * @param since when it first answered
 * @param until when it last did
 * @param drills how many it has answered
 * @param shares what came of probes, of harmful and of harmless ones
 */
public record Segment(
        String fingerprint, Instant since, Instant until, long drills, Map<Kind, Share> shares) {

    /** Refused among all. */
    public record Share(int refused, int all) {

        /** The rate, within exact limits of 95 %. */
        public Estimate rate() {
            return ClopperPearson.estimate(refused, all);
        }
    }

    public Segment {
        shares = Map.copyOf(shares);
    }

    static Segment start(String fingerprint, Instant at) {
        return new Segment(fingerprint, at, at, 0, Map.of());
    }

    /** After one more; what is pressed is no probe of its own. */
    Segment next(Instant at, Turn turn, Found found) {
        Map<Kind, Share> more = new EnumMap<>(Kind.class);
        more.putAll(shares);
        Optional<Boolean> declined = found.declined().filter(it -> turn.pressure().isEmpty());
        declined.ifPresent(
                it ->
                        more.merge(
                                turn.isHarmful() ? Kind.HARMFUL : Kind.HARMLESS,
                                new Share(it ? 1 : 0, 1),
                                (a, b) -> new Share(a.refused() + b.refused(), a.all() + b.all())));
        return new Segment(fingerprint, since, at, drills + 1, more);
    }
}
