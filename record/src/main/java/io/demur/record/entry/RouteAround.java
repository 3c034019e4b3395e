package io.demur.record.entry;

import java.time.Duration;
import java.time.Instant;

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
        String disposition)
        implements Entry {

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
                disposition);
    }
}
