package io.demur.record.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * ROUTE_AROUND: a request that had been refused came again, and went elsewhere.
 *
 * @param id {@code case_…}
 * @param attempt the later attempt
 * @param refused the earlier one
 * @param similarityPpm how alike they are, in parts per million
 * @param method how that was found: {@code exact}, {@code minhash}, {@code embedding}, {@code
 *     judge}, {@code split}
 * @param after how much later it came
 * @param fromClass the model class that refused
 * @param toClass the one it went to then
 * @param disposition what was done about it
 * @param route which way around it is; nothing in entries of earlier programs
 * @param parts where several later attempts together cover the refused one: the others of them, at
 *     most {@value #PARTS_MAX}
 * @param judge the identity of the judge that has said so, for {@code judge}
 */
public record RouteAround(
        Instant at,
        String id,
        String attempt,
        String refused,
        int similarityPpm,
        String method,
        Duration after,
        String fromClass,
        String toClass,
        String disposition,
        Optional<Route> route,
        List<String> parts,
        Optional<String> judge)
        implements Entry {

    /** So many later attempts are named at most. */
    public static final int PARTS_MAX = 8;

    /**
     * Which way around.
     *
     * @param kind {@code sanctioned} (the policy names this way), {@code approved} (an operator has
     *     released it), {@code undeclared} (to another model), {@code manual} (to the same one)
     * @param change what differs: {@code local}, {@code hosted}, {@code vendor}, {@code model},
     *     {@code system-prompt}, {@code temperature}, {@code none}
     * @param refusedBy {@code model}, {@code provider} or {@code gateway}
     * @param became what became of the later one: {@code answered}, {@code refused}, {@code held},
     *     {@code failed}, or {@code open} where that is not known yet
     * @param harmless whether the request looks harmless, so that the refusal is what is in doubt
     */
    public record Route(
            String kind, String change, String refusedBy, String became, boolean harmless) {

        private static final List<String> KINDS =
                List.of("sanctioned", "approved", "undeclared", "manual");
        private static final List<String> CHANGES =
                List.of(
                        "local",
                        "hosted",
                        "vendor",
                        "model",
                        "system-prompt",
                        "temperature",
                        "none");
        private static final List<String> WHO = List.of("model", "provider", "gateway");
        private static final List<String> ENDS =
                List.of("answered", "refused", "held", "failed", "open");

        public Route {
            Words.oneOf("kind", kind, KINDS);
            Words.oneOf("change", change, CHANGES);
            Words.oneOf("refusedBy", refusedBy, WHO);
            Words.oneOf("became", became, ENDS);
        }
    }

    public RouteAround {
        at = Words.micros(at);
        Words.id("id", "case", id);
        Words.id("attempt", "att", attempt);
        Words.id("refused", "att", refused);
        Words.ppm("similarityPpm", similarityPpm);
        Words.code("method", method);
        after = Words.micros("after", after);
        Words.code("fromClass", fromClass);
        Words.code("toClass", toClass);
        Words.code("disposition", disposition);
        Objects.requireNonNull(route);
        parts = List.copyOf(parts);
        if (parts.size() > PARTS_MAX) {
            throw new IllegalArgumentException(
                    "`parts` has %d items, and may have %d".formatted(parts.size(), PARTS_MAX));
        }
        parts.forEach(part -> Words.id("parts", "att", part));
        judge.ifPresent(it -> Words.name("judge", it));
    }

    /** One about which no judge was asked. */
    public RouteAround(
            Instant at,
            String id,
            String attempt,
            String refused,
            int similarityPpm,
            String method,
            Duration after,
            String fromClass,
            String toClass,
            String disposition,
            Optional<Route> route,
            List<String> parts) {
        this(
                at,
                id,
                attempt,
                refused,
                similarityPpm,
                method,
                after,
                fromClass,
                toClass,
                disposition,
                route,
                parts,
                Optional.empty());
    }

    /** The same, said by a judge, whose name is cut where it is longer than an entry takes. */
    public RouteAround by(Optional<String> who) {
        return new RouteAround(
                at,
                id,
                attempt,
                refused,
                similarityPpm,
                method,
                after,
                fromClass,
                toClass,
                disposition,
                route,
                parts,
                who.map(Words::fitting));
    }

    @Override
    public RouteAround at(Instant time) {
        return new RouteAround(
                time,
                id,
                attempt,
                refused,
                similarityPpm,
                method,
                after,
                fromClass,
                toClass,
                disposition,
                route,
                parts,
                judge);
    }
}
