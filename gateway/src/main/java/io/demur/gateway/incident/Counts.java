package io.demur.gateway.incident;

import io.demur.gateway.running.PrometheusText;
import io.demur.gateway.running.PrometheusText.Kind;
import io.demur.record.entry.RouteAround;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of route-arounds while a gateway runs. Safe for use by several threads. */
final class Counts {

    private final Map<List<String>, LongAdder> found = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> passed = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> judged = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> unjudged = new ConcurrentHashMap<>();
    private final LongAdder left = new LongAdder();
    private final LongAdder unknown = new LongAdder();

    void found(RouteAround.Route route, String method) {
        found.computeIfAbsent(
                        List.of(
                                "route",
                                route.kind(),
                                "method",
                                method,
                                "harmless",
                                Boolean.toString(route.harmless())),
                        each -> new LongAdder())
                .increment();
    }

    void passed(Repeat repeat) {
        passed.computeIfAbsent(repeat.word(), each -> new LongAdder()).increment();
    }

    /** The judge has said something of a pair. */
    void judged(String said) {
        judged.computeIfAbsent(said, each -> new LongAdder()).increment();
    }

    /** So many pairs were in doubt and stay so. */
    void unjudged(String why, int pairs) {
        unjudged.computeIfAbsent(why, each -> new LongAdder()).add(pairs);
    }

    /** One is left for later: there was no room. */
    void left() {
        left.increment();
    }

    /** Whether one was refused before is not known before its reply. */
    void unknown() {
        unknown.increment();
    }

    void write(PrometheusText text, long waiting, long weight) {
        text.family(
                "demur_incidents_total",
                Kind.COUNTER,
                "Requests that are like one refused before, by the way they went and how it was"
                        + " found.");
        found.entrySet().stream()
                .sorted(Comparator.comparing(each -> each.getKey().toString()))
                .forEach(
                        each ->
                                text.sample(
                                        "demur_incidents_total",
                                        each.getKey(),
                                        Long.toString(each.getValue().sum())));
        text.family(
                "demur_incidents_passed_over_total",
                Kind.COUNTER,
                "Requests that are like a refused one and go around nothing.");
        samples(text, "demur_incidents_passed_over_total", "why", passed);
        text.family(
                "demur_incidents_judged_total",
                Kind.COUNTER,
                "Pairs of a refused and a later request of which the judge has said whether they"
                        + " are the same.");
        samples(text, "demur_incidents_judged_total", "said", judged);
        text.family(
                "demur_incidents_unjudged_total",
                Kind.COUNTER,
                "Pairs of a refused and a later request that may be the same, and of which the"
                        + " judge has not said whether they are.");
        samples(text, "demur_incidents_unjudged_total", "why", unjudged);
        text.single(
                "demur_incidents_unknown_total",
                Kind.COUNTER,
                "Requests of which it was not known before the reply whether they were refused"
                        + " before.",
                unknown.sum());
        text.single(
                "demur_incidents_left_total",
                Kind.COUNTER,
                "Requests whose comparison was left for later, for want of room.",
                left.sum());
        text.single(
                "demur_incidents_waiting",
                Kind.GAUGE,
                "Requests that are to be compared.",
                waiting);
        text.single(
                "demur_incidents_remembered_bytes",
                Kind.GAUGE,
                "Memory that refused requests take, about.",
                weight);
    }

    private static void samples(
            PrometheusText text, String name, String label, Map<String, LongAdder> of) {
        of.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        each ->
                                text.sample(
                                        name,
                                        List.of(label, each.getKey()),
                                        Long.toString(each.getValue().sum())));
    }
}
